/**
 * What `bench/scan` runs: scans of one router's 250 devices, on an embedded server of its own, in turns with the
 * bare driver's upserts of the same rows (the devices and their addresses, one statement, one round trip; no
 * history, presence, audit or event, and nothing that could go wrong is looked after). Twice: everybody stays, and
 * every tenth device moves to a free address each time. Prints scans/s of both, and their ratio.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { SERVICE_ROLE } from '../src/config/database-address.ts';
import { joinEmbeddedServer } from '../src/database/embedded/server.ts';
import { migrateUp } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/pool.ts';
import { prepareEmbeddedDatabase, withClient } from '../src/database/roles.ts';
import { tenantTransaction } from '../src/database/transaction.ts';
import type { Neighbour } from '../src/devices/neighbour.ts';
import { recordScan } from '../src/devices/scan.ts';

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '250' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    /** Routers with as many devices each that are there beside the measured one. */
    neighbours: { type: 'string', default: '200' },
  },
});
const count = Number(values.devices);

const UPSERT = `
  with seen as (
    select * from unnest($3::macaddr[], $4::inet[], $5::text[]) s (mac, ip, hostname)
  ), device as (
    insert into user_devices (user_id, router_id, mac, ip, hostname, is_online)
    select $1, $2, mac, ip, hostname, true from seen
    on conflict (user_id, router_id, mac) do update
      set ip = excluded.ip, hostname = excluded.hostname, is_online = true, last_seen = now()
    returning id, ip
  )
  insert into device_addresses (user_id, router_id, device_id, ip, first_seen, last_seen)
  select $1, $2, id, ip, now(), now() from device
  on conflict (user_id, device_id, ip) do update set last_seen = now()`;

type Work = (devices: Neighbour[]) => Promise<unknown>;

const folder = await mkdtemp(join(tmpdir(), 'netpilot-bench-'));
const server = await joinEmbeddedServer({ dataFolder: folder });
const { database, close } = openDatabase(server.addresses.service, { role: SERVICE_ROLE });
const driver = new Client(server.addresses.service);
try {
  await prepareEmbeddedDatabase(server.addresses);
  await migrateUp(server.addresses.admin);
  const scanned = await createHome();
  const upserted = await createHome();
  for (let made = 0; made < Number(values.neighbours); made += 1) {
    const neighbour = await createHome();
    await recordScan(database, { ...neighbour, neighbours: network(0), complete: true });
  }
  await withClient(server.addresses.admin, (client) => client.query('vacuum analyze'));
  await driver.connect();
  await driver.query(`set role ${SERVICE_ROLE}`);
  await driver.query(`select set_config('netpilot.user_id', $1, false)`, [upserted.userId]);

  const scan: Work = (neighbours) =>
    recordScan(database, { ...scanned, neighbours, complete: true });
  const upsert: Work = (devices) =>
    driver.query({
      name: 'upsert',
      text: UPSERT,
      values: [
        upserted.userId,
        upserted.routerId,
        devices.map(({ mac }) => mac),
        devices.map(({ ip }) => ip),
        devices.map(({ hostname }) => hostname),
      ],
    });
  console.log(
    `scans of ${count} devices, ${values.neighbours} other routers, ${values.rounds} rounds of ${values.seconds} s each`,
  );
  for (const [label, moved] of [
    ['everybody stays', 0],
    ['10 % move', Math.ceil(count / 10)],
  ] as const) {
    const [ours, bare] = await measure([scan, upsert], moved);
    console.log(
      `${label.padEnd(16)} scan ${ours?.toFixed(1)}/s   bare upsert ${bare?.toFixed(1)}/s   ratio ${((ours ?? 0) / (bare ?? 1)).toFixed(2)}`,
    );
  }
} finally {
  await driver.end();
  await close();
  await server.leave();
  await rm(folder, { recursive: true });
}

/** A user with one router. */
async function createHome(): Promise<{ userId: string; routerId: string }> {
  const userId = crypto.randomUUID();
  await tenantTransaction(database, userId, async (transaction) => {
    await transaction
      .insertInto('users')
      .values({ id: userId, email: `${userId}@example.com` })
      .execute();
    await transaction
      .insertInto('user_routers')
      .values({ user_id: userId, router_id: 'home' })
      .execute();
  });
  return { userId, routerId: 'home' };
}

/** Everything on the network; `moves` devices have moved once more than in the scan before. */
function network(moves: number): Neighbour[] {
  return Array.from({ length: count }, (_, index) => {
    // The next tenth moves each time, to an address that nobody has had for long.
    const turns = Math.floor((moves + count - 1 - index) / count);
    const host = (index * 64 + (turns % 64)) % 65_536;
    return {
      mac: `00:03:93:00:${hex(index >> 8)}:${hex(index & 255)}`,
      ip: `10.${index >> 10}.${host >> 8}.${host & 255}`,
      online: true,
      hostname: `host-${index}`,
    };
  });
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** Scans per second of each, by turns, so that whatever else the machine does hits all alike. */
async function measure(works: Work[], movedEach: number): Promise<number[]> {
  const done = works.map(() => ({ scans: 0, seconds: 0, moves: 0 }));
  for (const work of works) await work(network(0));
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const [index, work] of works.entries()) {
      const tally = done[index];
      if (tally === undefined) continue;
      const start = performance.now();
      const end = start + Number(values.seconds) * 1_000;
      while (performance.now() < end) {
        tally.moves += movedEach;
        await work(network(tally.moves));
        tally.scans += 1;
      }
      tally.seconds += (performance.now() - start) / 1_000;
    }
  }
  return done.map(({ scans, seconds }) => scans / seconds);
}

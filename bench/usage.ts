/**
 * What `bench/usage` runs: N routers (10,000), each of a user of its own, with M devices (15), on an embedded server of its own.
 * First as fast as it goes: a minute of all of them, in turns with a bare COPY of a row for each device; what that minute takes in
 * the database; and the hour's sum. Then at the pace of a minute, while somebody reads 50 devices over and over, in turns with the same without it.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { pino } from 'pino';
import { parseConfig } from '../src/config/config.ts';
import { SERVICE_ROLE } from '../src/config/database-address.ts';
import { joinEmbeddedServer } from '../src/database/embedded/server.ts';
import { migrateUp } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/pool.ts';
import { prepareEmbeddedDatabase, withClient } from '../src/database/roles.ts';
import { createApp } from '../src/service/app.ts';
import { createUsageRecorder, recordUsage } from '../src/usage/recorder.ts';
import type { KeyedSample } from '../src/usage/sample.ts';
import { sumUsage } from '../src/usage/summing.ts';
import { fillHouseholds } from './api-fill.ts';
import { requestOf } from './api-load.ts';
import { createLocalWakes } from '../src/wakes/wakes.ts';

const { values } = parseArgs({
  options: {
    routers: { type: 'string', default: '10000' },
    devices: { type: 'string', default: '15' },
    seconds: { type: 'string', default: '30' },
    rounds: { type: 'string', default: '2' },
  },
});
const [routers, devices, seconds, rounds] = [
  Number(values.routers),
  Number(values.devices),
  Number(values.seconds),
  Number(values.rounds),
];
const BATCH = 200;
/** Rows of a device in a year: of a minute for 2 days, of an hour for 60, and of each day. */
const [MINUTES, HOURS, DAYS] = [2 * 1_440, 60 * 24, 365];

const SOURCE = randomUUID();
let minute = 0;

const dataFolder = mkdtempSync(join(tmpdir(), 'netpilot-bench-'));
const server = await joinEmbeddedServer({ dataFolder });
const { database, close } = openDatabase(server.addresses.service, { role: SERVICE_ROLE });
try {
  await prepareEmbeddedDatabase(server.addresses);
  await migrateUp(server.addresses.admin);
  await withClient(server.addresses.admin, async (client) => {
    await fillHouseholds(client, { users: routers, devices, isFilled: false });
    const homes = await readHomes(client);
    console.log(`${routers} routers with ${devices} devices each`);
    await compareRates(client, homes);
    await measureSize(client);
    await measureSumming(client);
    await measureReader(homes);
  });
} finally {
  await close();
  await server.leave();
  rmSync(dataFolder, { recursive: true });
}

type HomeOf = { user_id: string; router_id: string; macs: string[] };

async function readHomes(client: Client): Promise<HomeOf[]> {
  const { rows } = await client.query<HomeOf>(`
    select user_id, router_id, array_agg(mac::text) as macs from user_devices where mac is not null
    group by user_id, router_id order by user_id`);
  return rows;
}

/** A sample of a minute of each: most devices whisper, some watch something. */
function sampleOf({ user_id, router_id, macs }: HomeOf, number: number): KeyedSample {
  const used = macs.map((mac, index) => ({
    mac,
    down: Math.floor(Math.random() * (index % 4 === 0 ? 60_000_000 : 20_000)),
    up: Math.floor(Math.random() * (index % 4 === 0 ? 4_000_000 : 9_000)),
  }));
  const key = { user_id, router_id, source: SOURCE, number };
  return { ...key, milliseconds: 60_000, counting: 'counted', devices: used };
}

/** Device-minutes per second of both, in turns. */
async function compareRates(client: Client, homes: readonly HomeOf[]): Promise<void> {
  await client.query(`
    create table bare (router integer, mac macaddr, at timestamptz, down bigint, up bigint, primary key (router, mac, at))`);
  const taken = { ours: 0, bare: 0 };
  for (let round = 0; round < rounds; round += 1) {
    await client.query('truncate usage_minutes, bare');
    minute += 1;
    const samples = homes.map((home) => sampleOf(home, minute));
    taken.ours += await timed(async () => {
      for (let from = 0; from < samples.length; from += BATCH)
        await recordUsage(database, samples.slice(from, from + BATCH));
    });
    taken.bare += await timed(() => copy(client, samples));
  }
  const rate = (milliseconds: number) => (1_000 * rounds * routers * devices) / milliseconds;
  console.log(
    `stored ${rate(taken.ours).toFixed(0)} device-minutes/s   bare COPY ${rate(taken.bare).toFixed(0)}/s   ratio ${(rate(taken.ours) / rate(taken.bare)).toFixed(2)}   (needed: ${((routers * devices) / 60).toFixed(0)}/s)`,
  );
}

async function copy(client: Client, samples: readonly KeyedSample[]): Promise<void> {
  const stream = client.query(copyFrom('copy bare from stdin'));
  const at = new Date().toISOString();
  for (const [router, { devices: used }] of samples.entries()) {
    const lines = used.map(({ mac, down, up }) => `${router}\t${mac}\t${at}\t${down}\t${up}\n`);
    if (!stream.write(lines.join(''))) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Rows of minutes, hours and days are alike. */
async function measureSize(client: Client): Promise<void> {
  const { rows } = await client.query<{ ours: number; bare: number }>(`
    select pg_total_relation_size('usage_minutes')::int / ${routers * devices}.0 as ours,
      pg_total_relation_size('bare')::int / ${routers * devices}.0 as bare`);
  const [row] = rows;
  const [ours, bare] = [Number(row?.ours), Number(row?.bare)];
  const year = (ours * (MINUTES + HOURS + DAYS)) / 1_000;
  console.log(
    `${ours.toFixed(1)} bytes for each device and step (a bare row: ${bare.toFixed(1)}): ${year.toFixed(0)} kB for a device after a year, and ${((ours * 365) / 1_000).toFixed(1)} kB for each more`,
  );
}

/** The hour of all routers: 60 minutes of each become one row. */
async function measureSumming(client: Client): Promise<void> {
  await client.query(`
    insert into usage_minutes
    select user_id, router_id, at - make_interval(mins => 60 + n), is_partial, macs, down, up
    from usage_minutes, generate_series(1, 59) n`);
  await client.query(`
    update router_usage set hours_until = hours_until - interval '3 hours', days_until = days_until - interval '3 hours'`);
  await client.query('vacuum analyze');
  const milliseconds = await timed(() => sumUsage(database));
  console.log(`an hour of all routers is summed in ${(milliseconds / 1_000).toFixed(1)} s`);
}

/** What a reader waits for, without and with the samples of all routers within a minute. */
async function measureReader(homes: readonly HomeOf[]): Promise<void> {
  const app = await createApp(
    {
      config: parseConfig({}),
      database,
      serviceAddress: server.addresses.service,
      wakes: createLocalWakes(),
      secretKey: 'a key for this measurement only, 32 characters or more',
      onSessions: () => undefined,
    },
    pino({ level: 'silent' }),
  );
  const read = async () => {
    const { url, cookie } = requestOf(1 + Math.floor(Math.random() * routers));
    const { statusCode } = await app.inject({ url, headers: { cookie } });
    if (statusCode !== 200) throw new Error(`The endpoint answered ${statusCode}`);
  };
  const times: { without: number[]; with: number[] } = { without: [], with: [] };
  for (let round = 0; round < rounds; round += 1) {
    times.without.push(...(await readFor(read)));
    const stop = ingest(homes);
    times.with.push(...(await readFor(read)));
    const { sent, lag } = await stop();
    console.log(
      `${sent} samples came within ${seconds} s; the last was stored ${lag.toFixed(0)} ms after it came`,
    );
  }
  await app.close();
  for (const [label, taken] of Object.entries(times))
    console.log(`a page of devices, ${label} samples: ${describe(taken)}`);
}

/** One request after the other, with a breath between: how long each took. */
async function readFor(read: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  const until = performance.now() + seconds * 1_000;
  while (performance.now() < until) {
    times.push(await timed(read));
    await delay(20);
  }
  return times;
}

/** Lets samples come as they do from routers that each speak once a minute. */
function ingest(homes: readonly HomeOf[]): () => Promise<{ sent: number; lag: number }> {
  const recorder = createUsageRecorder(
    (samples) => recordUsage(database, samples),
    (error) => console.error(error),
  );
  minute += 1;
  const start = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.min(homes.length, ((performance.now() - start) / 60_000) * homes.length);
    for (; sent < due; sent += 1) {
      const home = homes[sent];
      if (home !== undefined) recorder.take(sampleOf(home, minute));
    }
  }, 10);
  return async () => {
    clearInterval(timer);
    return { sent, lag: await timed(recorder.settled) };
  };
}

function describe(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${times.length}`;
}

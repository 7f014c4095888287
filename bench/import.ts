/**
 * What `bench/import` runs: a data folder of the old program with N devices (1,000,000), imported twice
 * by a child process into an embedded server of its own, beside COPY of the same rows into an identical
 * table on that server. Prints times, their ratio, peak memory, and what the second run wrote.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs, promisify } from 'node:util';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { DatabaseAddress } from '../src/config/database-address.ts';
import { joinEmbeddedServer } from '../src/database/embedded/server.ts';
import { migrateUp } from '../src/database/migrate.ts';
import { prepareEmbeddedDatabase, withClient } from '../src/database/roles.ts';
import { watchChildren } from '../testing/processes.ts';

const { values } = parseArgs({
  options: { devices: { type: 'string', default: '1000000' }, child: { type: 'string' } },
});
if (values.child === undefined) await measure(Number(values.devices));
else await importAsChild(values.child);

type Outcome = {
  seconds: number;
  /** The peak memory of the process that imports, and what the one that reads has of its own: it shares Node.js itself. */
  megabytes: number;
  reading?: number;
  read: number;
  rows: Record<string, number>;
};

async function measure(devices: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'netpilot-bench-'));
  const server = await joinEmbeddedServer({ dataFolder: join(folder, 'server') });
  try {
    const { admin, service } = server.addresses;
    await prepareEmbeddedDatabase(server.addresses);
    await migrateUp(admin);
    const userId = randomUUID();
    await asOwner(admin, (client) =>
      client.query('insert into users (id, email) values ($1, $2)', [userId, 'bench@example.com']),
    );
    const data = join(folder, 'data');
    await mkdir(data);
    const file = join(data, 'devices.json');
    await pipeline(generate(devices), createWriteStream(file));
    await writeFile(join(data, 'netpilot.json'), '{"whitelist": {}, "blacklist": {}}');
    console.log(
      `${devices} devices, ${Math.round((await stat(file)).size / 1e6)} MB, in the shape of 2025-06-split`,
    );

    const first = await importInChild({ address: service, userId, source: data });
    console.log(
      `import        ${first.seconds.toFixed(2)} s   ${Math.round(devices / first.seconds)} devices/s, peak memory ${memoryOf(first)}`,
    );
    const second = await importInChild({ address: service, userId, source: data });
    const written = Object.values(second.rows).reduce((sum, rows) => sum + rows, 0);
    console.log(
      `second import ${second.seconds.toFixed(2)} s   wrote ${written} rows, peak memory ${memoryOf(second)}`,
    );
    const copying = await measureCopy(admin, join(folder, 'rows'), devices);
    console.log(`COPY          ${copying.toFixed(2)} s   ${Math.round(devices / copying)} rows/s`);
    console.log(
      `ratio         ${(first.seconds / copying).toFixed(2)}     (to be at most 2.5; peak memory under 250 MB)`,
    );
  } finally {
    await server.leave();
    await rm(folder, { recursive: true });
  }
}

function memoryOf({ megabytes, reading = 0 }: Outcome): string {
  return `${megabytes} + ${reading} = ${megabytes + reading} MB`;
}

/** COPY of the imported rows from a file into a table with the same columns, constraints and indexes. */
async function measureCopy(admin: DatabaseAddress, file: string, devices: number): Promise<number> {
  return asOwner(admin, async (client) => {
    await pipeline(
      client.query(copyTo('copy (select * from user_devices) to stdout')),
      createWriteStream(file),
    );
    await client.query('create table copy_target (like user_devices including all)');
    await client.query(
      `alter table copy_target add foreign key (user_id, router_id)
       references user_routers (user_id, router_id) on update cascade on delete cascade`,
    );
    const start = performance.now();
    const copy = client.query(copyFrom('copy copy_target from stdin'));
    await pipeline(createReadStream(file, { highWaterMark: 262_144 }), copy);
    const seconds = (performance.now() - start) / 1_000;
    if (copy.rowCount !== devices) throw new Error(`COPY wrote ${copy.rowCount} rows`);
    return seconds;
  });
}

function asOwner<Result>(
  admin: DatabaseAddress,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  return withClient(admin, work);
}

async function importInChild(task: {
  address: DatabaseAddress;
  userId: string;
  source: string;
}): Promise<Outcome> {
  const importing = promisify(execFile)(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    // As bin/netpilot runs it.
    '--max-semi-space-size=8',
    import.meta.filename,
    '--child',
    JSON.stringify(task),
  ]);
  const reader = watchChildren(importing.child.pid ?? 0, 'import-worker.ts');
  const { stdout } = await importing;
  const reading = Math.round(reader.stop().own / 1_048_576);
  const outcome: Outcome = JSON.parse(stdout);
  return { ...outcome, reading };
}

async function importAsChild(task: string): Promise<void> {
  const { importFolder } = await import('../src/transfer/import.ts');
  const { address, userId, source } = JSON.parse(task);
  const start = performance.now();
  const report = await importFolder(address, {
    source,
    actor: { userId, kind: 'operator' },
    routerId: 'bench',
  });
  const outcome: Outcome = {
    seconds: (performance.now() - start) / 1_000,
    megabytes: Math.round(process.resourceUsage().maxRSS / 1_024),
    read: report.totals.read,
    rows: report.rows_written,
  };
  process.stdout.write(JSON.stringify(outcome));
}

/** devices.json, in pieces of a thousand records. */
function* generate(devices: number): Generator<string> {
  let piece = '{"devices": {';
  for (let index = 0; index < devices; index += 1) {
    piece += `${index === 0 ? '' : ', '}"${index + 1}": ${JSON.stringify(device(index))}`;
    if (index % 1_000 === 999) {
      yield piece;
      piece = '';
    }
  }
  yield `${piece}}}`;
}

function device(index: number) {
  // A multiplication by an odd number is one-to-one: hardware addresses in no order, none twice.
  const scattered = (BigInt(index) * 0x9e_37_79_b9_7fn) & 0xff_ff_ff_ff_ffn;
  const mac = `02${scattered.toString(16).padStart(10, '0')}`.replaceAll(/(..)(?=.)/g, '$1:');
  const ip = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
  const day = String(1 + (index % 28)).padStart(2, '0');
  const microseconds = String((index * 7) % 1_000_000).padStart(6, '0');
  return {
    ip,
    mac,
    hostname: index % 3 === 0 ? 'Unknown' : `host-${index}`,
    first_seen: `2025-06-${day}T12:16:45.${microseconds}`,
    last_seen: `2025-07-${day}T14:33:45.${microseconds}`,
  };
}

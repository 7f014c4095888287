/** kill -9 of the importer, of the server and of PostgreSQL at random moments, fifty times. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, expect, test } from 'vitest';
import { PROJECT_FOLDER } from '../src/config/config.ts';
import { ANY_PORT } from './command-line.ts';
import { freePort } from './free-port.ts';

const ROUNDS = 50;
const DEVICES = 2_000;
const NETPILOT = join(PROJECT_FOLDER, 'bin/netpilot');

const folder = mkdtempSync(join(tmpdir(), 'netpilot-crash-'));
const data = join(folder, 'data');
const legacy = mkdtempSync(join(folder, 'legacy-'));
const port = await freePort();
let server: ChildProcess;

writeFileSync(
  join(legacy, 'devices.json'),
  JSON.stringify({
    devices: Object.fromEntries(
      Array.from({ length: DEVICES }, (_, n) => [n + 1, legacyDevice(n)]),
    ),
  }),
);

afterAll(async () => {
  server.kill('SIGTERM');
  await once(server, 'exit');
  rmSync(folder, { recursive: true });
});

test(
  `nothing acknowledged is lost and nothing is half written, whatever is killed, ${ROUNDS} times`,
  { timeout: 1_800_000 },
  async () => {
    const link = await startServer();
    const cookie = await signIn(link);
    let acknowledged = 0;

    for (let round = 1; round <= ROUNDS; round += 1) {
      const target = (['importer', 'server', 'postgres'] as const)[round % 3] ?? 'server';
      const router = `router-${round}`;
      const importer = spawn(NETPILOT, ['import', legacy, '--router', router, '--data', data], {
        stdio: 'ignore',
      });
      const imported = once(importer, 'exit');
      const stopWriting = new AbortController();
      const writing = write(cookie, acknowledged, stopWriting.signal);
      await delay(Math.random() * 1_500);

      if (target === 'importer') importer.kill('SIGKILL');
      if (target === 'postgres') process.kill(postmaster(), 'SIGKILL');
      if (target === 'server') {
        server.kill('SIGKILL');
        await once(server, 'exit');
        await startServer();
      }
      await imported;
      stopWriting.abort();
      acknowledged = await writing;
      await untilReady();

      // The last write may have been stored without its answer getting through; never the other way about.
      const stored = (await get(cookie, '/api/v1/settings/count', Count)).setting_value ?? 0;
      expect([acknowledged, acknowledged + 1]).toContain(stored);
      acknowledged = stored;
      const { items: imports } = await get(cookie, '/api/v1/imports?limit=500', Imports);
      const recorded = imports.some(({ router_id }) => router_id === router);
      expect({ round, target, devices: await countDevices(cookie, router) }).toEqual({
        round,
        target,
        devices: recorded ? DEVICES : 0,
      });
    }
  },
);

/** Counts up, one write after the other, until stopped; returns the last number that was acknowledged. */
async function write(cookie: string, from: number, signal: AbortSignal): Promise<number> {
  let acknowledged = from;
  while (!signal.aborted) {
    const answer = await request(cookie, '/api/v1/settings/count', {
      method: 'PUT',
      body: JSON.stringify({ setting_value: acknowledged + 1 }),
      headers: { 'content-type': 'application/json' },
    });
    if (answer?.ok === true) acknowledged += 1;
    else return acknowledged;
  }
  return acknowledged;
}

async function startServer(): Promise<string> {
  server = spawn(
    NETPILOT,
    ['serve', '--data', data, '--port', String(port), '--user', 'local@localhost'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...ANY_PORT, LOG_LEVEL: 'silent' },
    },
  );
  if (server.stdout === null) throw new Error('the server has no output');
  for await (const line of createInterface({ input: server.stdout })) {
    const [link] = /http:\S+token=\S+/.exec(line) ?? [];
    if (link !== undefined) return link;
  }
  throw new Error('the server printed no sign-in link');
}

async function signIn(link: string): Promise<string> {
  const answer = await fetch(link, { redirect: 'manual' });
  const [cookie] = answer.headers.getSetCookie();
  return String(cookie?.split(';')[0]);
}

async function request(
  cookie: string,
  path: string,
  init: RequestInit = {},
): Promise<Response | undefined> {
  try {
    return await fetch(`http://localhost:${port}${path}`, {
      ...init,
      headers: { ...Object.fromEntries(new Headers(init.headers)), cookie },
    });
  } catch {
    return undefined;
  }
}

/** Undefined if the answer is a 404: it does not exist yet. */
const Count = Type.Object({ setting_value: Type.Optional(Type.Number()) });
const Imports = Type.Object({ items: Type.Array(Type.Object({ router_id: Type.String() })) });
const Devices = Type.Object({
  items: Type.Optional(Type.Array(Type.Unknown())),
  next_cursor: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});

/**
 * The answer to a question asked until the service can answer it: a connection that dies between
 * `/readyz` and the question makes a 503. Throws at any other problem than a 404.
 */
async function get<Schema extends TSchema>(
  cookie: string,
  path: string,
  schema: Schema,
): Promise<Static<Schema>> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const answer = await request(cookie, path);
    if (answer !== undefined && answer.status !== 503) {
      if (answer.ok || answer.status === 404) return Value.Parse(schema, await answer.json());
      throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    }
    if (Date.now() > deadline) throw new Error(`${path} is not answered`);
    await delay(50);
  }
}

async function countDevices(cookie: string, router: string): Promise<number> {
  let count = 0;
  let cursor: string | null | undefined = '';
  while (typeof cursor === 'string') {
    const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page: Static<typeof Devices> = await get(
      cookie,
      `/api/v1/routers/${router}/devices?limit=500${after}`,
      Devices,
    );
    count += page.items?.length ?? 0;
    cursor = page.next_cursor;
  }
  return count;
}

async function untilReady(): Promise<void> {
  const deadline = Date.now() + 120_000;
  while ((await request('', '/readyz'))?.ok !== true) {
    if (Date.now() > deadline) throw new Error('the server did not get ready again by itself');
    await delay(50);
  }
}

function postmaster(): number {
  return Number(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

function legacyDevice(n: number): object {
  const mac = `02${n.toString(16).padStart(10, '0')}`.replaceAll(/(..)(?=.)/g, '$1:');
  return {
    ip: `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`,
    mac,
    hostname: `host-${n}`,
    first_seen: '2025-06-06T12:16:45.013710',
    last_seen: '2025-06-15T16:12:14.731045',
  };
}

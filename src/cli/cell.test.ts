/** Two cells, each a service of its own, and somebody who is moved from one to the other by the commands of docs/cells.md. */
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { newBrowser, somebody } from '../../testing/sign-in.ts';
import { urlOf } from '../../testing/cells.ts';
import { type DeployedCell, commandOf, deployCells, query } from '../../testing/deployed-cells.ts';
import { readUserTables } from '../cells/copying.ts';
import { OWNER_ROLE } from '../config/database-address.ts';
import { withClient } from '../database/roles.ts';
import { createAgent } from '../simulator/agent.ts';
import { dial } from '../simulator/dial.ts';
import { createHome } from '../simulator/home.ts';
import { makeIdentity } from '../simulator/identity.ts';
import { register } from '../simulator/register.ts';

const WAIT = { timeout: 30_000 };

const { one, two, directory, issuer, publicUrl } = await deployCells();

const add = ({ number, url, routersPort }: DeployedCell) => [
  ...commandOf(`cell add ${number}`, {
    [`https://c${number}.internal.example.net`]: url,
    [`r${number}.example.net`]: '127.0.0.1',
  }),
  '--routers-port',
  String(routersPort),
];
const list = async () => JSON.parse((await one.netpilot(['cell', 'list', '--json'])).stdout).cells;

describe('cells are entered', () => {
  test('in a directory that can be reached, and written', async () => {
    const away = { ...directory, password: 'wrong' };
    expect(await one.netpilot(add(one), { DIRECTORY_URL: urlOf(away) })).toMatchObject({
      code: 5,
      stderr: expect.stringMatching(/^netpilot: DIRECTORY_URL: .*password authentication failed/),
    });
    const another = { ...two.address, database: 'postgres' };
    expect(await one.netpilot(add(one), { DIRECTORY_URL: urlOf(another) })).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('The login in DIRECTORY_URL may not write the directory'),
    });
    expect((await one.netpilot(['cell', 'list'])).stderr).toContain('run `netpilot cell add`');
  });

  test('by the commands of the page, one SECRET_KEY for all', async () => {
    expect(await one.netpilot(add(one))).toEqual({
      code: 0,
      stdout: 'Cell 1 is open. The directory has 0 people of it.\n',
      stderr: '',
    });
    const other = { SECRET_KEY: 'another key for tests only, of another cell' };
    expect(await two.netpilot(add(two), other)).toMatchObject({
      code: 2,
      stderr:
        'netpilot: SECRET_KEY: expected the key that the other cells have, got "(not shown)"\n',
    });
    expect(await list()).toHaveLength(1);
    expect(await two.netpilot(add(two), { DATABASE_URL: urlOf(one.address) })).toMatchObject({
      code: 6,
      stderr:
        'netpilot: DATABASE_URL is the database of cell 1, not of cell 2: correct it, or CELL.\n',
    });
    expect(await list()).toHaveLength(1);
    expect(await two.netpilot(add(two))).toMatchObject({
      code: 0,
      stderr: 'It has the host keys of the other cells now: restart it.\n',
    });
    expect(await list()).toMatchObject([
      { cell: 1, state: 'open', api_url: one.url },
      { cell: 2, state: 'open', api_url: two.url },
    ]);
  });

  test('and each finds all of them well, once they run', async () => {
    const doctor = async () =>
      JSON.parse((await one.netpilot(['doctor', '--json'])).stdout).findings.filter(
        ({ check }: { check: string }) => check === 'cells',
      );
    await one.serve();
    expect(await doctor()).toMatchObject([{ state: 'ok' }, { state: 'fail' }]);
    await two.serve();
    expect(await doctor()).toMatchObject([{ state: 'ok' }, { state: 'ok' }]);
  });
});

describe('somebody', async () => {
  const person = somebody();
  const email = person.email ?? '';
  const target = { TARGET_DATABASE_URL: urlOf(two.address) };
  const command = [...commandOf('cell move', { 'ann@example.com': email }), '--yes'];
  const move = (env: NodeJS.ProcessEnv = {}) => one.netpilot(command, { ...target, ...env });

  let cookie = '';
  let token = '';
  const send = (method: string, path: string, body?: object, by: object = {}) =>
    fetch(`${publicUrl}/api/v1${path}`, {
      method,
      headers: {
        ...(token === '' ? { cookie } : { authorization: `Bearer ${token}` }),
        ...by,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });

  test('signs in at the first cell', async () => {
    issuer.person = person;
    const browser = newBrowser();
    await browser.visit(`${publicUrl}/auth/sign-in?fresh=true&return_to=/devices`, '/devices');
    cookie = `netpilot_session=${browser.cookie(publicUrl, 'netpilot_session')}`;
    const scopes = ['account', 'control', 'manage'];
    const made = await send('POST', '/tokens', { token_name: 'script', scopes });
    token = Object(await made.json()).token;
    expect([cookie, token]).toEqual([
      expect.stringMatching(/^netpilot_session=[12]\./),
      expect.stringMatching(/^np_[12]_/),
    ]);
  });

  describe('is not moved', () => {
    const stays = async () => {
      expect((await send('GET', '/me')).status).toBe(200);
      const people = await withClient(directory, (client) =>
        client.query('select email, cell, state from directory.people'),
      );
      expect(people.rows).toEqual([{ email, cell: 1, state: 'settled' }]);
    };

    test.each<[string, number, string, string[], NodeJS.ProcessEnv]>([
      [
        'without the other database',
        2,
        'TARGET_DATABASE_URL: expected the database of cell 2',
        [],
        { TARGET_DATABASE_URL: '' },
      ],
      [
        'into the database of another cell',
        6,
        'TARGET_DATABASE_URL is not the database of cell 2, but of cell 1',
        [],
        { TARGET_DATABASE_URL: urlOf(one.address) },
      ],
      [
        'into a database that is none of NetPilot’s',
        6,
        'The directory does not know the database in TARGET_DATABASE_URL',
        [],
        { TARGET_DATABASE_URL: urlOf({ ...two.address, database: 'postgres' }) },
      ],
      [
        'while that one is away',
        5,
        'cannot be reached',
        [],
        { TARGET_DATABASE_URL: 'postgresql://netpilot:x@127.0.0.1:1/netpilot' },
      ],
      ['to the cell they are in', 6, 'This is cell 1: run it in the cell that', [email, '1'], {}],
      ['to a cell that is not there', 4, 'There is no cell "9"', [email, '9'], {}],
      [
        'who is not known',
        4,
        'There is no user of cell 1 "ann@example.com"',
        ['ann@example.com', '2'],
        {},
      ],
    ])('%s', async (_case, code, said, parameters, env) => {
      const [words, options] = [command.slice(0, 2), command.slice(-1)];
      const line = parameters.length === 0 ? command : [...words, ...parameters, ...options];
      const stderr = expect.stringContaining(said);
      expect(await one.netpilot(line, { ...target, ...env })).toEqual({ code, stdout: '', stderr });
      await stays();
    });

    test('without being asked about', async () => {
      expect(await one.netpilot(command.slice(0, -1), target)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(`This moves ${email} to cell 2.`),
      });
    });

    test('to a full cell', async () => {
      await one.netpilot(['cell', 'full', '2']);
      expect(await move()).toMatchObject({
        code: 6,
        stderr: 'netpilot: Cell 2 is full: open it with `netpilot cell open 2` first.\n',
      });
      await one.netpilot(['cell', 'open', '2']);
      await stays();
    });

    test('to a cell that is down, or at which routers find another host key', async () => {
      await two.stop();
      expect(await move()).toMatchObject({
        code: 5,
        stderr: expect.stringContaining(`Cell 2 does not answer at ${two.url}`),
      });
      await two.serve({ SECRET_KEY: 'another key for tests only, of another cell' });
      expect(await move()).toMatchObject({
        code: 5,
        stderr: expect.stringContaining("which is not NetPilot's"),
      });
      await two.stop();
      await two.serve();
      await stays();
    });
  });

  test('is moved with a router and a token, interrupted once, while blocks change', async () => {
    const { code } = Object(
      await (await send('POST', '/pairing-codes', undefined, { cookie })).json(),
    );
    const [identity, router_id] = [makeIdentity(1), 'mac-1'];
    const access = await register(publicUrl, {
      code,
      router_id,
      public_key: identity.public_key,
      name: 'Home',
    });
    expect(access.port).toBe(one.routersPort);
    const agent = createAgent(createHome(1, 3));
    const outages: number[] = [];
    let lostAt = 0;
    const router = dial({
      access,
      privateKey: identity.private_key,
      agent,
      onChange: (change) => {
        if (change === 'disconnected') lostAt = performance.now();
        else if (lostAt > 0) outages.push(Math.round(performance.now() - lostAt));
      },
    });
    onTestFinished(router.stop);
    const own = `/routers/${router_id}`;
    const connected = async () => Object(await (await send('GET', own)).json()).is_connected;
    await expect.poll(connected, WAIT).toBe(true);

    // One address after the other is blocked; who is told to try again does.
    const acknowledged: string[] = [];
    const refused = new Set<number>();
    const over = new AbortController();
    const changing = (async () => {
      for (let turn = 1; !over.signal.aborted; turn += 1) {
        const device_ip = `198.18.${turn >> 8}.${turn & 255}`;
        for (let isDone = false; !isDone;) {
          const { ok, status } = await send('POST', `${own}/blocks`, { device_ip });
          // 409: stored, though the answer said to try again.
          isDone = ok || status === 409;
          if (isDone) acknowledged.push(device_ip);
          else refused.add(status);
          await once(AbortSignal.timeout(100), 'abort');
        }
      }
    })();
    onTestFinished(() => over.abort());
    await expect.poll(() => acknowledged.length, WAIT).toBeGreaterThan(5);

    await interruptMove();
    const before = acknowledged.length;
    await expect.poll(() => acknowledged.length, WAIT).toBeGreaterThan(before + 2);
    expect(await list()).toMatchObject([{ people: 1 }, { people: 0 }]);

    expect(await move()).toEqual({ code: 0, stdout: `${email} lives in cell 2.\n`, stderr: '' });
    await expect.poll(() => outages.length, WAIT).toBe(1);
    await expect.poll(connected, WAIT).toBe(true);
    const moved = acknowledged.length;
    await expect.poll(() => acknowledged.length, WAIT).toBeGreaterThan(moved + 5);
    over.abort();
    await changing;
    process.stdout.write(`the router was offline for ${outages.join(' + ')} ms\n`);

    // By the old cookie and the old token, at the old cell and at the new one.
    for (const by of [{ cookie }, { authorization: `Bearer ${token}` }])
      for (const url of [one.url, two.url]) {
        const me = await fetch(`${url}/api/v1/me`, { headers: by });
        expect([me.status, await me.json()]).toMatchObject([200, { email }]);
      }
    expect([...refused].filter((status) => status !== 503)).toEqual([]);
    const wanted = acknowledged.toSorted();
    const stored = await query(two, 'select host(device_ip) as ip from user_blocked_devices');
    expect(stored.map(({ ip }) => String(ip)).toSorted()).toEqual(wanted);
    const blocked = () =>
      agent
        .policy()
        .document.filter((line) => line.startsWith('block '))
        .map((line) => line.slice(6))
        .toSorted();
    await expect.poll(blocked, WAIT).toEqual(wanted);
    const delivery = async () =>
      Object(await (await send('GET', `${own}/policy`)).json()).delivery.state;
    await expect.poll(delivery, WAIT).toBe('applied');
    expect(await list()).toMatchObject([
      { people: 0, moving: 0 },
      { people: 1, moving: 0 },
    ]);
  });

  /** Interrupts a move that waits for the other cell. */
  async function interruptMove(): Promise<void> {
    await withClient(two.address, async (client) => {
      await client.query(`begin; set local role ${OWNER_ROLE}; lock table users in exclusive mode`);
      const { child, ended } = one.start(command, target);
      child.stdin.end();
      const isWaiting = async () =>
        (await client.query('select from pg_locks where not granted')).rows.length > 0;
      await expect.poll(isWaiting, WAIT).toBe(true);
      child.kill('SIGINT');
      expect(await ended).toEqual({
        code: 130,
        stdout: '',
        stderr:
          'Run the same command again: it begins anew, or ends what it began.\nnetpilot: interrupted (SIGINT)\n',
      });
      await client.query('rollback');
    });
  }

  test('who was moved stays so when it is said again, and leaves nothing behind', async () => {
    expect(await move()).toEqual({
      code: 0,
      stdout: `${email} lives in cell 2.\n`,
      stderr: 'They had been moved before: what was left to do is done.\n',
    });
    const purge = ['cell', 'purge', '--now', '--yes'];
    const nobody = 'Nobody was moved away more than five minutes ago.\n';
    expect((await one.netpilot(purge)).stdout).toBe(nobody);
    expect(await rowsLeft()).not.toEqual([]);
    await query(one, `update event_counters set moved_at = now() - interval '6 minutes'`);
    expect((await one.netpilot(purge)).stdout).toBe('What was left of 1 person is deleted.\n');
    expect(await rowsLeft()).toEqual([]);
    expect(await move()).toMatchObject({ code: 4 });
    expect((await send('GET', '/me')).status).toBe(200);
  });

  /** Tables of the first cell that have rows of somebody. */
  async function rowsLeft(): Promise<string[]> {
    const tables = await withClient(one.address, readUserTables);
    const left: string[] = [];
    for (const { name } of tables)
      if ((await query(one, `select from ${name} limit 1`)).length > 0) left.push(name);
    return left;
  }
});

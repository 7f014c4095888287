import { once } from 'node:events';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Child, runChild } from '../../../testing/child.ts';
import { createDataFolders } from '../../../testing/embedded.ts';
import type { DatabaseAddress } from '../../config/database-address.ts';
import { withClient } from '../roles.ts';
import { layOut } from './cluster.ts';
import { shortenLog } from './log.ts';
import { findPostmaster } from './postmaster.ts';

const folders = await createDataFolders();

function postmasterOf(folder: string): number | undefined {
  return findPostmaster(layOut(folder));
}

/** Another NetPilot process that joins the server of a folder, says so, and leaves when it is told by SIGTERM. */
function joinInChild(folder: string): Child {
  return runChild(`
    import { joinEmbeddedServer } from './src/database/embedded/server.ts';
    const { leave } = await joinEmbeddedServer({ dataFolder: ${JSON.stringify(folder)} });
    const stay = setInterval(() => {}, 1000);
    process.once('SIGTERM', async () => { clearInterval(stay); await leave(); });
    console.log('joined');
  `);
}

/** Every row of a table that tests keep in the database `postgres`; makes it where it is missing. */
function numbersIn(admin: DatabaseAddress, add?: number): Promise<number[]> {
  return withClient({ ...admin, database: 'postgres' }, async (client) => {
    await client.query('create table if not exists numbers (n int)');
    if (add !== undefined) await client.query('insert into numbers values ($1)', [add]);
    const { rows } = await client.query<{ n: number }>('select n from numbers order by 1');
    return rows.map(({ n }) => n);
  });
}

describe('a server', () => {
  test('goes on writing to a log that was cut down to its end', async () => {
    const folder = folders.filled('talkative');
    const { log } = layOut(folder);
    const { addresses } = await folders.join(folder);
    const say = (text: string) =>
      withClient({ ...addresses.admin, database: 'postgres' }, (client) =>
        client.query(`do $$ begin raise log '%', '${text}'; end $$`),
      );
    await say('before');
    appendFileSync(log, `${'x'.repeat(99)}\n`.repeat(110_000));
    await say('the last line');
    shortenLog(log);
    await say('after');
    const left = readFileSync(log, 'utf8');
    expect(Buffer.byteLength(left)).toBeLessThan(1_100_000);
    expect(left).toMatch(/^x{99}\n/);
    expect(left).not.toContain('before');
    expect(left).toMatch(/the last line\n[^]*after\n/);
    shortenLog(log);
    expect(readFileSync(log, 'utf8')).toBe(left);
  });

  test('starts with a log that is not too large', async () => {
    const folder = folders.filled('full-of-logs');
    const { log } = layOut(folder);
    appendFileSync(log, `${'x'.repeat(99)}\n`.repeat(110_000));
    await folders.join(folder);
    expect(statSync(log).size).toBeLessThan(1_100_000);
  });

  test('runs while somebody is there, and keeps what it has for the next', async () => {
    const folder = folders.filled('alone');
    const first = await folders.join(folder);
    expect(await numbersIn(first.addresses.admin, 1)).toEqual([1]);
    expect(postmasterOf(folder)).toBeTypeOf('number');
    await first.leave();
    expect(postmasterOf(folder)).toBeUndefined();

    const second = await folders.join(folder);
    expect(await numbersIn(second.addresses.admin)).toEqual([1]);
  });

  test('is shared by all processes on its folder; the last one to leave stops it', async () => {
    const folder = folders.filled('shared');
    const own = await folders.join(folder);
    const child = joinInChild(folder);
    await child.says('joined');
    const pid = postmasterOf(folder);
    await own.leave();
    expect(postmasterOf(folder)).toBe(pid);

    child.process.kill('SIGTERM');
    expect(await child.ended).toMatchObject({ code: 0 });
    expect(postmasterOf(folder)).toBeUndefined();
  });

  test('is made once where several processes come to an empty folder at once', async () => {
    const folder = join(folders.root, 'new');
    const children = [1, 2, 3].map(() => joinInChild(folder));
    await Promise.all(children.map(({ says }) => says('joined')));
    const { addresses } = await folders.join(folder);
    expect(await numbersIn(addresses.admin)).toEqual([]);
    for (const { process } of children) process.kill('SIGTERM');
    for (const { ended } of children)
      expect(await ended).toMatchObject({ code: 0, said: 'joined\n' });
  });

  test('that one process leaves while another one joins is there for that one', async () => {
    const folder = folders.filled('turns');
    for (let turn = 0; turn < 5; turn += 1) {
      const { leave } = await folders.join(folder);
      const [next] = await Promise.all([folders.join(folder), leave()]);
      expect(await numbersIn(next.addresses.admin, turn)).toHaveLength(turn + 1);
      await next.leave();
    }
  });
});

describe('a crash', () => {
  test.each([
    ['of PostgreSQL', `pg_read_file('postmaster.pid', 0, 20)`],
    [
      'of one of its processes',
      `(select pid from pg_stat_activity where backend_type = 'checkpointer')`,
    ],
  ])(
    '%s is fixed, as often as it happens, and nothing acknowledged is lost',
    async (what, victim) => {
      const restarts = new EventTarget();
      const { addresses } = await folders.join(folders.filled(what.replaceAll(' ', '-')), {
        settings: [],
        onRestart: () => restarts.dispatchEvent(new Event('restart')),
      });
      for (let time = 1; time <= 3; time += 1) {
        await numbersIn(addresses.admin, time);
        const restarted = once(restarts, 'restart');
        const pid = await withClient({ ...addresses.admin, database: 'postgres' }, (client) =>
          client.query<{ pid: string }>(`select ${victim} as pid`),
        );
        process.kill(Number.parseInt(String(pid.rows[0]?.pid), 10), 'SIGKILL');
        await restarted;
        expect(await numbersIn(addresses.admin)).toHaveLength(time);
      }
    },
  );

  test('of the process that started it leaves a server that the next one takes over and stops', async () => {
    const folder = folders.filled('orphan');
    const child = joinInChild(folder);
    await child.says('joined');
    child.process.kill('SIGKILL');
    await child.ended;
    const pid = postmasterOf(folder);
    const next = await folders.join(folder);
    expect(postmasterOf(folder)).toBe(pid);
    await next.leave();
    expect(postmasterOf(folder)).toBeUndefined();
  });

  test('of both, as in a power cut, needs no repair', async () => {
    const folder = folders.filled('power-cut');
    const child = joinInChild(folder);
    await child.says('joined');
    const { addresses, leave } = await folders.join(folder);
    await numbersIn(addresses.admin, 1);
    child.process.kill('SIGKILL');
    process.kill(postmasterOf(folder) ?? 0, 'SIGKILL');
    await leave();
    await child.ended;
    const next = await folders.join(folder);
    expect(await numbersIn(next.addresses.admin)).toEqual([1]);
  });

  test('leaves lock files that stop nobody, even where another program has their process id by now', async () => {
    const folder = folders.filled('stale');
    const stranger = spawn('sleep', ['600'], { stdio: 'ignore' });
    onTestFinished(() => void stranger.kill());
    const { pgdata, socketFolder } = layOut(folder);
    const lock = `${stranger.pid}\n${pgdata}\n1700000000\n5432\n${socketFolder}\n\n`;
    writeFileSync(join(pgdata, 'postmaster.pid'), lock);
    writeFileSync(join(socketFolder, '.s.PGSQL.5432.lock'), lock);
    const { addresses } = await folders.join(folder);
    expect(await numbersIn(addresses.admin)).toEqual([]);
  });
});

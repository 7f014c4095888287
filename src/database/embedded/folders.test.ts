import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runChild } from '../../../testing/child.ts';
import { createDataFolders } from '../../../testing/embedded.ts';
import { withClient } from '../roles.ts';
import { layOut } from './cluster.ts';
import { nameDraft } from './drafts.ts';
import { findPostmaster } from './postmaster.ts';
import { readOrMakeSecrets } from './secrets.ts';
import { joinEmbeddedServer } from './server.ts';

const folders = await createDataFolders();
const isRoot = process.getuid?.() === 0;

describe('a data folder', () => {
  test.each([
    ['a space', 'with a space'],
    ['quotes, commas and signs that shells know', `it's "odd", $HOME; %s \\ #&=`],
    ['letters beyond ASCII', 'données 日本 📱'],
    ['a name too long for the path of a socket', 'long-'.repeat(40)],
  ])('may have %s', async (_what, name) => {
    const { addresses } = await folders.join(folders.filled(name));
    await withClient({ ...addresses.admin, database: 'postgres' }, async (client) => {
      expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    });
  });

  test('may be told relative to where one is', async () => {
    const folder = folders.filled('relative');
    await folders.join(relative(process.cwd(), folder));
    expect(findPostmaster(layOut(folder))).toBeTypeOf('number');
  });
});

describe('PostgreSQL', () => {
  test.runIf(isRoot)('never runs as root, even where root starts it', async () => {
    const folder = folders.filled('as-root');
    await folders.join(folder);
    const status = readFileSync(`/proc/${findPostmaster(layOut(folder))}/status`, 'utf8');
    const [, uid] = /^Uid:\s+(\d+)/m.exec(status) ?? [];
    const [, capabilities] = /^CapEff:\s+(\w+)/m.exec(status) ?? [];
    // As another user, or as one that is root in name only: in a namespace, without any capability.
    expect(uid !== '0' || Number.parseInt(String(capabilities), 16) === 0).toBe(true);
  });

  test.runIf(isRoot)('runs as the ordinary user who starts it', async () => {
    const folder = join(folders.root, 'ordinary');
    const nobody = { uid: 65_534, gid: 65_534 };
    mkdirSync(folder);
    chownSync(folder, nobody.uid, nobody.gid);
    const child = runChild(
      `
      import { joinEmbeddedServer } from './src/database/embedded/server.ts';
      import { readFileSync } from 'node:fs';
      const { leave } = await joinEmbeddedServer({ dataFolder: ${JSON.stringify(folder)} });
      const pid = Number.parseInt(readFileSync(${JSON.stringify(join(folder, 'postgres/postmaster.pid'))}, 'utf8'));
      console.log(/^Uid:.*/m.exec(readFileSync('/proc/' + pid + '/status', 'utf8'))[0]);
      await leave();
      `,
      nobody,
    );
    const { code, said } = await child.ended;
    expect(said).toMatch(/^Uid:\s+65534\s/);
    expect(code).toBe(0);
  });
});

describe('a killed process', () => {
  test('leaves drafts, which the next start removes; those of a living one stay', async () => {
    const folder = folders.filled('drafts');
    const gone = join(folder, 'cluster.4194303.0123abcd.draft');
    mkdirSync(join(gone, 'postgres'), { recursive: true });
    const old = join(folder, `secrets.${process.pid}.0123abcd.draft`);
    writeFileSync(old, '');
    utimesSync(old, 1, 1);
    const living = nameDraft(folder, 'secrets');
    writeFileSync(living, '');
    await folders.join(folder);
    expect([gone, old, living].map((path) => existsSync(path))).toEqual([false, false, true]);
  });
});

describe('a data folder that cannot be used is told of', () => {
  test('when another PostgreSQL made it', async () => {
    const folder = folders.filled('older');
    writeFileSync(join(folder, 'postgres/PG_VERSION'), '14\n');
    await expect(joinEmbeddedServer({ dataFolder: folder })).rejects.toThrow(
      /holds a database of PostgreSQL 14, and this NetPilot comes with PostgreSQL \d\d: take a backup/,
    );
  });

  test('when its passwords are gone, and none are made up', async () => {
    const folder = folders.filled('without-secrets');
    rmSync(join(folder, 'secrets.json'));
    for (let time = 0; time < 2; time += 1)
      await expect(joinEmbeddedServer({ dataFolder: folder })).rejects.toThrow(
        'The passwords of the database in',
      );
  });

  test('when its passwords are those of another', async () => {
    const folder = folders.filled('other-secrets');
    const secrets = {
      adminPassword: 'x'.repeat(32),
      servicePassword: 'x'.repeat(32),
      secretKey: 'x'.repeat(32),
    };
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify(secrets));
    await expect(joinEmbeddedServer({ dataFolder: folder })).rejects.toThrow(
      'secrets.json is not that of the database',
    );
    // The server was there to ask: a process with the right file finds it, and stops it.
    writeFileSync(
      join(folder, 'secrets.json'),
      readFileSync(join(folders.root, 'prototype/secrets.json')),
    );
    await (await folders.join(folder)).leave();
    expect(findPostmaster(layOut(folder))).toBeUndefined();
  });

  test('when the server does not start, with what its log says', async () => {
    const folder = folders.filled('broken');
    appendFileSync(join(folder, 'postgres/postgresql.conf'), '\nthis is no setting at all\n');
    await expect(joinEmbeddedServer({ dataFolder: folder })).rejects.toThrow(
      /does not start[^]*syntax error in file[^]*postgresql.conf/,
    );
  });

  test.runIf(isRoot)('when the folder of its socket is another user’s', async () => {
    const folder = folders.filled('socket');
    chownSync(join(folder, 'socket'), 12_345, 12_345);
    await expect(joinEmbeddedServer({ dataFolder: folder })).rejects.toThrow(
      'belongs to another user',
    );
  });
});

test('A new data folder shows nobody what is in it', () => {
  const folder = join(folders.root, 'new', 'data');
  readOrMakeSecrets(folder);
  const others = statSync(folder).mode & 0o077;
  expect(others).toBe(isRoot ? 0o011 : 0);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
});

test.runIf(canMount())('The secrets on a read-only disk are read', async () => {
  const disk = join(folders.root, 'read-only');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
  onTestFinished(() => void execFileSync('umount', [disk]));
  const secrets = readOrMakeSecrets(disk);
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  expect(readOrMakeSecrets(disk)).toEqual(secrets);
  expect(readdirSync(disk)).toEqual(['secrets.json']);
});

test.runIf(canMount())(
  'A disk that is full is told of when the server does not start',
  async () => {
    const disk = join(folders.root, 'full');
    mkdirSync(disk, { mode: 0o755 });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128m,mode=755', 'tmpfs', disk]);
    onTestFinished(() => void execFileSync('umount', [disk]));
    execFileSync('cp', ['-a', join(folders.root, 'prototype'), disk]);
    // Until nothing fits any more.
    execFileSync('sh', ['-c', 'cat /dev/zero >"$0" 2>/dev/null || :', join(disk, 'rest')]);
    const folder = join(disk, 'prototype');
    await expect(joinEmbeddedServer({ dataFolder: folder })).rejects.toThrow(
      `There are only 0 KiB free at ${folder}: free some space.`,
    );
    rmSync(join(disk, 'rest'));
    await (await joinEmbeddedServer({ dataFolder: folder })).leave();
  },
);

/** Root in a container may be forbidden to. */
function canMount(): boolean {
  if (!isRoot) return false;
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

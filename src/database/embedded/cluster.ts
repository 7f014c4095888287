import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as absolute } from 'node:path';
import { UnavailableError } from '../../errors.ts';
import type { Identity } from './identity.ts';
import type { Programs } from './programs.ts';

/** Login with all power on an embedded server; its password is in secrets.json. */
export const SUPERUSER = 'netpilot_admin';

/** Where the things of one data folder are. */
export type Layout = { folder: string; pgdata: string; socketFolder: string; log: string };

/** Whether the data folder holds a database already; looking makes none. */
export function hasEmbeddedDatabase(dataFolder: string): boolean {
  return existsSync(layOut(dataFolder).pgdata);
}

/** Where the things of a data folder are. */
export function layOut(dataFolder: string): Layout {
  const folder = absolute(dataFolder);
  const near = join(folder, 'socket');
  // A socket's path has 107 bytes at most (unix(7)), and the server adds its name to the folder's.
  const far = join(
    tmpdir(),
    `netpilot-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`,
  );
  const socketFolder = Buffer.byteLength(near) > 90 ? far : near;
  return {
    folder,
    pgdata: join(folder, 'postgres'),
    socketFolder,
    log: join(folder, 'postgres.log'),
  };
}

/** Throws UnavailableError where there is a database that these programs, or nobody, can open. */
export function requireUsable({ folder, pgdata }: Layout, programs: Programs): void {
  if (!existsSync(pgdata)) return;
  if (!existsSync(join(folder, 'secrets.json'))) {
    throw new UnavailableError(
      `The passwords of the database in ${folder} are gone (secrets.json): restore that file from a copy of the data folder.`,
    );
  }
  const made = readFileSync(join(pgdata, 'PG_VERSION'), 'utf8').trim();
  const ours = majorVersion(programs);
  if (made !== ours) {
    throw new UnavailableError(
      `${folder} holds a database of PostgreSQL ${made}, and this NetPilot brings PostgreSQL ${ours}: take a backup with the NetPilot that made it, and restore that into a new data folder.`,
    );
  }
}

/** Makes the cluster beside its place and moves it there whole: a crash leaves nothing half made. */
export async function initialise(
  layout: Layout,
  programs: Programs,
  identity: Identity,
  password: string,
): Promise<void> {
  const draft = mkdtempSync(join(layout.folder, 'initialising-'));
  const passwordFile = join(draft, 'password');
  const pgdata = join(draft, 'postgres');
  try {
    mkdirSync(pgdata, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    for (const path of [draft, passwordFile, pgdata]) giveTo(path, identity);
    const [program, ...prefix] = [...identity.prefix, programs.initdb];
    const initdb = spawn(
      program ?? programs.initdb,
      [
        ...prefix,
        '-D',
        pgdata,
        '-U',
        SUPERUSER,
        '-A',
        'scram-sha-256',
        `--pwfile=${passwordFile}`,
        '-E',
        'UTF8',
        '--locale=C.UTF-8',
        '--data-checksums',
      ],
      { ...identity.owner, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    initdb.stderr.on('data', (chunk) => (said += String(chunk)));
    const [code] = await once(initdb, 'close');
    if (code !== 0)
      throw new UnavailableError(`PostgreSQL could not make its data folder: ${said.trim()}`);
    writeFileSync(join(pgdata, 'pg_hba.conf'), 'local all all scram-sha-256\n');
    try {
      renameSync(pgdata, layout.pgdata);
    } catch (error) {
      // Another process was first: its cluster counts, and it has the same secrets.
      if (!existsSync(join(layout.pgdata, 'PG_VERSION'))) throw error;
    }
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Makes PostgreSQL's user the owner. */
export function giveTo(path: string, { owner }: Identity): void {
  if (owner !== undefined) chownSync(path, owner.uid, owner.gid);
}

/** `postgres (PostgreSQL) 18.4` → `18` */
function majorVersion({ postgres }: Programs): string {
  const said = execFileSync(postgres, ['--version'], { encoding: 'utf8' });
  return /(\d+)/.exec(said)?.[1] ?? said;
}

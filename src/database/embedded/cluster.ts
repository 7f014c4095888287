import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as absolute } from 'node:path';
import { UnavailableError } from '../../errors.ts';
import { nameDraft } from './drafts.ts';
import { type Identity, spawnAs } from './identity.ts';
import type { Programs } from './programs.ts';

/** The superuser of an embedded server; its password is in secrets.json. */
export const SUPERUSER = 'netpilot_admin';

/** Paths in one data folder. */
export type Layout = { folder: string; pgdata: string; socketFolder: string; log: string };

/** Whether the data folder holds a database. Nothing is created. */
export function hasEmbeddedDatabase(dataFolder: string): boolean {
  return existsSync(layOut(dataFolder).pgdata);
}

/** The paths in a data folder. */
export function layOut(dataFolder: string): Layout {
  const folder = absolute(dataFolder);
  const near = join(folder, 'socket');
  // A socket's path has at most 107 bytes (unix(7)), and the server adds a file name to the folder's.
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

/** Throws UnavailableError if there is a database that cannot be opened: of another version, or without its passwords. */
export function requireUsable({ folder, pgdata }: Layout, programs: Programs): void {
  if (!existsSync(pgdata)) return;
  if (!existsSync(join(folder, 'secrets.json'))) {
    throw new UnavailableError(
      `The passwords of the database in ${folder} are missing (secrets.json): restore that file from a copy of the data folder.`,
    );
  }
  const made = readFileSync(join(pgdata, 'PG_VERSION'), 'utf8').trim();
  const ours = majorVersion(programs);
  if (made !== ours) {
    throw new UnavailableError(
      `${folder} holds a database of PostgreSQL ${made}, and this NetPilot comes with PostgreSQL ${ours}: take a backup with the NetPilot that made it, and restore it into a new data folder.`,
    );
  }
}

/** Creates the cluster in a temporary folder and moves it into place, so that a crash leaves nothing unfinished. */
export async function initialise(
  layout: Layout,
  programs: Programs,
  identity: Identity,
  password: string,
): Promise<void> {
  const draft = nameDraft(layout.folder, 'cluster');
  const passwordFile = join(draft, 'password');
  const pgdata = join(draft, 'postgres');
  try {
    mkdirSync(draft, { mode: 0o700 });
    mkdirSync(pgdata, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    for (const path of [draft, passwordFile, pgdata]) giveTo(path, identity);
    const options = [
      `--pgdata=${pgdata}`,
      `--username=${SUPERUSER}`,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--data-checksums',
    ];
    const initdb = spawnAs(identity, programs.initdb, options, {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    initdb.stderr?.on('data', (chunk) => (said += String(chunk)));
    const [code] = await once(initdb, 'close');
    if (code !== 0)
      throw new UnavailableError(`PostgreSQL could not create its data folder: ${said.trim()}`);
    writeFileSync(join(pgdata, 'pg_hba.conf'), 'local all all scram-sha-256\n');
    try {
      renameSync(pgdata, layout.pgdata);
    } catch (error) {
      // Another process was first: its cluster is used, and has the same secrets.
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

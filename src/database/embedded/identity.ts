import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UnavailableError } from '../../errors.ts';

/** The user that PostgreSQL's programs run as, and how to start them as that user. */
export type Identity = {
  /** Command that starts the program; goes before it and its arguments. */
  prefix: readonly string[];
  /** The user to start the program as, who must own the data folder. */
  owner?: { uid: number; gid: number };
};

const UNSHARE = '/usr/bin/unshare';

/**
 * PostgreSQL refuses to run as root. An ordinary user runs it as itself. Root runs it as the system's `postgres`,
 * else `nobody`; if these can't reach the folders (a clone in a private directory), in a user namespace in which
 * root has another number and no privileges (user_namespaces(7)). For an existing folder its owner decides.
 *
 * @param dataFolder PGDATA, which need not exist yet
 * @param programs the folder of the PostgreSQL programs
 */
export function chooseIdentity(dataFolder: string, programs: string): Identity {
  if (process.getuid?.() !== 0) return { prefix: [] };

  if (existsSync(dataFolder)) {
    const { uid, gid } = statSync(dataFolder);
    return uid === 0 ? inUserNamespace() : { prefix: [], owner: { uid, gid } };
  }
  const owner = unprivilegedAccount();
  const reachable = isReachableByOthers(programs) && isReachableByOthers(dirname(dataFolder));
  return owner !== undefined && reachable ? { prefix: [], owner } : inUserNamespace();
}

/** Starts a program as that user, outside any folder that it may not enter. */
export function spawnAs(
  { prefix, owner }: Identity,
  program: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'detached' | 'stdio'>,
): ChildProcess {
  const [command = program, ...rest] = [...prefix, program, ...args];
  return spawn(command, rest, { ...owner, cwd: '/', ...options });
}

function inUserNamespace(): Identity {
  if (!existsSync(UNSHARE)) {
    throw new UnavailableError(
      'PostgreSQL does not run as root, and no other user can reach this folder: run NetPilot as an ordinary user, or from a folder that every user can enter.',
    );
  }
  return { prefix: [UNSHARE, '--user', '--map-user=65534', '--map-group=65534', '--'] };
}

/** An account without privileges, from /etc/passwd: name, password, uid, gid (passwd(5)). */
function unprivilegedAccount(): { uid: number; gid: number } | undefined {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find(([name]) => name === wanted) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

/** Whether every user can enter this folder and all above it. */
function isReachableByOthers(folder: string): boolean {
  const absolute = resolve(folder);
  accessSync(absolute, constants.X_OK);
  for (let current = absolute; ; current = dirname(current)) {
    if ((statSync(current).mode & constants.S_IXOTH) === 0) return false;
    if (current === dirname(current)) return true;
  }
}

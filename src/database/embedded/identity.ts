import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UnavailableError } from '../../errors.ts';

/** Which user PostgreSQL's programs run as, and how to start them so. */
export type Identity = {
  /** Put before the program and its arguments. */
  prefix: readonly string[];
  /** To change to before the program starts, and whose the data folder must be. */
  owner?: { uid: number; gid: number };
};

const UNSHARE = '/usr/bin/unshare';

/**
 * PostgreSQL refuses to run as root. As an ordinary user it runs as that user. As root it runs as the
 * system's `postgres`, else `nobody`; where those can't reach the folders (a clone below a private
 * directory) it runs in a user namespace where root has no privilege and another number
 * (user_namespaces(7)). A folder that exists keeps the identity its owner tells of.
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

function inUserNamespace(): Identity {
  if (!existsSync(UNSHARE)) {
    throw new UnavailableError(
      'PostgreSQL does not run as root, and no other user can reach this folder: run NetPilot as an ordinary user, or from a folder that every user can enter.',
    );
  }
  return { prefix: [UNSHARE, '--user', '--map-user=65534', '--map-group=65534', '--'] };
}

/** The account to step down to, from /etc/passwd: name, password, uid, gid (passwd(5)). */
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

/** Whether every folder from the root down to this one lets everybody enter. */
function isReachableByOthers(folder: string): boolean {
  const absolute = resolve(folder);
  accessSync(absolute, constants.X_OK);
  for (let current = absolute; ; current = dirname(current)) {
    if ((statSync(current).mode & constants.S_IXOTH) === 0) return false;
    if (current === dirname(current)) return true;
  }
}

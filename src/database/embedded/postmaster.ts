import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Layout } from './cluster.ts';
import { errorCode } from '../../error-code.ts';

/** The process id of the server that runs on a data folder; undefined if none does. */
export function findPostmaster({ pgdata }: Layout): number | undefined {
  const pid = readPid(join(pgdata, 'postmaster.pid'));
  return pid !== undefined && isAlive(pid) && !isElsewhere(pid, pgdata) ? pid : undefined;
}

/**
 * Removes lock files of a server that has ended and whose process id another process has now, as happens
 * after a power cut: PostgreSQL would take that process for a server, and not start.
 */
export function removeStaleLocks({ pgdata, socketFolder }: Layout): void {
  for (const file of [join(pgdata, 'postmaster.pid'), join(socketFolder, '.s.PGSQL.5432.lock')]) {
    const pid = readPid(file);
    if (pid !== undefined && isAlive(pid) && isElsewhere(pid, pgdata))
      rmSync(file, { force: true });
  }
}

/** Shuts a server down cleanly, and waits until it has ended. */
export async function shutDown(pid: number, layout: Layout): Promise<void> {
  // SIGINT is PostgreSQL's fast shutdown: sessions end, a checkpoint is written.
  process.kill(pid, 'SIGINT');
  // It removes its pid file last. In a container without init its process stays as a zombie.
  while (isAlive(pid) && readPid(join(layout.pgdata, 'postmaster.pid')) === pid) await delay(10);
}

/** The first line of a lock file. */
function readPid(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch {
    // It does not exist, or is being removed.
    return undefined;
  }
}

/** Whether a process has this number, no matter whose. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Whether this process is certainly not the folder's server, whose working directory is its data folder. */
function isElsewhere(pid: number, pgdata: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) !== realpathSync(pgdata);
  } catch {
    // No /proc (macOS), another user's process, or one that ended: PostgreSQL decides.
    return false;
  }
}

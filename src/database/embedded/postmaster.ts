import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Layout } from './cluster.ts';
import { errorCode } from '../../error-code.ts';

/** The process id of the server that runs on a data folder; undefined where none does. */
export function findPostmaster({ pgdata }: Layout): number | undefined {
  const pid = readPid(join(pgdata, 'postmaster.pid'));
  return pid !== undefined && isAlive(pid) && !isElsewhere(pid, pgdata) ? pid : undefined;
}

/**
 * Removes lock files of a server that is gone and whose process id somebody else has by now, as happens
 * after a power cut: PostgreSQL takes them for a living server's, and would not start.
 */
export function removeStaleLocks({ pgdata, socketFolder }: Layout): void {
  for (const file of [join(pgdata, 'postmaster.pid'), join(socketFolder, '.s.PGSQL.5432.lock')]) {
    const pid = readPid(file);
    if (pid !== undefined && isAlive(pid) && isElsewhere(pid, pgdata))
      rmSync(file, { force: true });
  }
}

/** Shuts a server down cleanly, and waits until it is gone. */
export async function shutDown(pid: number, layout: Layout): Promise<void> {
  // SIGINT is PostgreSQL's fast shutdown: sessions end, a checkpoint is written.
  process.kill(pid, 'SIGINT');
  // It takes its pid file away last. Where nobody reaps its process (a container without init), that stays as a zombie.
  while (isAlive(pid) && readPid(join(layout.pgdata, 'postmaster.pid')) === pid) await delay(10);
}

/** The first line of a lock file. */
function readPid(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch {
    // Gone, or going at this moment.
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Whether this process is surely no server of that folder: one works in its data folder, always. */
function isElsewhere(pid: number, pgdata: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) !== realpathSync(pgdata);
  } catch {
    // No /proc (macOS), another user's process, or one that ended: PostgreSQL decides.
    return false;
  }
}

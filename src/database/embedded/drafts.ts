import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './postmaster.ts';

/** No draft takes as long. In containers another process may have its maker's number. */
const OLDEST_MS = 3_600_000;

/** A name in a data folder for what is being made, until it is complete and gets its own. */
export function nameDraft(folder: string, what: string): string {
  return join(folder, `${what}.${process.pid}.${randomBytes(4).toString('hex')}.draft`);
}

/** Removes the drafts of processes that were killed while they made them. */
export function removeAbandonedDrafts(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = /\.(\d+)\.[\da-f]{8}\.draft$/.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = join(folder, name);
    const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (!isAlive(Number(pid)) || Date.now() - made > OLDEST_MS)
      rmSync(path, { recursive: true, force: true });
  }
}

import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Finding, fail, ok, warn } from './finding.ts';

const MEBIBYTE = 1024 ** 2;
const MOST_DRIFT_MS = 2_000;
/** No NetPilot of this version ran before, and no certificate of today is valid so much later. */
const EARLIEST = Date.UTC(2026, 0, 1);
const LATEST = Date.UTC(2056, 0, 1);
const SET_THE_CLOCK = 'set the clock, and keep it by NTP: `timedatectl set-ntp true`.';

/** Free space where NetPilot keeps its data, or would. */
export async function checkDisk(dataFolder: string): Promise<Finding> {
  let folder = dataFolder;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  return judgeFreeSpace(bavail * bsize, folder);
}

/** @param freeBytes what an ordinary user may still write there */
export function judgeFreeSpace(freeBytes: number, folder: string): Finding {
  const says = `${Math.floor(freeBytes / MEBIBYTE).toLocaleString('en')} MiB are free at ${folder}.`;
  const mend = 'make room, or move the data folder to a larger disk (NETPILOT_DATA).';
  if (freeBytes < 256 * MEBIBYTE) return fail('disk', says, mend);
  return freeBytes < 1024 * MEBIBYTE ? warn('disk', says, mend) : ok('disk', says);
}

/**
 * Whether the clock is right enough for sessions and certificates.
 * @param now this machine's clock, in milliseconds since 1970
 * @param databaseNow the database's at the same moment, where it answers
 */
export function judgeClock(now: number, databaseNow: number | undefined): Finding {
  const time = new Date(now).toISOString();
  if (now < EARLIEST || now > LATEST) {
    return fail(
      'clock',
      `This machine believes it is ${time}: no certificate is valid then.`,
      SET_THE_CLOCK,
    );
  }
  if (databaseNow === undefined) return ok('clock', `It is ${time}.`);
  const drift = Math.abs(now - databaseNow);
  return drift > MOST_DRIFT_MS
    ? warn(
        'clock',
        `This machine and the database are ${(drift / 1000).toFixed(1)} s apart.`,
        `on both machines, ${SET_THE_CLOCK}`,
      )
    : ok('clock', `It is ${time}, here and in the database.`);
}

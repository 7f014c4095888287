import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readDotEnv } from '../config/config.ts';
import { describeIgnored } from '../config/dot-env.ts';
import type { Environment } from '../config/reader.ts';
import { type Check, type Result, type Subject, fail, ok, warn } from './check.ts';

const MEBIBYTE = 1024 ** 2;
const MAX_DRIFT_MS = 2_000;
/** No NetPilot of this version ran before this, and no certificate of today is valid after it. */
const EARLIEST = Date.UTC(2026, 0, 1);
const LATEST = Date.UTC(2056, 0, 1);
const SET_THE_CLOCK = 'set the clock, and keep it right by NTP: `timedatectl set-ntp true`.';

export const MACHINE_CHECKS: readonly Check[] = [
  { name: '.env', run: () => checkDotEnv(readDotEnv()) },
  { name: 'clock', run: checkClock },
  { name: 'disk', run: ({ config }) => checkDisk(config.dataFolder) },
];

/** Nothing unless `.env` has names that are no settings. */
export function checkDotEnv(dotEnv: Environment): Result[] {
  const ignored = describeIgnored(dotEnv);
  return ignored === undefined ? [] : [warn(ignored, 'correct these names, or remove them.')];
}

/** Checks the free space where NetPilot keeps its data, or will keep it. */
export async function checkDisk(dataFolder: string): Promise<Result> {
  let folder = dataFolder;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  return judgeFreeSpace(bavail * bsize, folder);
}

/** @param freeBytes what an ordinary user can still write there */
export function judgeFreeSpace(freeBytes: number, folder: string): Result {
  const message = `${Math.floor(freeBytes / MEBIBYTE).toLocaleString('en')} MiB are free at ${folder}.`;
  const fix = 'free some space, or move the data folder to a larger disk (NETPILOT_DATA).';
  if (freeBytes < 256 * MEBIBYTE) return fail(message, fix);
  return freeBytes < 1024 * MEBIBYTE ? warn(message, fix) : ok(message);
}

async function checkClock({ database }: Subject): Promise<Result> {
  const answer = await database?.client.query<{ now: number }>(
    'select (extract(epoch from clock_timestamp()) * 1000)::float8 as now',
  );
  return judgeClock(Date.now(), answer?.rows[0]?.now);
}

/**
 * Whether the clock is right enough for sessions and certificates.
 * @param now this machine's clock, in milliseconds since 1970
 * @param databaseNow the database's at the same moment, if known
 */
export function judgeClock(now: number, databaseNow: number | undefined): Result {
  const time = new Date(now).toISOString();
  if (now < EARLIEST || now > LATEST)
    return fail(`This machine's clock says ${time}: no certificate is valid then.`, SET_THE_CLOCK);
  if (databaseNow === undefined) return ok(`It is ${time}.`);
  const drift = Math.abs(now - databaseNow);
  if (drift <= MAX_DRIFT_MS) return ok(`It is ${time}, here and in the database.`);
  return warn(
    `This machine and the database are ${(drift / 1000).toFixed(1)} s apart.`,
    `on both machines, ${SET_THE_CLOCK}`,
  );
}

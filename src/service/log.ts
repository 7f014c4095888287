import { pino } from 'pino';
import type { Config } from '../config/config.ts';

/** Bytes of log lines that are kept while they cannot be written. */
const MOST_WAITING = 1024 * 1024;

/** The service's log: JSON lines on standard error, because standard output is for what the command prints. */
export function createLog({ logLevel }: Pick<Config, 'logLevel'>): pino.Logger {
  const destination = pino.destination({ dest: 2, sync: true, maxLength: MOST_WAITING });
  // A log on a full disk is no reason to end: the lines are written once there is space.
  destination.on('error', () => undefined);
  return pino({ level: logLevel, redact: ['req.headers', 'token'] }, destination);
}

import type { Client } from 'pg';
import type { Config } from '../config/config.ts';
import type { DatabaseAddress } from '../config/database-address.ts';
import { NetPilotError } from '../errors.ts';

/** What the checks look at; `database` is undefined if it cannot be reached. */
export type Subject = {
  config: Config;
  database?: { client: Client; service: DatabaseAddress; secretKey: string };
};

/** A named check. `run` changes nothing and returns what it found, or nothing if it does not apply. */
export type Check = {
  name: string;
  run: (subject: Subject) => Result | Result[] | Promise<Result | Result[]>;
};

export type Result = {
  state: 'ok' | 'warn' | 'fail';
  /** What was found, in a sentence. */
  message: string;
  /** How to fix it; absent if nothing is wrong. */
  fix?: string;
};

/** A result with the name of its check. */
export type Finding = Result & { check: string };

export function ok(message: string): Result {
  return { state: 'ok', message };
}

export function warn(message: string, fix: string): Result {
  return { state: 'warn', message, fix };
}

export function fail(message: string, fix: string): Result {
  return { state: 'fail', message, fix };
}

/** Runs a check; an error in it is a failed check. */
export async function runCheck({ name, run }: Check, subject: Subject): Promise<Finding[]> {
  try {
    return [await run(subject)].flat().map((result) => ({ check: name, ...result }));
  } catch (error) {
    const message = `The check failed: ${reasonOf(error)}.`;
    return [{ check: name, ...fail(message, 'fix the reason given, and run it again.') }];
  }
}

/** Why something failed. `fetch` hides it in the cause; NetPilot's own errors say all. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof NetPilotError) return error.message;
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}

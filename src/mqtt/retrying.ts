import { setTimeout as delay } from 'node:timers/promises';
import { backOff } from '../back-off.ts';
import { type ErrorKind, NetPilotError } from '../errors.ts';

export const RETRY_MS = 1_000;
export const LONGEST_RETRY_MS = 60_000;

/** Waits after so many failures in a row, longer each time; not at all once the signal is aborted. */
export async function waitToRetry(failures: number, signal: AbortSignal): Promise<void> {
  const wait = backOff(failures, RETRY_MS, LONGEST_RETRY_MS);
  await delay(wait, undefined, { signal }).catch(() => undefined);
}

/**
 * Does it until it succeeds, with pauses that grow, as long as it fails only with such errors of NetPilot; throws others. Undefined
 * once the signal is aborted.
 * @param say tells people why it is tried again, once
 */
export async function retrying<Result>(
  passing: readonly ErrorKind[],
  { say, signal }: { say: (text: string) => void; signal: AbortSignal },
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!(error instanceof NetPilotError) || !passing.includes(error.kind)) throw error;
      if (failures === 0) say(`${error.message} Trying again.`);
      await waitToRetry(failures, signal);
    }
  }
  return undefined;
}

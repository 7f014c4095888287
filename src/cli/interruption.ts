import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Somebody ended the command before it was done. */
export class Interrupted extends Error {
  /** 128 and the signal's number, as shells report it. */
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super(`interrupted (${signal})`);
    this.name = 'Interrupted';
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Runs `work`, which is told when the process is asked to end: by a signal that is aborted, and by a
 * promise that rejects then, with Interrupted, to race against. Asked a second time, the process ends at once.
 */
export async function untilInterrupted<Result>(
  work: (signal: AbortSignal, interrupted: Promise<never>) => Promise<Result>,
): Promise<Result> {
  const asked = new AbortController();
  const interrupted = Promise.withResolvers<never>();
  // What is to be raced against it may not have begun yet.
  interrupted.promise.catch(() => undefined);
  const listener = (signal: NodeJS.Signals) => {
    ignore();
    const reason = new Interrupted(signal);
    asked.abort(reason);
    interrupted.reject(reason);
  };
  const ignore = () => {
    for (const signal of SIGNALS) process.off(signal, listener);
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  try {
    return await work(asked.signal, interrupted.promise);
  } finally {
    ignore();
  }
}

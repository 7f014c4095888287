import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The command was interrupted by a signal before it was done. */
export class Interrupted extends Error {
  /** 128 plus the signal's number, as shells report it. */
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super(`interrupted (${signal})`);
    this.name = 'Interrupted';
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Runs `work` with a signal that is aborted when the process is asked to end, and a promise to race
 * against, which rejects with Interrupted then. Asked a second time, the process ends at once.
 */
export async function untilInterrupted<Result>(
  work: (signal: AbortSignal, interrupted: Promise<never>) => Promise<Result>,
): Promise<Result> {
  const asked = new AbortController();
  const interrupted = Promise.withResolvers<never>();
  // The work may not have begun to race against it yet.
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

/** Work on something opened. The signal is aborted when the process is asked to end. */
export type Work<Opened, Result> = (opened: Opened, signal: AbortSignal) => Promise<Result>;

/**
 * Opens something, runs `work` with it, and leaves it in any case. Throws Interrupted as soon as the
 * process is asked to end: an open transaction is rolled back.
 */
export async function whileOpen<Opened extends { leave: () => Promise<void> }, Result>(
  open: () => Promise<Opened>,
  work: Work<Opened, Result>,
): Promise<Result> {
  return untilInterrupted(async (signal, interrupted) => {
    const opened = await open();
    try {
      return await Promise.race([interrupted, work(opened, signal)]);
    } finally {
      await opened.leave();
    }
  });
}

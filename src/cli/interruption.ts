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

/** Settles when the process is asked to end, with the signal. The second time ends it at once. */
export function interruption(): { asked: Promise<NodeJS.Signals>; ignore: () => void } {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  const listener = (signal: NodeJS.Signals) => {
    ignore();
    resolve(signal);
  };
  const ignore = () => {
    for (const signal of SIGNALS) process.off(signal, listener);
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return { asked: promise, ignore };
}

/** Programs of a cluster, real ones, to be killed, frozen and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';

/** How many of the log's last characters explain why it did not start. */
const TOLD = 2_000;

export type ProgramOptions = {
  command: readonly string[];
  env?: Record<string, string>;
  /** Where its standard error goes. */
  log: string;
  /** A line that it prints once it serves; absent: it must only stay. */
  ready?: RegExp;
};

export type Program = {
  /** Starts it, and waits until it serves. Rejects if it ends instead. */
  start: () => Promise<void>;
  signal: (signal: NodeJS.Signals) => void;
  /** Sends a signal, and waits until it has ended. */
  end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
  isRunning: () => boolean;
};

const all = new Set<ChildProcess>();
// Also when the measurement itself fails.
process.on('exit', () => {
  for (const child of all) child.kill('SIGKILL');
});

export function createProgram({ command, env = {}, log, ready }: ProgramOptions): Program {
  let child: ChildProcess | undefined;
  const isRunning = () =>
    child !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    isRunning,
    start: async () => {
      const [name = '', ...parameters] = command;
      const output = openSync(log, 'a');
      const started = spawn(name, parameters, {
        env: { PATH: process.env['PATH'], ...env },
        stdio: ['ignore', 'pipe', output],
      });
      closeSync(output);
      child = started;
      all.add(started);
      started.once('exit', () => all.delete(started));
      const exited = once(started, 'exit');
      const { stdout } = started;
      const isReady =
        ready === undefined || stdout === null
          ? stays(exited)
          : says(stdout.setEncoding('utf8'), ready);
      if (await isReady) return;
      await exited;
      const said = readFileSync(log, 'utf8').slice(-TOLD);
      throw new Error(`${command.join(' ')} did not start: ${said}`);
    },
    signal: (signal) => void child?.kill(signal),
    end: async (signal) => {
      if (child === undefined || !isRunning()) return;
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    },
  };
}

/** Whether it is still there after a moment. */
async function stays(exited: Promise<unknown>): Promise<boolean> {
  return Promise.race([exited.then(() => false), setTimeout(300, true)]);
}

/** Whether a line is printed before the output ends; the rest of it is thrown away. */
async function says(output: NodeJS.ReadableStream, wanted: RegExp): Promise<boolean> {
  const lines = createInterface({ input: output });
  const found = Promise.withResolvers<boolean>();
  lines.on('line', (line) => wanted.test(line) && found.resolve(true));
  lines.once('close', () => found.resolve(false));
  return found.promise;
}

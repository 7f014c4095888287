import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** A Node.js process running a piece of TypeScript, in the project's folder. */
export type Child = {
  process: ChildProcessByStdio<null, Readable, Readable>;
  /** Resolves when what it printed so far includes the text; rejects when it ends without. */
  says: (text: string) => Promise<void>;
  /** How it ended, with all it printed. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; said: string }>;
};

/** Runs an ES module, given as text; `import`s in it are from the project's folder. */
export function runChild(
  script: string,
  identity: { uid?: number; gid?: number; env?: NodeJS.ProcessEnv } = {},
): Child {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    ...identity,
    cwd: `${import.meta.dirname}/..`,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'close').then(() => ({
    code: child.exitCode,
    signal: child.signalCode,
    said,
  }));
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (said.includes(text)) resolve();
      };
      child.stdout.on('data', look);
      child.once('close', () => reject(new Error(`It ended without saying ${text}: ${said}`)));
      look();
    });
  return { process: child, says, ended };
}

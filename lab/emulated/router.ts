/** The emulated router (README.md): boots it, types commands on its console, and talks to its agent on its second serial line. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type Socket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { type Talk, speak } from '../conversation.ts';
import type { Result } from '../lab.ts';

const run = promisify(execFile);
const QEMU = 'qemu-system-mipsel';
const MACHINE =
  '-M malta -cpu 24Kf -m 256 -accel tcg,tb-size=64 -nic none -vga none -display none -monitor none -no-reboot'.split(
    ' ',
  );

export type EmulatedRouter = AsyncDisposable & {
  /** Runs a shell script there, to its end. What it prints on standard error is in `stdout`, too. */
  run: (script: string) => Promise<Result>;
  /** Its agent, which is started with its input and output on /dev/ttyS1. */
  agent: Talk;
};

/** The folder with what is booted; made at the first call. Rejects with a sentence if it can't be. */
export async function buildEmulatedRouter(): Promise<string> {
  if (process.getuid?.() !== 0) throw new Error('not root');
  await run('sh', ['-c', `command -v ${QEMU}`]).catch(() => {
    throw new Error(`not installed: ${QEMU}`);
  });
  const { stdout } = await run(join(import.meta.dirname, 'build'));
  return stdout.trim();
}

/** Boots it, with the agent as it is served, and this home. */
export async function bootEmulatedRouter(folder: string): Promise<EmulatedRouter> {
  const work = mkdtempSync(join(tmpdir(), 'netpilot-emulated-'));
  const line = createServer().listen(join(work, 'ttyS1'));
  const connected = once(line, 'connection');
  const serial = ['stdio', `unix:${join(work, 'ttyS1')}`].flatMap((to) => ['-serial', to]);
  const kernel = ['-kernel', `${folder}/kernel`, '-initrd', `${folder}/root.cpio.gz`];
  const machine = spawn(
    QEMU,
    [...MACHINE, ...serial, ...kernel, '-append', 'console=ttyS0 rdinit=/init quiet panic=1'],
    { stdio: 'pipe' },
  );
  const ended = once(machine, 'exit');
  let complaint = '';
  machine.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  machine.stdin.on('error', (error) => (complaint += error.message));
  const console = createInterface({ input: machine.stdout })[Symbol.asyncIterator]();
  const heard: string[] = [];
  const until = async (isLast: (text: string) => boolean): Promise<string[]> => {
    const lines: string[] = [];
    for (;;) {
      const { value, done } = await console.next();
      if (done === true)
        throw new Error(`the emulated router has ended: ${heard.join('\n')}\n${complaint}`);
      heard.push(value);
      if (isLast(value)) return lines;
      lines.push(value);
    }
  };
  await until((text) => text === 'ready');
  const [second]: Socket[] = await connected;
  if (second === undefined) throw new Error('the second serial line is not there');
  let last: Promise<unknown> = Promise.resolve();
  const type = async (script: string): Promise<Result> => {
    machine.stdin.write(`${Buffer.from(script).toString('base64')}\n`);
    let code = -1;
    const lines = await until((text) => {
      code = Number(/^status (\d+)$/.exec(text)?.[1] ?? -1);
      return code !== -1;
    });
    return { code, stdout: lines.join('\n'), stderr: '' };
  };
  return {
    run: (script) => {
      const result = last.then(() => type(script));
      last = result.catch(() => undefined);
      return result;
    },
    agent: speak(second, second, () => complaint),
    [Symbol.asyncDispose]: async () => {
      machine.kill();
      await ended;
      line.close();
      rmSync(work, { recursive: true });
    },
  };
}

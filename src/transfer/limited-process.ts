import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ProcessLimits } from './limits.ts';

export type LimitedProcess = ChildProcessByStdio<null, Readable, Readable>;

const PROGRAM_FOLDER = join(import.meta.dirname, '..');

/** A shell sets the limits and becomes the process. It writes no file and dumps no memory. macOS has no limit of addresses. */
const LIMITED = `ulimit -c 0 && ulimit -f 0 && ulimit -S -t "$1" && ulimit -H -t "$2" &&
  if [ "$3" -gt 0 ]; then ulimit -v "$3"; fi && shift 3 && exec "$@"`;

/**
 * Starts a program of ours that may read the program's own files and that path, and nothing else: it
 * writes no file, starts no process and knows no secret. Beyond its limits it is ended by the system.
 * @param seconds of processor time
 */
export function startLimited(
  program: string,
  path: string,
  args: readonly string[],
  {
    heap,
    addressSpace,
    seconds,
  }: Pick<ProcessLimits, 'heap' | 'addressSpace'> & { seconds: number },
): LimitedProcess {
  const readable = [PROGRAM_FOLDER, join(PROGRAM_FOLDER, '../package.json'), program, path];
  return spawn(
    '/bin/sh',
    [
      '-c',
      LIMITED,
      'sh',
      String(seconds),
      String(seconds + 1),
      process.platform === 'linux' ? String(addressSpace) : '0',
      process.execPath,
      `--max-old-space-size=${heap}`,
      '--max-semi-space-size=4',
      // Its traps would reserve more addresses than there may be.
      '--disable-wasm-trap-handler',
      '--disable-warning=ExperimentalWarning',
      // It compiles one small module, which strips the types: not twice.
      '--liftoff-only',
      '--permission',
      ...readable.map((allowed) => `--allow-fs-read=${allowed}`),
      program,
      path,
      ...args,
    ],
    {
      // Nothing of ours. One arena, because each reserves addresses.
      env: { MALLOC_ARENA_MAX: '1' },
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C is for the command, which then ends this.
      detached: true,
    },
  );
}

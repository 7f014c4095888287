import { createInterface } from 'node:readline';
import { ConflictError, InvalidInputError } from '../errors.ts';
import { Interrupted } from './interruption.ts';

/**
 * Asks for confirmation: `--yes`, or the answer typed on a terminal. Throws ConflictError if something
 * else was typed, InvalidInputError if there is no terminal, Interrupted on Ctrl-C.
 */
export async function confirm(
  yes: boolean | undefined,
  { warning, answer }: { warning: string; answer: string },
): Promise<void> {
  if (yes === true) return;
  if (!process.stdin.isTTY) {
    throw new InvalidInputError(
      [{ field: '--yes', expected: 'required when not interactive' }],
      `${warning} There is no terminal to ask on: pass --yes to confirm.`,
    );
  }
  process.stderr.write(`${warning}\n`);
  const typed = await ask(`Type ${answer} to continue: `);
  if (typed.trim() !== answer) throw new ConflictError('Not confirmed: nothing was changed.');
}

/** Returns the line typed; an empty one at the end of input (Ctrl-D). */
async function ask(question: string): Promise<string> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise((resolve, reject) => {
      asking.question(question, resolve);
      // Here Ctrl-C is a key on the terminal: no signal is sent and no line ends.
      asking.once('SIGINT', () => {
        process.stderr.write('\n');
        reject(new Interrupted('SIGINT'));
      });
      asking.once('close', () => {
        process.stderr.write('\n');
        resolve('');
      });
    });
  } finally {
    asking.removeAllListeners('close').close();
  }
}

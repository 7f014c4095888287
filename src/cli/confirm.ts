import { createInterface } from 'node:readline';
import { ConflictError, InvalidInputError } from '../errors.ts';
import { Interrupted } from './interruption.ts';

/**
 * Makes sure that somebody means it: `--yes`, or the answer typed on a terminal. Throws ConflictError
 * where something else was typed, InvalidInputError where nobody can be asked, Interrupted at Ctrl-C.
 */
export async function confirm(
  yes: boolean | undefined,
  { warning, answer }: { warning: string; answer: string },
): Promise<void> {
  if (yes === true) return;
  if (!process.stdin.isTTY) {
    throw new InvalidInputError(
      [{ field: '--yes', expected: 'to be given where nobody can be asked' }],
      `${warning} Nobody can be asked here: give --yes if that is what you want.`,
    );
  }
  process.stderr.write(`${warning}\n`);
  const typed = await ask(`Type ${answer} to go on: `);
  if (typed.trim() !== answer) throw new ConflictError('Not confirmed: nothing was changed.');
}

/** Gives the line typed; nothing at the end of input (Ctrl-D). */
async function ask(question: string): Promise<string> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise((resolve, reject) => {
      asking.question(question, resolve);
      // On a terminal Ctrl-C is a key here: no signal is sent, and no line ended.
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

import { createInterface } from 'node:readline/promises';
import { ConflictError, InvalidInputError } from '../errors.ts';

/**
 * Makes sure that somebody means it: `--yes`, or the answer typed on a terminal.
 * Throws ConflictError where something else was typed, InvalidInputError where nobody can be asked.
 */
export async function confirm(
  yes: boolean | undefined,
  { warning, answer }: { warning: string; answer: string },
): Promise<void> {
  if (yes === true) return;
  if (!process.stdin.isTTY) {
    throw new InvalidInputError(
      [{ field: '--yes', expected: 'to be given where nobody can be asked' }],
      `${warning} Give --yes if that is what you want.`,
    );
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const typed = await asking.question(`${warning}\nType ${answer} to go on: `);
    if (typed.trim() !== answer) throw new ConflictError('Not confirmed: nothing was changed.');
  } finally {
    asking.close();
  }
}

import { InvalidInputError } from '../errors.ts';
import type { Environment } from './reader.ts';
import { VARIABLES } from './variables.ts';

/**
 * The text of a `.env`, without the mark that Windows' editors put before it. Throws InvalidInputError if it is not UTF-8:
 * then every line would be ignored.
 */
export function decodeDotEnv(bytes: Buffer, file: string): string {
  const isUtf16 = [0xfe_ff, 0xff_fe].includes(bytes.length >= 2 ? bytes.readUInt16BE() : 0);
  try {
    if (!isUtf16 && !bytes.includes(0))
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  const value = isUtf16 || bytes.includes(0) ? 'UTF-16' : 'another encoding';
  throw new InvalidInputError([{ field: file, value, expected: 'a text saved as UTF-8' }]);
}

/** The names in a `.env` that are no settings of NetPilot's: misspelt, perhaps. The environment has many of others'. */
export function findIgnored(dotEnv: Environment): string[] {
  const known: readonly string[] = VARIABLES;
  return Object.keys(dotEnv).filter((name) => !known.includes(name));
}

/** What to say of them; undefined if there are none. */
export function describeIgnored(dotEnv: Environment): string | undefined {
  const names = findIgnored(dotEnv);
  if (names.length === 0) return undefined;
  return `.env sets ${names.join(', ')}, which NetPilot does not know: it is ignored (.env.example has all names).`;
}

/** The tokens of a line, and how a line is read as some of them (docs/protocol.md). */
import { isIP } from 'node:net';
import { decodeName, isEncodedName } from './names.ts';

/** A word of the protocol: its value; undefined if it is not one of its kind. */
export type Token<Value> = (token: string) => Value | undefined;

export const matching =
  (pattern: RegExp): Token<string> =>
  (token) =>
    pattern.test(token) ? token : undefined;

export const number =
  (pattern: RegExp): Token<number> =>
  (token) =>
    pattern.test(token) ? Number(token) : undefined;

export function oneOf<const Words extends readonly string[]>(words: Words): Token<Words[number]> {
  return (token) => words.find((word) => word === token);
}

/** What may be `-`, which is null. */
export function orNull<Value>(known: Token<Value>): Token<Value | null> {
  return (token) => (token === '-' ? null : known(token));
}

export const MAC = matching(/^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/);
export const ADDRESS: Token<string> = (token) =>
  isIP(token) !== 0 && /^[\da-f.:]+$/.test(token) ? token : undefined;
export const NAME: Token<string | null> = (token) =>
  isEncodedName(token) ? decodeName(token) : undefined;

type Tokens<Fields> = { [Name in keyof Fields]: Token<Fields[Name]> };

/** What tokens of these kinds, in this order and no more, are; undefined if one is wrong. */
export function reading<const Kind extends string, Fields extends Record<string, unknown>>(
  kind: Kind,
  tokens: Tokens<Fields>,
): (words: string[]) => ({ kind: Kind } & Fields) | undefined {
  const fields = Object.entries<Token<unknown>>(tokens);
  return (words) => {
    if (words.length !== fields.length) return undefined;
    const values = fields.map(([name, token], index) => [name, token(words[index] ?? '')]);
    const read: Record<string, unknown> = Object.fromEntries(values);
    return isComplete(read, tokens) ? { kind, ...read } : undefined;
  };
}

function isComplete<Fields extends Record<string, unknown>>(
  read: Record<string, unknown>,
  tokens: Tokens<Fields>,
): read is Fields {
  return Object.keys(tokens).every((name) => read[name] !== undefined);
}

/** Names from the network on the wire: percent-encoded bytes, at most 255 of them (docs/protocol.md). */

import { INVISIBLE } from '../../invisible.ts';

const NAME = /^(?:[\w.-]|%[\dA-F]{2}){1,255}$/;

export function isEncodedName(token: string): boolean {
  return NAME.test(token);
}

/**
 * The name behind a token that `isEncodedName`. Null for `-`, and for what no person could read: whoever is
 * on the network chooses these bytes.
 */
export function decodeName(token: string): string | null {
  if (token === '-') return null;
  try {
    const name = decodeURIComponent(token);
    return INVISIBLE.test(name) ? null : name;
  } catch {
    return null; // not UTF-8
  }
}

/** The token for a name; what is beyond `most` characters on the wire is left out. */
export function encodeName(name: string | null, most = 255): string {
  let token = '';
  for (const byte of Buffer.from(name ?? '')) {
    const character = String.fromCharCode(byte);
    const next = /[\w.-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    if (token.length + next.length > most) break;
    token += next;
  }
  if (token === '') return '-';
  return token === '-' ? '%2D' : token;
}

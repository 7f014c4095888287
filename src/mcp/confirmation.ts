/** What a program must show to do what it has only previewed: no change happens in one step. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long a person has to read a preview. */
export const CONFIRM_WITHIN_SECONDS = 5 * 60;

/** Whose preview of what it was. */
export type Previewed = { sessionRowId: string; tool: string; input: Record<string, unknown> };

export interface Confirmations {
  issue: (previewed: Previewed) => string;
  /** Undefined if it is one for exactly this, and in time; else what is wrong with it. */
  check: (confirmation: string, previewed: Previewed) => string | undefined;
}

/**
 * Confirmations need no store: they are signed. What one has done already the API tells by it (`Idempotency-Key`).
 * @param now milliseconds of the epoch
 */
export function createConfirmations(
  secretKey: string,
  now: () => number = Date.now,
): Confirmations {
  const sign = (until: string, nonce: string, { sessionRowId, tool, input }: Previewed): Buffer =>
    createHmac('sha256', secretKey)
      .update(JSON.stringify(['mcp confirmation', until, nonce, sessionRowId, tool, sorted(input)]))
      .digest();
  return {
    issue: (previewed) => {
      const until = String(Math.floor(now() / 1000) + CONFIRM_WITHIN_SECONDS);
      const nonce = randomBytes(12).toString('base64url');
      return [until, nonce, sign(until, nonce, previewed).toString('base64url')].join('.');
    },
    check: (confirmation, previewed) => {
      const [until = '', nonce = '', signature = ''] = confirmation.split('.');
      const given = Buffer.from(signature, 'base64url');
      const expected = sign(until, nonce, previewed);
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        return 'It is not the confirmation of this preview: call without one for a preview, then again with the same input and its confirmation.';
      if (Number(until) * 1000 < now())
        return `It was to be used within ${CONFIRM_WITHIN_SECONDS / 60} minutes: call without one for a new preview.`;
      return undefined;
    },
  };
}

/** The entries in one order, whatever order they came in. */
function sorted(input: Record<string, unknown>): [string, unknown][] {
  return Object.entries(input)
    .filter(([, value]) => value !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/**
 * A sign-in that finished in one cell, of a person who lives in another: that cell's callback is asked to enter them. Who they are is
 * sealed with the SECRET_KEY of all cells, and only cells ever see it.
 */
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Cells } from '../cells/cells.ts';
import { parseJson } from '../parse-json.ts';
import { deriveKey, seal, unseal } from '../sealing.ts';
import type { FastifyRequest } from '../api/app.ts';
import type { Destination } from './attempts.ts';
import type { Authenticated } from './freshness.ts';
import type { Identity } from './identity.ts';

/** The header that has it. */
export const HANDOVER = 'netpilot-sign-in';

/** Milliseconds until it must have arrived. */
const IN_TIME = 60_000;

/** Somebody who is to be entered. */
export type SignIn = Destination & {
  identity: Omit<Identity, 'authTime'>;
  authenticated: Authenticated;
};

const Sealed = Type.Object({
  cell: Type.Integer(),
  until: Type.Number(),
  returnTo: Type.String(),
  isFresh: Type.Boolean(),
  forUser: Type.Optional(Type.String()),
  /** `now`, `unknown`, or a time. */
  authenticated: Type.String(),
  identity: Type.Object({
    issuer: Type.String(),
    subject: Type.String(),
    email: Type.String(),
    fullName: Type.Optional(Type.String()),
    avatarUrl: Type.Optional(Type.String()),
  }),
});

/** What the header says to a cell. */
export function handOver(
  { identity, authenticated, ...destination }: SignIn,
  cell: number,
  secretKey: string,
): string {
  const { issuer, subject, email, fullName, avatarUrl } = identity;
  const said = {
    ...destination,
    identity: { issuer, subject, email, fullName, avatarUrl },
    authenticated: authenticated instanceof Date ? authenticated.toISOString() : authenticated,
    cell,
    until: Date.now() + IN_TIME,
  };
  return seal(JSON.stringify(said), keyOf(secretKey)).toString('base64url');
}

/** Who is handed over by a request; undefined if it says nobody, or was not made by a cell for this one, just now. */
export function receiveHandover(
  { headers }: Pick<FastifyRequest, 'headers'>,
  cells: Cells | undefined,
  secretKey: string,
): SignIn | undefined {
  const header = headers[HANDOVER];
  if (cells === undefined || typeof header !== 'string') return undefined;
  const said = open(header, secretKey);
  if (!Value.Check(Sealed, said) || said.cell !== cells.own || said.until < Date.now())
    return undefined;
  const { identity, authenticated, returnTo, isFresh, forUser } = said;
  const { issuer, subject, email, fullName, avatarUrl } = identity;
  return {
    returnTo,
    isFresh,
    forUser,
    authenticated:
      authenticated === 'now' || authenticated === 'unknown'
        ? authenticated
        : new Date(authenticated),
    identity: { issuer, subject, email, fullName, avatarUrl },
  };
}

function open(header: string, secretKey: string): unknown {
  try {
    return parseJson(unseal(Buffer.from(header, 'base64url'), keyOf(secretKey)));
  } catch {
    return undefined;
  }
}

function keyOf(secretKey: string): Buffer {
  return deriveKey(secretKey, 'sign-in handed over');
}

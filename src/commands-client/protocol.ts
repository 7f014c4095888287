/**
 * The Commands-Server protocol, for both sides: JSON over HTTP, six calls. Requests carry
 * `Authorization: Bearer <token>` if a token is configured. An error is a problem document (RFC 9457):
 *
 * - 400 the request is not as described here; 401 the token is wrong;
 * - 404 no such session, or the router does not belong to the session's user;
 * - 409 the router is not connected anywhere, or did not answer: trouble of one router, never a 5xx, because 5xx (and
 *   429) speak of the Commands-Server as a whole and open the client's circuit for everybody.
 *
 * Of several Commands-Servers on one database each takes every call, wherever the router is connected.
 *
 * A call made twice has the effect of one. Members that are not described here are ignored. What an
 * answer repeats of its request, it repeats letter for letter.
 */
import { type Static, type TObject, Type } from 'typebox';
import { IpAddressWithoutZone, MacAddress, Nullable, RouterId, Timestamp } from '../api/schema.ts';

/** One call: its address, what it takes and gives, how long it may take. */
export type Call<Request extends TObject = TObject, Answer extends TObject = TObject> = {
  method: 'GET' | 'POST';
  path: string;
  /** Milliseconds, with the retries. The server gives up on a silent router earlier, and says so. */
  timeout: number;
  /**
   * Whether the client retries it. All calls are idempotent, but a `block` retried after the user's
   * `unblock`, or a `start` after the session's `end`, would overturn the newer word. So only the two
   * that change nothing are retried, and `end`, which is final. A lost change stays `pending`.
   */
  isRetried: boolean;
  /** Sent as a JSON body by POST, in the query by GET. */
  request: Request;
  answer: Answer;
  /** What an answer without a body adds to the request; without this, such an answer is wrong. */
  whenEmpty?: object;
};

const sessionId = Type.String({
  minLength: 1,
  maxLength: 255,
  description: "The session's public name (`user_sessions.session_id`), never the cookie's token.",
});
const routerId = RouterId;
const ip = IpAddressWithoutZone;
const mac = Nullable(MacAddress);
/** Devices choose their own host names: the server sends null for one that does not match. */
const hostname = Nullable(
  Type.String({ minLength: 1, maxLength: 255, pattern: '^[^\\u0000-\\u001f\\u007f]*$' }),
);

const SESSION = {
  method: 'POST',
  timeout: 10_000,
  request: Type.Object({ sessionId }),
  answer: Type.Object({
    sessionId,
    active: Type.Boolean({ description: 'Whether the session may command routers from now on.' }),
  }),
} as const;
const CHANGE = {
  method: 'POST',
  timeout: 30_000,
  isRetried: false,
  request: Type.Object({ sessionId, routerId, ip }),
  answer: Type.Object({
    routerId,
    ip,
    blocked: Type.Boolean({ description: 'What is wanted for the address from now on.' }),
    state: Type.Enum(['applied', 'pending'], {
      description: '`applied`: the router has confirmed it. `pending`: it will once it can.',
    }),
    reason: Type.Optional(Type.String({ description: 'Why it is pending, for a person to read.' })),
  }),
} as const;
const QUESTION = {
  method: 'GET',
  isRetried: true,
  request: Type.Object({ sessionId, routerId }),
} as const;

/** The six calls. The client's methods and the server's routes are made from this table. */
export const CALLS = {
  /** Somebody signed in: the session may command its user's routers. */
  startSession: { ...SESSION, path: '/api/session/start', isRetried: false },
  /** The session is over, for good. An answer without a body (204) will do. */
  endSession: {
    ...SESSION,
    path: '/api/session/end',
    isRetried: true,
    whenEmpty: { active: false },
  },
  /** Blocks the device at that address: by its MAC if the router knows one. */
  block: { ...CHANGE, path: '/api/block' },
  /** Removes a block. It succeeds for an address that is not blocked. */
  unblock: { ...CHANGE, path: '/api/unblock' },
  /** What the router itself holds as blocked, now. */
  blocked: {
    ...QUESTION,
    path: '/api/blocked',
    timeout: 30_000,
    answer: Type.Object({ blocked: Type.Array(Type.Object({ ip, mac })) }),
  },
  /** Makes the router look for devices, now. One with several addresses is listed once for each. */
  scan: {
    ...QUESTION,
    path: '/api/scan',
    timeout: 60_000,
    answer: Type.Object({
      devices: Type.Array(Type.Object({ ip, mac, hostname })),
      scannedAt: Timestamp('When the router looked, not when it was asked.'),
    }),
  },
} satisfies Record<string, Call>;

export type CallName = keyof typeof CALLS;
export type RequestOf<Name extends CallName> = Static<(typeof CALLS)[Name]['request']>;
export type AnswerOf<Name extends CallName> = Static<(typeof CALLS)[Name]['answer']>;

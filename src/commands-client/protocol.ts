/**
 * The Commands-Server protocol, for both sides: JSON over HTTP, six calls. Requests carry
 * `Authorization: Bearer <token>` where a token is configured. An error is a problem document (RFC 9457):
 *
 * - 400 the request is not as described here; 401 the token is wrong;
 * - 404 no such session, or the router is not one of the session's user;
 * - 409 the router is not connected to this Commands-Server, or did not answer: trouble of one router, never a
 *   5xx, because 5xx (and 429) speak of the Commands-Server as a whole and open the client's circuit for everybody.
 *
 * A call made twice has the effect of one. Members that are not described here are ignored. What an
 * answer repeats of its request, it repeats letter for letter.
 */
import { type Static, type TObject, Type } from 'typebox';
import { IpAddress, MacAddress, Nullable, RouterId, Timestamp } from '../api/schema.ts';

const SessionId = Type.String({
  minLength: 1,
  maxLength: 255,
  description: "The session's public name (`user_sessions.session_id`), never the cookie's token.",
});

/** One session: the body of both session calls. */
export const SessionRequest = Type.Object({ sessionId: SessionId });
export type SessionRequest = Static<typeof SessionRequest>;

/** One router of the session's user: the query of `scan` and `blocked`. */
export const RouterRequest = Type.Object({ sessionId: SessionId, routerId: RouterId });
export type RouterRequest = Static<typeof RouterRequest>;

/** One address behind that router: the body of `block` and `unblock`. */
export const DeviceRequest = Type.Object({
  sessionId: SessionId,
  routerId: RouterId,
  ip: IpAddress,
});
export type DeviceRequest = Static<typeof DeviceRequest>;

export const SessionAnswer = Type.Object({
  sessionId: SessionId,
  active: Type.Boolean({ description: 'Whether the session may command routers from now on.' }),
});
export type SessionAnswer = Static<typeof SessionAnswer>;

export const BlockAnswer = Type.Object({
  routerId: RouterId,
  ip: IpAddress,
  blocked: Type.Boolean({ description: 'What is wanted for the address from now on.' }),
  state: Type.Union([Type.Literal('applied'), Type.Literal('pending')], {
    description: '`applied`: the router has confirmed it. `pending`: it will once it can.',
  }),
  reason: Type.Optional(Type.String({ description: 'Why it is pending, for a person to read.' })),
});
export type BlockAnswer = Static<typeof BlockAnswer>;

export const BlockedAnswer = Type.Object({
  blocked: Type.Array(Type.Object({ ip: IpAddress, mac: Nullable(MacAddress) })),
});
export type BlockedAnswer = Static<typeof BlockedAnswer>;

/** Devices choose their own host names: the server sends null for one that does not match. */
const Hostname = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: '^[^\\u0000-\\u001f\\u007f]*$',
});

/** A device with several addresses is there once for each. */
export const ScanAnswer = Type.Object({
  devices: Type.Array(
    Type.Object({ ip: IpAddress, mac: Nullable(MacAddress), hostname: Nullable(Hostname) }),
  ),
  scannedAt: Timestamp('When the router looked, not when it was asked.'),
});
export type ScanAnswer = Static<typeof ScanAnswer>;

/** One call: where it goes, what it takes and gives, how long it may take. */
export type Call<Request extends TObject = TObject, Answer extends TObject = TObject> = {
  method: 'GET' | 'POST';
  path: string;
  /**
   * Milliseconds, for the whole of it with its repetitions. The server has to give up on a silent
   * router a few seconds earlier: else the caller learns only that nothing came.
   */
  timeout: number;
  /** Sent as a JSON body by POST, in the query by GET. */
  request: Request;
  answer: Answer;
  /**
   * Whether the client repeats it by itself when the server is down for a moment. All calls are
   * idempotent, but doing it twice at once and doing it again later are two things: a `block`
   * repeated after the user's `unblock`, or a `start` after the session's `end`, would overturn
   * the newer word. So only the two that change nothing are repeated, and `end`, after which
   * nothing can come. A change that got lost stays `pending` and is sent by the reconciler.
   */
  isRepeatable: boolean;
};

/** Keeps the types of a call's two schemas. */
function describe<Request extends TObject, Answer extends TObject>(
  call: Call<Request, Answer>,
): Call<Request, Answer> {
  return call;
}

/** Somebody signed in: the session may command its user's routers. */
export const START_SESSION = describe({
  method: 'POST',
  path: '/api/session/start',
  timeout: 10_000,
  request: SessionRequest,
  answer: SessionAnswer,
  isRepeatable: false,
});

/** The session is over, for good. An answer without a body (204) will do. */
export const END_SESSION = describe({
  method: 'POST',
  path: '/api/session/end',
  timeout: 10_000,
  request: SessionRequest,
  answer: SessionAnswer,
  isRepeatable: true,
});

/** Stops the device at that address: by its MAC where the router knows one. */
export const BLOCK = describe({
  method: 'POST',
  path: '/api/block',
  timeout: 30_000,
  request: DeviceRequest,
  answer: BlockAnswer,
  isRepeatable: false,
});

/** Takes a block away. Of an address that is not blocked: done already. */
export const UNBLOCK = describe({
  method: 'POST',
  path: '/api/unblock',
  timeout: 30_000,
  request: DeviceRequest,
  answer: BlockAnswer,
  isRepeatable: false,
});

/** What the router itself holds as blocked, now. */
export const BLOCKED = describe({
  method: 'GET',
  path: '/api/blocked',
  timeout: 30_000,
  request: RouterRequest,
  answer: BlockedAnswer,
  isRepeatable: true,
});

/** Has the router look who is on its network, now. */
export const SCAN = describe({
  method: 'GET',
  path: '/api/scan',
  timeout: 60_000,
  request: RouterRequest,
  answer: ScanAnswer,
  isRepeatable: true,
});

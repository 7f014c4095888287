import type { Static, TObject } from 'typebox';
import { InvalidInputError } from '../errors.ts';
import { type Clean, createClean, createReader, readRefusal } from './answer.ts';
import { isOutageStatus } from './errors.ts';
import { type Exchange, exchange } from './exchange.ts';
import {
  BLOCK,
  BLOCKED,
  type BlockAnswer,
  type BlockedAnswer,
  type Call,
  type DeviceRequest,
  END_SESSION,
  type RouterRequest,
  SCAN,
  START_SESSION,
  type ScanAnswer,
  type SessionAnswer,
  UNBLOCK,
} from './protocol.ts';
import { type CircuitTransition, type Resilience, createResilience } from './resilience.ts';

export type CallOptions = {
  /** Aborted: the call rejects with the signal's reason. What was sent may still be carried out. */
  signal?: AbortSignal;
};

/**
 * The six calls. Each gives an answer that is what `protocol.ts` says, or throws a CommandsServerError
 * within the call's time-out. The errors' `kind` is `not-found` or `conflict` where the answer is
 * about the thing asked for, else `unavailable`.
 */
export type CommandsServerClient = {
  startSession: (sessionId: string, options?: CallOptions) => Promise<SessionAnswer>;
  endSession: (sessionId: string, options?: CallOptions) => Promise<SessionAnswer>;
  block: (input: DeviceRequest, options?: CallOptions) => Promise<BlockAnswer>;
  unblock: (input: DeviceRequest, options?: CallOptions) => Promise<BlockAnswer>;
  blocked: (input: RouterRequest, options?: CallOptions) => Promise<BlockedAnswer>;
  scan: (input: RouterRequest, options?: CallOptions) => Promise<ScanAnswer>;
};

export type CommandsServerClientOptions = {
  /** Where the Commands-Server is; may end in a path that goes before the protocol's. */
  url: string;
  /** The bearer token (RFC 6750); absent where the Commands-Server asks for none. */
  token?: string | undefined;
  /** Told when the circuit opens, tries, and closes. */
  onTransition?: ((transition: CircuitTransition) => void) | undefined;
  /** Milliseconds by name of the call, in place of the promised ones. For tests. */
  timeouts?: Partial<Record<keyof CommandsServerClient, number>>;
  /** Milliseconds, about, before the first repetition. For tests. */
  retryDelay?: number;
};

/**
 * A client for the Commands-Server at a URL. All its calls share one circuit, so make one and keep it.
 * @throws {InvalidInputError} a URL or a token that can't be used
 */
export function createCommandsServerClient(
  options: CommandsServerClientOptions,
): CommandsServerClient {
  const { token, onTransition, timeouts = {}, retryDelay = 200 } = options;
  const connection: Connection = {
    base: parseBase(options.url),
    headers: headersFor(token),
    clean: createClean(token),
    run: createResilience({ onTransition, retryDelay }),
  };
  const start = createCall(connection, START_SESSION, timeouts.startSession);
  const end = createCall(connection, END_SESSION, timeouts.endSession, ({ sessionId }) => ({
    sessionId,
    active: false,
  }));
  return {
    startSession: (sessionId, call) => start({ sessionId }, call),
    endSession: (sessionId, call) => end({ sessionId }, call),
    block: createCall(connection, BLOCK, timeouts.block),
    unblock: createCall(connection, UNBLOCK, timeouts.unblock),
    blocked: createCall(connection, BLOCKED, timeouts.blocked),
    scan: createCall(connection, SCAN, timeouts.scan),
  };
}

/** What the calls of one client have in common. */
type Connection = {
  /** The URL without a slash at its end. */
  base: string;
  headers: Record<string, string>;
  clean: Clean;
  run: Resilience;
};

/** @param whenEmpty what an answer without a body stands for; without it, such an answer is wrong */
function createCall<Request extends TObject, Success extends TObject>(
  connection: Connection,
  definition: Call<Request, Success>,
  timeout = definition.timeout,
  whenEmpty?: (request: Static<Request>) => Static<Success>,
) {
  const { clean, run } = connection;
  const call = `${definition.method} ${definition.path}`;
  const readSuccess = createReader(call, definition.answer, clean, whenEmpty);

  return async (request: Static<Request>, { signal }: CallOptions = {}) => {
    const message = writeRequest(connection, definition, request);
    const answer = await run(
      async (attemptSignal) => {
        const received = await exchange(message, attemptSignal);
        // Thrown in here, it counts for the circuit. Every other answer shows that the server lives.
        if (isOutageStatus(received.status)) throw readRefusal(call, received, clean);
        return received;
      },
      { call, timeout, isRepeatable: definition.isRepeatable, signal },
    );
    if (answer.status < 200 || answer.status > 299) throw readRefusal(call, answer, clean);
    return readSuccess(answer, request);
  };
}

function writeRequest(
  { base, headers }: Connection,
  { method, path }: Call,
  request: object,
): Exchange {
  const call = `${method} ${path}`;
  const url = `${base}${path}`;
  if (method === 'GET') {
    const query = new URLSearchParams(Object.entries(request)).toString();
    return { call, method, url: `${url}?${query}`, headers, body: undefined };
  }
  return {
    call,
    method,
    url,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(request),
  };
}

function headersFor(token: string | undefined): Record<string, string> {
  const headers = {
    accept: 'application/json, application/problem+json',
    'user-agent': 'netpilot',
  };
  if (token === undefined) return headers;
  // fetch would quote a token that it can't send.
  if (!/^[\w.~+/-]+=*$/.test(token))
    throw new InvalidInputError([{ field: 'token', expected: 'a bearer token (RFC 6750, 2.1)' }]);
  return { ...headers, authorization: `Bearer ${token}` };
}

/** Gives the URL without a slash at its end. It is not quoted: it may hold a password. */
function parseBase(text: string): string {
  const url = URL.parse(text);
  if (
    url === null ||
    !['http:', 'https:'].includes(url.protocol) ||
    [url.username, url.password, url.search, url.hash].some((part) => part !== '')
  ) {
    throw new InvalidInputError([
      {
        field: 'COMMANDS_SERVER_URL',
        expected: 'an http or https URL without user name, password, query and fragment',
      },
    ]);
  }
  return url.href.replace(/\/+$/, '');
}

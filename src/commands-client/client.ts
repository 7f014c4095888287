import { setTimeout as pause } from 'node:timers/promises';
import type { Static, TObject } from 'typebox';
import { backOff } from '../back-off.ts';
import { CLOSED, type Circuit, runInCircuit } from './circuit.ts';
import { CommandsServerError } from './errors.ts';
import { createReader, exchange } from './exchange.ts';
import { type AnswerOf, CALLS, type Call, type CallName, type RequestOf } from './protocol.ts';

/** How often a call that may be retried is retried. */
export const RETRIES = 2;

/**
 * The six calls. Each gives the answer that `protocol.ts` describes, or throws a CommandsServerError within the
 * call's time-out. The error's `kind` is `not-found` or `conflict` if it is about the request, else `unavailable`.
 */
export type CommandsServerClient = {
  [Name in CallName]: (request: RequestOf<Name>) => Promise<AnswerOf<Name>>;
};

export type CommandsServerClientOptions = {
  /** The Commands-Server's address, without a slash at its end; may have a path that goes before the protocol's. */
  url: string;
  /** The bearer token (RFC 6750); absent if the Commands-Server asks for none. */
  token?: string;
  /** Milliseconds for every call, in place of the promised ones. For tests. */
  timeout?: number;
  /** Milliseconds, about, before the first retry. For tests. */
  retryDelay?: number;
};

type Connection = CommandsServerClientOptions & { circuit: Circuit };

/** A client for the Commands-Server at a URL. All its calls share one circuit breaker, so make one and keep it. */
export function createCommandsServerClient(
  options: CommandsServerClientOptions,
): CommandsServerClient {
  const connection = { ...options, circuit: { ...CLOSED } };
  return {
    startSession: createCall(connection, CALLS.startSession),
    endSession: createCall(connection, CALLS.endSession),
    block: createCall(connection, CALLS.block),
    unblock: createCall(connection, CALLS.unblock),
    blocked: createCall(connection, CALLS.blocked),
    scan: createCall(connection, CALLS.scan),
  };
}

function createCall<Answer extends TObject>(
  connection: Connection,
  call: Call<TObject, Answer>,
): (request: Record<string, string>) => Promise<Static<Answer>> {
  const { token, timeout = call.timeout } = connection;
  const { method } = call;
  const name = `${method} ${call.path}`;
  const headers = {
    accept: 'application/json, application/problem+json',
    'user-agent': 'netpilot',
    ...(method === 'POST' && { 'content-type': 'application/json' }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const read = createReader(name, call);

  return async (request) => {
    const query = method === 'GET' ? `?${new URLSearchParams(request).toString()}` : '';
    const body = method === 'GET' ? null : JSON.stringify(request);
    const url = `${connection.url}${call.path}${query}`;
    const deadline = new AbortController();
    const { signal } = deadline;
    const timer = setTimeout(() => {
      const message = `did not answer ${name} within ${timeout / 1000} s.`;
      deadline.abort(new CommandsServerError(message, { isOutage: true }));
    }, timeout);
    const attempt = () =>
      runInCircuit(connection.circuit, name, async () =>
        read(await exchange(name, url, { method, headers, body, signal }, token), request),
      );
    try {
      return await (call.isRetried ? retry(attempt, connection, signal) : attempt());
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Retries after outages, but not after the one that opens the circuit: the caller learns what it was. */
async function retry<Result>(
  attempt: () => Promise<Result>,
  { circuit, retryDelay = 200 }: Connection,
  signal: AbortSignal,
): Promise<Result> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const isOutage = error instanceof CommandsServerError && error.isOutage;
      if (!isOutage || circuit.state !== 'closed' || retries === RETRIES) throw error;
    }
    const delay = backOff(retries, retryDelay, 8 * retryDelay);
    await pause(delay, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

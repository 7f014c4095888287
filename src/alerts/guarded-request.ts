/** The only way to a target that a user has named: docs/decisions/0041. */
import { Resolver } from 'node:dns/promises';
import { type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP } from 'node:net';
import { errorCode } from '../error-code.ts';
import { type Target, type UrlProblem, problemAt, readTarget } from './target-url.ts';

/** What a sender wants sent. */
export type TargetRequest = {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer;
};

export type TargetAnswer = {
  status: number;
  /** Seconds after which it may be asked again, if it says so. */
  retryAfter: number | undefined;
};

/** Why there is no answer. */
export type TargetProblem =
  | UrlProblem
  | 'name-not-found'
  | 'no-connection'
  | 'tls'
  | 'too-slow'
  | 'ended-early';

/** There is no answer of a target: never with its address, which may hold a secret. */
export class TargetError extends Error {
  readonly problem: TargetProblem;

  constructor(problem: TargetProblem, options?: ErrorOptions) {
    super(`the target cannot be reached: ${problem}`, options);
    this.name = 'TargetError';
    this.problem = problem;
  }
}

export type TargetRules = {
  /** Networks that the operator allows (ALERT_NETWORKS). */
  networks: readonly string[];
  /** All addresses of a name; rejects if it has none. Default: by DNS. */
  resolve?: (host: string, signal: AbortSignal) => Promise<string[]>;
  /** For all of it. */
  timeoutMs?: number;
};

const TIMEOUT_MS = 5_000;
const MOST_BYTES = 64 * 1024;

/**
 * Sends a POST and gives the answer, whatever its status; follows no redirect. Throws TargetError: the address is
 * refused, or it does not answer.
 */
export async function sendToTarget(
  { url, headers, body }: TargetRequest,
  { networks, resolve = resolveByDns, timeoutMs = TIMEOUT_MS }: TargetRules,
): Promise<TargetAnswer> {
  const target = readTarget(url, networks);
  if (typeof target === 'string') throw new TargetError(target);
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const address = await chooseAddress(target, networks, (host) => resolve(host, signal), signal);
    return await post(target, address, { headers, body }, signal);
  } catch (error) {
    if (error instanceof TargetError) throw error;
    throw new TargetError(signal.aborted ? 'too-slow' : problemOf(error), { cause: error });
  }
}

/** The one address that is connected to. A name of which any address is refused is refused. */
async function chooseAddress(
  target: Target,
  networks: readonly string[],
  resolve: (host: string) => Promise<string[]>,
  signal: AbortSignal,
): Promise<string> {
  const addresses =
    isIP(target.host) !== 0
      ? [target.host]
      : await orAborted(resolve(target.host), signal).catch((error: unknown) => {
          throw new TargetError(signal.aborted ? 'too-slow' : 'name-not-found', { cause: error });
        });
  const [first] = addresses;
  if (first === undefined) throw new TargetError('name-not-found');
  for (const address of addresses) {
    const problem = problemAt(target, address, networks);
    if (problem !== undefined) throw new TargetError(problem);
  }
  return first;
}

/**
 * All addresses of a name, IPv4 first; not by the system's resolver, of which four slow names would stop everything in this
 * process. Rejects if there are none. @param servers who is asked; default: the system's
 */
export async function resolveByDns(
  host: string,
  signal: AbortSignal,
  servers?: readonly string[],
): Promise<string[]> {
  const resolver = new Resolver({ timeout: 1_500, tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);
  signal.addEventListener('abort', () => resolver.cancel(), { once: true });
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const found = [v4, v6].flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  if (found.length === 0 && v4.status === 'rejected') throw v4.reason;
  return found;
}

/** Connects to exactly that address, with the name of the URL for TLS and for the server. */
async function post(
  { url, host, port }: Target,
  address: string,
  { headers, body }: Pick<TargetRequest, 'headers' | 'body'>,
  signal: AbortSignal,
): Promise<TargetAnswer> {
  const isTls = url.protocol === 'https:';
  const options: RequestOptions & { servername?: string } = {
    method: 'POST',
    host: address,
    port,
    path: `${url.pathname}${url.search}`,
    headers: {
      ...headers,
      host: url.host,
      'user-agent': 'NetPilot',
      'accept-encoding': 'identity',
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
    },
    // A connection for one request: none is kept that another target, or another user's, could get.
    agent: false,
    signal,
    ...(isTls && isIP(host) === 0 && { servername: host }),
  };
  const answered = new Promise<IncomingMessage>((answer, fail) => {
    const request = isTls ? requestTls(options) : requestPlain(options);
    request.on('response', answer);
    request.on('error', fail);
    // To another protocol, which nobody has asked for: HTTP ends there, and nothing else would say so.
    request.on('upgrade', (_response, socket) => {
      socket.destroy();
      fail(new TargetError('ended-early'));
    });
    request.end(body);
  });
  const response = await orAborted(answered, signal);
  await letFinish(response);
  return {
    status: response.statusCode ?? 0,
    retryAfter: secondsOf(response.headers['retry-after'], Date.now()),
  };
}

/** Reads a short body to its end, so that the target is not cut off, and no more of a long one. It has answered, whatever comes of that. */
async function letFinish(response: IncomingMessage): Promise<void> {
  let size = 0;
  try {
    for await (const chunk of response) {
      size += Buffer.byteLength(chunk);
      if (size >= MOST_BYTES) break;
    }
  } catch {
    // Too slow, or broken off: sent once more, the message would come twice.
  }
  response.destroy();
}

/** What `Retry-After` says, in seconds from now: a number, or a date of HTTP, which is in GMT (RFC 9110, 10.2.3). */
export function secondsOf(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const at = header.endsWith(' GMT') ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1_000));
}

/** Rejects when the time is over, also if the work does not heed it. */
function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const aborted = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => aborted.reject(new Error('too slow')), { once: true });
  return Promise.race([work, aborted.promise]);
}

const TLS_CODE =
  /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/;

/** Whether a connection ended because of the certificate, or because the other side does not encrypt. */
export function isTlsCode(code: string): boolean {
  return TLS_CODE.test(code);
}

function problemOf(error: unknown): TargetProblem {
  const code = errorCode(error) ?? '';
  if (isTlsCode(code)) return 'tls';
  if (code === 'ECONNRESET' || code.startsWith('HPE_')) return 'ended-early';
  return 'no-connection';
}

/** Requests that belong to another cell are passed on to its api, as they are: bodies, streams, and what is answered. */
import { type IncomingMessage, type OutgoingHttpHeaders, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import type { Cells } from '../cells/cells.ts';
import { findMoved } from '../cells/moved.ts';
import type { Database } from '../database/pool.ts';
import { ConflictError, UnavailableError } from '../errors.ts';
import { hashSecret } from '../sealing.ts';
import { cellOf } from '../secret-cell.ts';
import type { FastifyReply, FastifyRequest } from './app.ts';

/** The cells that a request has come through, which it never comes back to. */
const PASSED_ON = 'netpilot-passed-on';

/** Milliseconds until a connection is made. */
const CONNECTING = 5_000;
/** Milliseconds without a byte either way: an event stream has one each 20 seconds, a large import may compute for minutes. */
const SILENT = 10 * 60_000;

/** What is said about one connection (RFC 9110, 7.6.1), or is said anew. */
const NOT_PASSED_ON = new Set([
  'connection',
  'proxy-connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'proxy-authenticate',
  'proxy-authorization',
  'expect',
  'host',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  PASSED_ON,
]);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The parameter, of the path or of the query, whose secret says which cell it is about: it outweighs the sender's. */
    secretOf?: 'secret' | 'state' | 'code';
  }
}

export type More = {
  /** Besides those of the request. */
  headers?: OutgoingHttpHeaders;
  /** JSON in place of the request's body, which was read. */
  body?: unknown;
  /** Whether it belongs there because somebody was moved: that cell may have passed it on here, by its secret, and answers it now. */
  isMoved?: boolean;
};

/** A hook that passes on what belongs to another cell that is known. All others are answered here: the hash decides. */
export function passOnToCell(cells: Cells, database: Database, cookieName: string) {
  return async (
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> => {
    const secret = secretOf(request, cookieName) ?? '';
    const moved = await movedBy(request, database, secret);
    const cell = moved ?? cellOf(secret);
    if (cell === undefined || cells.apiUrl(cell) === undefined) return undefined;
    // The other way round, a wrong address in the directory would have it go round for ever.
    const isMoved = moved !== undefined;
    if (!mayPassOn(cells, request, cell, isMoved)) return undefined;
    return passOn(cells, request, reply, cell, { isMoved });
  };
}

/**
 * Passes a request on to the api of another cell, and answers what that answers. Throws UnavailableError if it cannot be
 * reached, or is no cell; ConflictError if the request has come through it already.
 */
export async function passOn(
  cells: Cells,
  request: FastifyRequest,
  reply: FastifyReply,
  cell: number,
  more: More = {},
): Promise<FastifyReply> {
  if (!mayPassOn(cells, request, cell, more.isMoved))
    throw new ConflictError(
      `This belongs to cell ${cell}, which has passed it on: no cell has what it is about.`,
    );
  const base = cells.apiUrl(cell);
  if (base === undefined)
    throw new UnavailableError(`This belongs to cell ${cell}, which is not one of the cells.`);
  const headers: OutgoingHttpHeaders = {
    ...forwardedHeaders(request),
    ...more.headers,
    [PASSED_ON]: [...cameThrough(request), cells.own].join(','),
  };
  const body = more.body === undefined ? undefined : Buffer.from(JSON.stringify(more.body));
  if (body !== undefined) {
    delete headers['transfer-encoding'];
    Object.assign(headers, { 'content-type': 'application/json', 'content-length': body.length });
  }
  const answer = await send(new URL(base), request, reply, body, headers).catch(
    (error: unknown) => {
      throw new UnavailableError(
        `This belongs to cell ${cell}, which does not answer: try again later.`,
        { cause: error },
      );
    },
  );
  reply.hijack();
  reply.raw.writeHead(answer.statusCode ?? 502, withoutHopByHop(answer.headers));
  reply.raw.flushHeaders();
  answer.pipe(reply.raw);
  // Cut off, so that nobody takes a part for the whole.
  answer.on('error', () => reply.raw.destroy());
  return reply;
}

/** Whether the request has not come from there, or through here: so that none is passed on for ever. */
export function mayPassOn(
  { own }: Cells,
  request: FastifyRequest,
  cell: number,
  isMoved = false,
): boolean {
  const through = cameThrough(request);
  return cell !== own && !through.has(own) && (isMoved || !through.has(cell));
}

/** Where those are now who gave somebody a link, if they were moved away from here. */
async function movedBy(
  { routeOptions: { config } }: FastifyRequest,
  database: Database,
  secret: string,
): Promise<number | undefined> {
  return config.secretOf === 'secret' ? findMoved(database, hashSecret(secret)) : undefined;
}

/** The secret by which a request says where it belongs. */
function secretOf(request: FastifyRequest, cookieName: string): string | undefined {
  const { secretOf: name } = request.routeOptions.config;
  const given = name && (textOf(request.params, name) ?? textOf(request.query, name));
  const bearer = /^bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return given ?? bearer ?? request.cookies[cookieName];
}

function textOf(values: unknown, name: string): string | undefined {
  const value: unknown =
    typeof values === 'object' && values !== null ? Reflect.get(values, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The header by which a request that one made of another has the way that it came. */
export function wayOf({ headers }: Pick<FastifyRequest, 'headers'>): Record<string, string> {
  const way = headers[PASSED_ON];
  return typeof way === 'string' ? { [PASSED_ON]: way } : {};
}

/** Who writes the header keeps only their own request from being passed on. */
function cameThrough({ headers }: FastifyRequest): ReadonlySet<number> {
  const text = headers[PASSED_ON];
  return new Set(typeof text === 'string' ? text.split(',').map(Number) : []);
}

/** The request's own, and who sent it as TRUSTED_PROXIES has it: the other cell's has this cell's address. */
function forwardedHeaders(request: FastifyRequest): OutgoingHttpHeaders {
  return {
    ...withoutHopByHop(request.headers),
    'x-forwarded-for': request.ip,
    ...(request.host && { 'x-forwarded-host': request.host }),
    'x-forwarded-proto': request.protocol,
    // Said anew: without it, a body of unknown length would end nowhere.
    ...(request.headers['transfer-encoding'] && { 'transfer-encoding': 'chunked' }),
  };
}

function withoutHopByHop(headers: IncomingMessage['headers']): OutgoingHttpHeaders {
  const named = new Set(
    (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()),
  );
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !NOT_PASSED_ON.has(name) && !named.has(name)),
  );
}

/** Resolves when the head of the answer is there. */
function send(
  base: URL,
  { raw, method }: FastifyRequest,
  reply: FastifyReply,
  body: Buffer | undefined,
  headers: OutgoingHttpHeaders,
): Promise<IncomingMessage> {
  const answer = Promise.withResolvers<IncomingMessage>();
  const ask = base.protocol === 'https:' ? requestHttps : requestHttp;
  // The path as it came: resolved, `//elsewhere` would lead elsewhere.
  const { protocol, hostname, port } = base;
  const asked = ask({
    protocol,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    path: raw.url,
    method,
    headers,
  });
  const late = setTimeout(() => asked.destroy(new Error('it cannot be reached')), CONNECTING);
  asked.on('socket', (socket) => {
    if (socket.connecting) socket.once('connect', () => clearTimeout(late));
    else clearTimeout(late);
  });
  asked.setTimeout(SILENT, () => asked.destroy(new Error('it has gone silent')));
  asked.on('response', answer.resolve);
  asked.on('error', answer.reject);
  asked.on('close', () => clearTimeout(late));
  // Who asked has gone: nobody waits for the answer.
  reply.raw.on('close', () => asked.destroy());
  if (body === undefined) raw.pipe(asked);
  else Readable.from([body]).pipe(asked);
  return answer.promise;
}

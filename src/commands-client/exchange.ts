import {
  CommandsServerError,
  CommandsServerProtocolError,
  CommandsServerUnreachableError,
} from './errors.ts';

/** No honest answer is larger: a scan of 20,000 devices is half of it. */
export const ANSWER_LIMIT = 4 * 1024 * 1024;

/** One HTTP request, ready to be sent. */
export type Exchange = {
  /** How errors name it: method and path. */
  call: string;
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | undefined;
};

/** What came back, whole, whatever its status. */
export type Answer = { status: number; mediaType: string; text: string };

/**
 * Sends one request and reads the whole answer.
 * @throws {CommandsServerUnreachableError} no connection, or it broke
 * @throws {CommandsServerProtocolError} no HTTP, a redirect, more than ANSWER_LIMIT bytes, no UTF-8
 * @throws the signal's reason, once that is aborted
 */
export async function exchange(request: Exchange, signal: AbortSignal): Promise<Answer> {
  const { call, url, method, headers, body } = request;
  try {
    const response = await fetch(url, {
      method,
      headers,
      body: body ?? null,
      signal,
      // A redirect would carry the token to wherever it points.
      redirect: 'error',
      cache: 'no-store',
    });
    return {
      status: response.status,
      mediaType: mediaTypeOf(response.headers.get('content-type')),
      text: await readText(call, response),
    };
  } catch (error) {
    signal.throwIfAborted();
    throw describeFailure(call, error);
  }
}

/** Counted as it comes in, decompressed: Content-Length may be absent or a lie. */
async function readText(call: string, response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > ANSWER_LIMIT)
      throw new CommandsServerProtocolError(call, `more than ${ANSWER_LIMIT} bytes`);
    chunks.push(chunk);
  }
  return decode(call, Buffer.concat(chunks, size));
}

function decode(call: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandsServerProtocolError(call, 'a text that is not UTF-8');
  }
}

/** "application/json" of "Application/JSON; charset=utf-8" (RFC 9110, 8.3.1). */
function mediaTypeOf(contentType: string | null): string {
  const [mediaType = ''] = (contentType ?? '').split(';');
  return mediaType.trim().toLowerCase();
}

/**
 * What fetch rejected with, by name. It wraps all that goes wrong outside in a TypeError with a cause:
 * with a code where the network failed, without one where the answer is nothing it takes.
 */
function describeFailure(call: string, error: unknown): unknown {
  if (error instanceof CommandsServerError) return error;
  if (!(error instanceof TypeError && error.cause instanceof Error)) return error;
  const { cause } = error;
  return 'code' in cause && typeof cause.code === 'string'
    ? new CommandsServerUnreachableError(call, cause.code, { cause: error })
    : new CommandsServerProtocolError(call, `what fetch refuses (${cause.message})`);
}

import { isUtf8 } from 'node:buffer';
import type { Static, TObject } from 'typebox';
import { Compile } from 'typebox/compile';
import { errorCode } from '../error-code.ts';
import { parseJson } from '../parse-json.ts';
import { CommandsServerError } from './errors.ts';
import type { Call } from './protocol.ts';

/** No honest answer is larger: a scan of 20,000 devices is half of it. */
export const ANSWER_LIMIT = 4 * 1024 * 1024;

/** A whole answer, of any status. */
type HttpAnswer = { status: number; mediaType: string; text: string };

/**
 * Sends one HTTP request and reads the whole answer.
 * @param call how errors name it: method and path
 * @param token is taken out of the answer, which errors quote
 * @throws {CommandsServerError} no connection, or it broke; no HTTP, a redirect, more than ANSWER_LIMIT bytes, no UTF-8
 * @throws the signal's reason, once that is aborted
 */
export async function exchange(
  call: string,
  url: string,
  request: RequestInit & { signal: AbortSignal },
  token = '[token]',
): Promise<HttpAnswer> {
  try {
    // A redirect would carry the token to another server.
    const response = await fetch(url, { ...request, redirect: 'error' });
    const { status, headers } = response;
    const text = await readText(call, response);
    const hide = (value: string) => value.replaceAll(token, '[token]');
    const [mediaType = ''] = hide(headers.get('content-type') ?? '').split(';');
    return { status, mediaType: mediaType.trim().toLowerCase(), text: hide(text) };
  } catch (error) {
    request.signal.throwIfAborted();
    // fetch throws a TypeError whose cause has a code if the network failed, and none if it rejects the answer.
    if (!(error instanceof TypeError && error.cause instanceof Error)) throw error;
    const code = errorCode(error.cause);
    if (code === undefined) throw wrongAnswer(call, `what fetch refuses (${error.cause.message})`);
    throw new CommandsServerError(`could not be reached for ${call} (${code}).`, {
      cause: error,
      isOutage: true,
    });
  }
}

/** Counts the bytes as they come in, decompressed: Content-Length may be absent or wrong. */
async function readText(call: string, response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > ANSWER_LIMIT) throw wrongAnswer(call, `more than ${ANSWER_LIMIT} bytes`);
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (!isUtf8(bytes)) throw wrongAnswer(call, 'a text that is not UTF-8');
  return bytes.toString();
}

/**
 * Makes the reader of one call's answers: it gives what the schema describes and leaves out the rest. It throws
 * CommandsServerError for an error status, and for an answer that is not as described, or to another request.
 */
export function createReader<Answer extends TObject>(
  call: string,
  { answer: schema, whenEmpty }: Call<TObject, Answer>,
): (answer: HttpAnswer, request: object) => Static<Answer> {
  const validator = Compile(schema);
  return (received, request) => {
    const { status, mediaType, text } = received;
    if (status < 200 || status > 299) throw refusal(call, received);
    const isEmpty = text === '' && whenEmpty !== undefined;
    if (!isEmpty && mediaType !== 'application/json')
      throw wrongAnswer(call, `the media type ${mediaType || '(none)'}`);
    const answer = isEmpty ? { ...request, ...whenEmpty } : parseJson(text);
    if (!validator.Check(answer)) {
      // The schema's own words, which quote no value.
      const [error] = validator.Errors(answer);
      const place = `${error?.instancePath || '/'} ${error?.message ?? ''}`;
      throw wrongAnswer(call, `JSON of the wrong shape: ${place}`);
    }
    validator.Clean(answer);
    for (const [name, value] of Object.entries(request))
      if (Object.hasOwn(answer, name) && Reflect.get(answer, name) !== value)
        throw wrongAnswer(call, `another ${name} than was asked for`);
    return answer;
  };
}

/** @param found what is wrong with the answer, as a phrase: "a redirect" */
function wrongAnswer(call: string, found: string): CommandsServerError {
  return new CommandsServerError(`answered ${call} with ${found}.`);
}

const KINDS: Record<number, 'not-found' | 'conflict'> = { 404: 'not-found', 409: 'conflict' };

/** A bare 404 comes from a wrong COMMANDS_SERVER_URL too: only a problem document (RFC 9457) is about the request. */
function refusal(call: string, { status, mediaType, text }: HttpAnswer): CommandsServerError {
  const document = mediaType === 'application/problem+json' ? parseJson(text) : undefined;
  const problem = typeof document === 'object' && document !== null ? document : undefined;
  const texts: unknown[] = ['detail', 'title'].map((name) => Reflect.get(problem ?? {}, name));
  const reason = texts.find((value) => typeof value === 'string') ?? 'no reason given';
  return new CommandsServerError(`refused ${call} with ${status}: ${reason}`, {
    kind: problem && KINDS[status],
    // These statuses are about the server, not the request (RFC 9110, 15.6; RFC 6585, 4).
    isOutage: status === 429 || status >= 500,
  });
}

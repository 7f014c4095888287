import type { Static, TObject } from 'typebox';
import { Compile } from 'typebox/compile';
import {
  CommandsServerProtocolError,
  CommandsServerRefusedError,
  type ProblemDetails,
} from './errors.ts';
import type { Answer } from './exchange.ts';

/** Makes a text of the other side's fit for messages and logs. */
export type Clean = (text: string) => string;

/** One line of a bearable length, without the token, should the Commands-Server repeat it. */
export function createClean(token: string | undefined): Clean {
  return (text) => {
    const safe = token === undefined ? text : text.replaceAll(token, '[token]');
    return safe.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 500);
  };
}

/**
 * Reads a successful answer of one call: gives what the schema describes, without what it doesn't.
 * @param whenEmpty what an answer without a body stands for; without it, such an answer is wrong
 * @throws {CommandsServerProtocolError} the answer is another than promised, or to another request
 */
export function createReader<Request extends object, Success extends TObject>(
  call: string,
  schema: Success,
  clean: Clean,
  whenEmpty: ((request: Request) => Static<Success>) | undefined,
) {
  const validator = Compile(schema);
  return ({ mediaType, text }: Answer, request: Request): Static<Success> => {
    if (text === '' && whenEmpty !== undefined) return whenEmpty(request);
    if (mediaType !== 'application/json')
      throw new CommandsServerProtocolError(
        call,
        mediaType === '' ? 'no media type' : `the media type ${clean(mediaType)}`,
      );
    const answer = parseJson(text);
    if (!validator.Check(answer))
      throw new CommandsServerProtocolError(call, describe(validator.Errors(answer)));
    validator.Clean(answer);
    checkRepeated(call, request, answer);
    return answer;
  };
}

/** The error that an error status stands for, with what its problem document says. */
export function readRefusal(
  call: string,
  { status, mediaType, text }: Answer,
  clean: Clean,
): CommandsServerRefusedError {
  const document = mediaType === 'application/problem+json' ? parseJson(text) : undefined;
  return new CommandsServerRefusedError(call, status, parseProblem(document, clean));
}

/** A member of another type than promised counts as absent (RFC 9457, 3.1). */
function parseProblem(document: unknown, clean: Clean): ProblemDetails | undefined {
  if (typeof document !== 'object' || document === null) return undefined;
  const text = (name: string) => {
    const value: unknown = Reflect.get(document, name);
    return typeof value === 'string' ? clean(value) : undefined;
  };
  return {
    type: text('type') ?? 'about:blank',
    title: text('title'),
    detail: text('detail'),
    instance: text('instance'),
  };
}

/** Undefined, which JSON can't say, where it is no JSON. The parser's error would quote the text. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An answer that speaks of another session, router or address was meant for somebody else. */
function checkRepeated(call: string, request: object, answer: object): void {
  for (const [name, value] of Object.entries(request)) {
    if (Object.hasOwn(answer, name) && Reflect.get(answer, name) !== value)
      throw new CommandsServerProtocolError(call, `another ${name} than was asked for`);
  }
}

/** The first things that are wrong, by the schema's words alone: no value is quoted. */
function describe(errors: readonly { instancePath: string; message: string }[]): string {
  const places = errors
    .slice(0, 3)
    .map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  return `JSON of the wrong shape: ${places.join(', ')}`;
}

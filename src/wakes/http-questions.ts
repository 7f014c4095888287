/** Questions between processes without NATS: to the address that the other one has stored. */
import { errorCode } from '../error-code.ts';
import { errorMessage } from '../error-message.ts';
import {
  LONGEST_MESSAGE,
  NoAnswerError,
  NobodyThereError,
  type NodeAddress,
  type Seals,
  TOO_LONG,
} from './questions.ts';

/** Where a Commands-Server takes questions of others, on its port for services. */
export const QUESTIONS_PATH = '/node/questions';

/** What a machine says, or nobody does, if the process has gone from there. */
const GONE = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENOTFOUND']);

/** Throws NobodyThereError and NoAnswerError. */
export async function askOverHttp(
  seals: Seals,
  { instance, url }: NodeAddress,
  question: string,
  milliseconds: number,
): Promise<string> {
  if (url === null) throw new NoAnswerError('it has no address that others reach');
  const { message, read } = seals.ask(instance, question);
  return read(await post(`${url}${QUESTIONS_PATH}`, message, milliseconds));
}

async function post(url: string, message: Buffer, milliseconds: number): Promise<Uint8Array> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(message),
      redirect: 'error',
      signal: AbortSignal.timeout(milliseconds),
    });
    // Another process has its place.
    if (answer.status === 404) throw new NobodyThereError();
    if (!answer.ok) throw new NoAnswerError(`it answers with ${answer.status}`);
    return await readBody(answer);
  } catch (error) {
    if (error instanceof NobodyThereError || error instanceof NoAnswerError) throw error;
    const cause = error instanceof Error ? error.cause : undefined;
    if (GONE.has(errorCode(cause) ?? '')) throw new NobodyThereError();
    throw new NoAnswerError(errorMessage(error), { cause: error });
  }
}

async function readBody({ body }: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.length;
    if (size > LONGEST_MESSAGE) throw new NoAnswerError(TOO_LONG);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

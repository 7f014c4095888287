import { once } from 'node:events';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { InvalidInputError, type NetPilotError, UnavailableError } from '../errors.ts';
import { LARGEST_SOURCE, LONGEST_LINE, PROCESS_LIMITS, type ProcessLimits } from './limits.ts';
import { startLimited } from './limited-process.ts';
import { EndlessLine, linesOf, Silence } from './lines.ts';
import { type Message, parseMessage } from './messages.ts';

const PROGRAM = join(import.meta.dirname, 'import-worker.ts');

/** Of a text that comes in parts, in characters: the largest row of an export. */
const LONGEST_TEXT = 33_554_432;

/** Of what a process says when it fails, in characters. */
const LONGEST_FAILURE = 8_192;

export type ReadOptions = {
  /** A data folder of the old program, one of its files, or an export. */
  source: string;
  /** What errors call it. */
  shownAs: string;
  /** Ends the process; its reason is then thrown. */
  signal: AbortSignal;
  /** For tests. */
  program?: string;
  limits?: ProcessLimits;
};

/** How a process ended, and what it had said and was reading. */
type End = {
  code: number | null;
  killedBy: NodeJS.Signals | null;
  failure: string;
  file: string | undefined;
  seconds: number;
};

/**
 * Reads files in a process of their own and gives what it says of them, at first which files there are.
 * No file is parsed in this process: one that makes its reader compute for ever, or fill the memory, ends
 * only that. A caller that takes no more messages ends it too. Throws InvalidInputError for a source that cannot be
 * read, or not within the limits, and UnavailableError if the process cannot run.
 */
export async function* readInProcess(options: ReadOptions): AsyncGenerator<Message, void> {
  const { shownAs, signal, program = PROGRAM, limits = PROCESS_LIMITS } = options;
  const source = resolve(options.source);
  const seconds = await secondsFor(source, limits);
  signal.throwIfAborted();
  const child = startLimited(program, source, [shownAs], { ...limits, seconds });
  const failure = headOf(child.stderr);
  const ended = once(child, 'close').catch((error: unknown) => [error]);
  const end = () => child.kill('SIGKILL');
  signal.addEventListener('abort', end);
  let file: string | undefined;
  try {
    for await (const message of messagesOf(linesOf(child.stdout, LONGEST_LINE, limits.silence))) {
      if (message.kind === 'refused') throw new InvalidInputError(message.fields, message.message);
      if (message.kind === 'end') return;
      if (message.kind === 'file') file = message.name;
      yield message;
    }
    const [code, killedBy] = await ended;
    if (code instanceof Error) throw cannotRead(code.message, code);
    throw explainEnd({ file, code, killedBy, failure: failure(), seconds }, limits);
  } catch (error) {
    // Whatever failed then, this is why.
    signal.throwIfAborted();
    throw explainMisbehaviour(file, error, limits);
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

/** How much processor time the files get: the more, the larger they are. */
async function secondsFor(source: string, limits: ProcessLimits): Promise<number> {
  const bytes = Math.min(await sizeOf(source), LARGEST_SOURCE);
  return limits.processorSeconds + Math.ceil(bytes / limits.bytesPerSecond);
}

/** Of a file, or of all in a folder, in bytes; 0 if it cannot be read, which the process itself reports. */
async function sizeOf(source: string): Promise<number> {
  const found = await stat(source).catch(() => undefined);
  if (found?.isDirectory() !== true) return found?.size ?? 0;
  let bytes = 0;
  for (const name of await readdir(source).catch(() => []))
    bytes += (await lstat(join(source, name)).catch(() => undefined))?.size ?? 0;
  return bytes;
}

/** The messages in lines, with the texts that came in parts. */
async function* messagesOf(lines: AsyncIterable<string>): AsyncGenerator<Message> {
  let parts = '';
  for await (const line of lines) {
    const message = parseMessage(line);
    if (message === undefined) throw cannotRead('it wrote something else than it should');
    if (message.kind === 'part') {
      parts += message.text;
      if (parts.length > LONGEST_TEXT) throw cannotRead('it wrote a text without an end');
    } else {
      yield parts === '' ? message : withParts(message, parts);
      parts = '';
    }
  }
}

function withParts(message: Message, parts: string): Message {
  if (message.kind === 'document' || message.kind === 'unreadable')
    return { ...message, text: parts + message.text };
  if (message.kind !== 'records') return message;
  const [first, ...others] = message.records;
  if (first === undefined) return message;
  return { ...message, records: [[first[0], parts + first[1]], ...others] };
}

/** What has come of a stream so far, its beginning only. */
function headOf(stream: Readable): () => string {
  let head = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    if (head.length < LONGEST_FAILURE) head += text;
  });
  return () => head;
}

/** Why the process ended before it was done. */
function explainEnd(end: End, { heap }: ProcessLimits): NetPilotError {
  const { file, code, killedBy, failure, seconds } = end;
  const how = killedBy === null ? `exit code ${code}` : killedBy;
  const cause = new Error(
    `the process that reads ${file ?? 'files'} ended with ${how}: ${failure}`,
  );
  if (file === undefined) return cannotRead(`it ended at once (${how})`, cause);
  // The system asks at first, and ends it a second later.
  if (killedBy === 'SIGXCPU') return beyond(file, `${seconds} seconds of processor time`, cause);
  if (/out of memory|allocation failed|allocate memory|ENOMEM/i.test(failure))
    return beyond(file, `${heap} MB of memory`, cause);
  if (killedBy === null) return cannotRead(`${file} ended it (${how})`, cause);
  return new InvalidInputError(
    [{ field: file, expected: 'a file that can be read' }],
    `${file} ended the process that reads it (${how}): the file is damaged, or made to do that. Nothing was imported.`,
    { cause },
  );
}

/** What it wrote wrongly, or did not write. */
function explainMisbehaviour(
  file: string | undefined,
  error: unknown,
  { silence }: ProcessLimits,
): unknown {
  if (error instanceof EndlessLine) return cannotRead('it wrote a line without an end', error);
  if (!(error instanceof Silence)) return error;
  const time = `${silence / 1_000} seconds`;
  return file === undefined
    ? cannotRead(`it said nothing for ${time}`, error)
    : beyond(file, `${time} for one step`, error);
}

function beyond(file: string, limit: string, cause: Error): InvalidInputError {
  return new InvalidInputError(
    [{ field: file, expected: `a file that can be read with ${limit}` }],
    `${file} needs more than ${limit} to be read: it is damaged, or not a file of the old program. Nothing was imported.`,
    { cause },
  );
}

function cannotRead(why: string, cause?: Error): UnavailableError {
  return new UnavailableError(
    `The process that reads the files failed, nothing was imported: ${why}. Try again; if it happens again, the log has more.`,
    { cause },
  );
}

import { type Access, headersOf } from './access.ts';
import { ApiProblem, type ProblemDocument, refusal, unanswered } from './problem.ts';
import type { components } from './types.generated.ts';

/** Something that happened, as `GET /api/v1/events` sends it. */
export type Event = components['schemas']['Event'];

export type FollowOptions = {
  /** Number of the last event that is known already; absent: from now on. */
  after?: number | undefined;
  /** Ends it. */
  signal?: AbortSignal | undefined;
  /** The stream is open. Not resumed: events may be missing, so read again what you show. */
  onReady?: ((opened: { resumed: boolean }) => void) | undefined;
  /** The connection was lost, or refused for now; it is made again after so many milliseconds. */
  onLost?: ((reason: ApiProblem, retryMs: number) => void) | undefined;
};

const RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
/** The server says something every 20 seconds: after this long without a word the connection is dead. */
const LONGEST_SILENCE_MS = 65_000;

/**
 * Gives each event from now on (or after a number), in order and once, until the signal is aborted or the loop is left. A connection
 * that is lost is made again and continues where it was. Throws ApiProblem if the service refuses for good.
 */
export async function* followEvents(
  access: Access,
  { after, signal = access.signal, onReady, onLost }: FollowOptions = {},
): AsyncGenerator<Event, void, undefined> {
  let position = after;
  let failures = 0;
  const isOver = () => signal?.aborted === true;
  while (!isOver()) {
    try {
      for await (const message of readMessages(access, position, signal)) {
        if (isOver()) return;
        failures = 0;
        position = message.id ?? position;
        if (message.name === 'ready') onReady?.({ resumed: isResumed(message.data) });
        if (message.name === 'message' && isEvent(message.data)) yield message.data;
      }
    } catch (error) {
      if (isOver()) return;
      if (!(error instanceof ApiProblem) || !error.isTemporary) throw error;
      const retryMs = Math.max(backOff(failures), (error.retryAfter ?? 0) * 1_000);
      failures += 1;
      onLost?.(error, retryMs);
      await pause(retryMs, signal);
    }
  }
}

type Message = { id: number | undefined; name: string; data: unknown };

/** The messages of one connection. Throws ApiProblem when it ends, or was not made. */
async function* readMessages(
  access: Access,
  position: number | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Message, void, undefined> {
  const connection = new AbortController();
  const end = () => connection.abort();
  signal?.addEventListener('abort', end);
  let silence = setTimeout(end, LONGEST_SILENCE_MS);
  try {
    const reader = await open(access, position, connection.signal);
    const decoder = new TextDecoder();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read().catch(rethrow);
      if (done) throw unanswered(new Error('the stream has ended'));
      clearTimeout(silence);
      silence = setTimeout(end, LONGEST_SILENCE_MS);
      const texts = (rest + decoder.decode(value, { stream: true })).split('\n\n');
      rest = texts.pop() ?? '';
      for (const text of texts) yield parseMessage(text);
    }
  } finally {
    clearTimeout(silence);
    signal?.removeEventListener('abort', end);
    connection.abort();
  }
}

async function open(access: Access, position: number | undefined, signal: AbortSignal) {
  const response = await fetch(`${access.url}/api/v1/events`, {
    headers: {
      accept: 'text/event-stream',
      ...headersOf(access),
      ...(position !== undefined && { 'last-event-id': String(position) }),
    },
    redirect: 'error',
    signal,
  }).catch(rethrow);
  if (!response.ok) throw refusal(response, problemIn(await response.text().catch(rethrow)));
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (response.body === null || !isStream)
    throw unanswered(new Error('what answers there is not NetPilot'));
  return response.body.getReader();
}

function rethrow(error: unknown): never {
  throw unanswered(error);
}

/** A message of a stream (HTML standard, 9.2.6); one without data, such as a comment, says nothing. */
function parseMessage(text: string): Message {
  let id: number | undefined;
  let name = 'message';
  const data: string[] = [];
  for (const line of text.split('\n')) {
    const [, field = '', value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === 'id' && /^\d+$/.test(value)) id = Number(value);
    if (field === 'event') name = value;
    if (field === 'data') data.push(value);
  }
  return { id, name, data: parseJson(data.join('\n')) };
}

function isResumed(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'resumed' in data && data.resumed === true;
}

function isEvent(data: unknown): data is Event {
  return typeof data === 'object' && data !== null && 'type' in data && 'number' in data;
}

function problemIn(text: string): ProblemDocument {
  const problem = parseJson(text);
  return typeof problem === 'object' && problem !== null ? problem : {};
}

/** Undefined for what is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Up to twice as long after each failure; not the same for everybody who lost the same server. */
function backOff(failures: number): number {
  return Math.min(RETRY_MS * 2 ** failures, LONGEST_RETRY_MS) * (0.5 + Math.random() / 2);
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, signal?.aborted === true ? 0 : milliseconds);
    signal?.addEventListener('abort', end);
  });
}

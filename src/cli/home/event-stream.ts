import { setTimeout as delay } from 'node:timers/promises';
import type { components } from '../../api/types.generated.ts';
import { parseJson } from '../../parse-json.ts';
import { type Problem, refusal } from './api.ts';
import type { Login } from './stored-login.ts';

/** Something that happened, as `GET /api/v1/events` sends it. */
export type Event = components['schemas']['Event'];

const RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

/**
 * Calls `onEvent` with each event from now on, one after the other, until the signal is aborted. A connection that is lost is made
 * again, and continues where it was. Throws ServiceError if the service refuses.
 */
export async function followEvents(
  { url, token, homeId }: Login & { homeId: string | undefined },
  signal: AbortSignal,
  { onReady, onEvent }: { onReady: () => void; onEvent: (event: Event) => Promise<void> | void },
): Promise<void> {
  let position: string | undefined;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const response = await fetch(`${url}/api/v1/events`, {
        headers: {
          accept: 'text/event-stream',
          authorization: `Bearer ${token}`,
          ...(homeId !== undefined && { 'netpilot-home': homeId }),
          ...(position !== undefined && { 'last-event-id': position }),
        },
        redirect: 'error',
        signal,
      });
      if (response.status >= 400 && response.status < 500)
        throw refusal(response.status, problemIn(await response.text()));
      for await (const { id, name, data } of readMessages(response)) {
        failures = 0;
        position = id ?? position;
        const event = name === 'message' ? parseJson(data) : undefined;
        if (name === 'ready') onReady();
        if (isEvent(event)) await onEvent(event);
      }
    } catch (error) {
      if (signal.aborted) return;
      // fetch reports a lost connection as a TypeError.
      if (!(error instanceof TypeError)) throw error;
    }
    failures += 1;
    await delay(Math.min(RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS), undefined, {
      signal,
    }).catch(() => undefined);
  }
}

type Message = { id: string | undefined; name: string; data: string };

/** The messages of a stream (HTML standard, 9.2.6). */
async function* readMessages({ body }: Response): AsyncGenerator<Message> {
  if (body === null) return;
  let rest = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const messages = (rest + chunk).split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) yield parseMessage(message);
  }
}

function parseMessage(text: string): Message {
  const message: Message = { id: undefined, name: 'message', data: '' };
  for (const line of text.split('\n')) {
    const [, field = '', value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === 'id') message.id = value;
    if (field === 'event') message.name = value;
    if (field === 'data') message.data += value;
  }
  return message;
}

function isEvent(value: unknown): value is Event {
  return typeof value === 'object' && value !== null && 'type' in value && 'number' in value;
}

function problemIn(text: string): Problem {
  const problem: unknown = parseJson(text);
  return typeof problem === 'object' && problem !== null ? problem : {};
}

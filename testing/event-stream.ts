import { once } from 'node:events';
import { type IncomingHttpHeaders, IncomingMessage, get } from 'node:http';
import { onTestFinished } from 'vitest';

/** A message of a stream of server-sent events. */
export type Message = { id: number; event: string; data: unknown };

export type EventStream = {
  status: number;
  headers: IncomingHttpHeaders;
  /** Id of the last message: what to resume after. */
  position: () => number;
  /** The next message, comments skipped. Undefined when the stream has ended. */
  next: () => Promise<Message | undefined>;
  /** Data of the next `count` messages without a name. */
  take: (count: number) => Promise<unknown[]>;
  close: () => void;
};

/** Opens a stream of server-sent events (HTML standard, 9.2), as a browser would; closed after the test. */
export async function openEventStream(
  url: string,
  { cookie, token, after }: { cookie?: string; token?: string; after?: number },
): Promise<EventStream> {
  const request = get(url, {
    // A connection of its own, as fetch keeps some open that the server then waits for.
    agent: false,
    headers: {
      ...(cookie !== undefined && { cookie }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(after !== undefined && { 'last-event-id': String(after) }),
    },
  });
  onTestFinished(() => void request.destroy());
  const [response]: unknown[] = await once(request, 'response');
  if (!(response instanceof IncomingMessage)) throw new TypeError('no response');
  const blocks = blocksOf(response);
  let position = after ?? 0;
  const next = async (): Promise<Message | undefined> => {
    for (;;) {
      const { value, done } = await blocks.next();
      if (done === true) return undefined;
      const fields = new Map(value.split('\n').map(fieldOf));
      const id = fields.get('id');
      if (id !== undefined) position = Number(id);
      const data = fields.get('data');
      if (data !== undefined)
        return { id: position, event: fields.get('event') ?? 'message', data: JSON.parse(data) };
    }
  };
  const take = async (count: number) => {
    const taken: unknown[] = [];
    while (taken.length < count) {
      const message = await next();
      if (message === undefined) throw new Error(`It ended after ${taken.length} messages.`);
      if (message.event === 'message') taken.push(message.data);
    }
    return taken;
  };
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    position: () => position,
    next,
    take,
    close: () => void request.destroy(),
  };
}

async function* blocksOf(response: IncomingMessage): AsyncGenerator<string, undefined> {
  let rest = '';
  for await (const text of response.setEncoding('utf8')) {
    const parts = `${rest}${String(text)}`.split('\n\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  return undefined;
}

function fieldOf(line: string): [string, string] {
  const [name = '', ...value] = line.split(': ');
  return [name, value.join(': ')];
}

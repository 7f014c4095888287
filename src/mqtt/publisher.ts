import type { Messages } from './messages.ts';

/** Publishes one retained message, and resolves when the broker has it. Rejects if the connection ends before that. */
export type Publish = (topic: string, payload: string) => Promise<unknown>;

/** How many messages are on their way at once. */
const MOST_UNDERWAY = 100;

/** Keeps what a broker has retained the same as what is wanted. */
export type Publisher = {
  /** From now on the topics of one's own should retain this, and nothing else. */
  want: (messages: Messages) => void;
  /** Publishes what is wanted to a broker that has been connected, and goes on with what changes. */
  begin: (publish: Publish) => void;
  /** That connection has ended, or was none: what it found is forgotten. */
  end: () => void;
  /** A topic of one's own that the broker has: removed, as soon as it is known that it is not wanted. */
  found: (topic: string) => void;
  /** Publishes again whatever is wanted, or one topic of it. */
  repeat: (topic?: string) => void;
};

/** @param isFirst whether a topic is removed before others: what announces them */
export function createPublisher(isFirst: (topic: string) => boolean): Publisher {
  let wanted: Messages | undefined;
  let publish: Publish | undefined;
  /** What this connection's broker has; an empty text: something that nobody here has published. */
  const published = new Map<string, string>();
  let work = Promise.resolve();
  let isPlanned = false;

  const differences = (): [topic: string, payload: string][] => {
    const target = wanted;
    if (target === undefined) return [];
    const gone = [...published.keys()].filter((topic) => !target.has(topic));
    const removed = gone.toSorted((one, other) => Number(isFirst(other)) - Number(isFirst(one)));
    const changed = [...target].filter(([topic, payload]) => published.get(topic) !== payload);
    return [...removed.map((topic): [string, string] => [topic, '']), ...changed];
  };

  const flush = async () => {
    isPlanned = false;
    const send = publish;
    if (send === undefined) return;
    await inParallel(differences(), MOST_UNDERWAY, async ([topic, payload]) => {
      if (publish !== send) return;
      await send(topic, payload);
      if (publish !== send) return;
      if (payload === '') published.delete(topic);
      else published.set(topic, payload);
    });
  };
  const plan = () => {
    if (isPlanned) return;
    isPlanned = true;
    // A failure is that of the connection, which ends, and is followed by `begin`.
    work = work.then(flush).catch(() => undefined);
  };
  return {
    want: (messages) => {
      wanted = messages;
      plan();
    },
    begin: (send) => {
      publish = send;
      plan();
    },
    end: () => {
      publish = undefined;
      published.clear();
    },
    found: (topic) => {
      if (published.has(topic)) return;
      published.set(topic, '');
      plan();
    },
    repeat: (topic) => {
      for (const each of topic === undefined ? (wanted?.keys() ?? []) : [topic])
        published.delete(each);
      plan();
    },
  };
}

/** The last one only after all others: it says that they can be relied on. */
async function inParallel<Item>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.slice(0, -1).values();
  const run = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: most }, run));
  for (const item of items.slice(-1)) await work(item);
}

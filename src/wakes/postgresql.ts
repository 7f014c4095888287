/** Hints between processes, by LISTEN and NOTIFY of PostgreSQL, and questions by HTTP: docs/decisions/0046. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, type Notification, escapeIdentifier } from 'pg';
import { backOff } from '../back-off.ts';
import type { DatabaseAddress } from '../config/database-address.ts';
import type { Said } from '../database/said.ts';
import { askOverHttp } from './http-questions.ts';
import { createSeals } from './questions.ts';
import { type Hint, type Wakes, createLocalWakes } from './wakes.ts';

const SHORTEST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;
/** Milliseconds from one statement to the next, which has all hints of that time. */
const GATHERING = 25;
/** So many hints wait for a connection; of more, the sweeps find what they say. */
const MOST_WAITING = 10_000;
const ANSWER_TIMEOUT = 10_000;

/** As the database's functions name them; a hint for a router ends with the word `ask`, or not. */
const CHANNELS = {
  user: 'netpilot_events',
  router: 'netpilot_router',
  ask: 'netpilot_router',
  alerts: 'netpilot_alerts',
} as const;
const ASK = / ask$/;

/**
 * Tells this process at once, and others by notifications of its own: the first at once, then one for the hints of 25 ms. A notification within the
 * transaction that it is about would hold a lock of the whole server until that one is on the disk.
 * @param onLost the connection is lost, or failed; it is tried again. Opened at the first `tell` or `hear`.
 * @param secretKey that of all processes; without it, only this one is asked
 */
export function createWakes(
  address: DatabaseAddress,
  onLost: (error: unknown) => void,
  secretKey?: string,
): Wakes {
  const seals = secretKey === undefined ? undefined : createSeals(secretKey);
  const counts = { told: 0, heard: 0 };
  const here = createLocalWakes();
  const waiting = new Map<string, Said>();
  const stopped = new AbortController();
  let connection: Client | undefined;
  let kept: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let sentAt = 0;
  let sending = Promise.resolve();

  const send = async () => {
    timer = undefined;
    if (connection === undefined || waiting.size === 0) return;
    const all = [...waiting.values()];
    waiting.clear();
    sentAt = performance.now();
    counts.told += all.length;
    await notify(connection, all).catch(onLost);
  };
  const plan = () => {
    const rest = sentAt + GATHERING - performance.now();
    timer ??= setTimeout(() => void (sending = sending.then(send)), Math.max(rest, 0));
  };
  const keep = () => {
    kept ??= keepConnected(address, stopped.signal, {
      onNotification: (said) => {
        const hint = hintOf(said);
        if (hint === undefined) return;
        counts.heard += 1;
        here.tell(hint);
      },
      onConnected: (client) => {
        connection = client;
        plan();
        here.lookAll();
      },
      onLost: (error) => {
        connection = undefined;
        // They look more often from now on.
        here.lookAll();
        onLost(error);
      },
    });
  };
  return {
    tell: (hint) => {
      here.tell(hint);
      if (stopped.signal.aborted) return;
      const said = saidOf(hint);
      if (waiting.size < MOST_WAITING) waiting.set(`${said.channel} ${said.payload}`, said);
      keep();
      plan();
    },
    hear: (topic, look, heard) => {
      keep();
      return here.hear(topic, look, heard);
    },
    ask: async (node, question, milliseconds) =>
      seals === undefined || here.answererOf(node.instance) !== undefined
        ? here.ask(node, question, milliseconds)
        : askOverHttp(seals, node, question, milliseconds),
    answer: here.answer,
    beat: here.beat,
    hearBeats: here.hearBeats,
    isConnected: () => connection !== undefined,
    count: () => counts,
    close: async () => {
      clearTimeout(timer);
      await sending.then(send);
      stopped.abort();
      await kept;
    },
  };
}

/** Tells what a transaction has changed. */
export function tellSaid(wakes: Wakes): (all: readonly Said[]) => void {
  return (all) => {
    for (const said of all) {
      const hint = hintOf(said);
      if (hint !== undefined) wakes.tell(hint);
    }
  };
}

/** What the database said of a change, as a hint. Undefined: nothing that this version knows. */
function hintOf({ channel, payload, node }: Said): Hint | undefined {
  switch (channel) {
    case CHANNELS.user:
      return { topic: 'user', key: payload };
    case CHANNELS.router:
      return { topic: ASK.test(payload) ? 'ask' : 'router', key: payload.replace(ASK, ''), node };
    case CHANNELS.alerts:
      return { topic: 'alerts', key: payload };
    default:
      return undefined;
  }
}

function saidOf({ topic, key }: Hint): Said {
  return { channel: CHANNELS[topic], payload: topic === 'ask' ? `${key} ask` : key };
}

async function notify(client: Client, all: readonly Said[]): Promise<void> {
  await client.query(
    'select pg_notify(channel, payload) from unnest($1::text[], $2::text[]) said (channel, payload)',
    [all.map(({ channel }) => channel), all.map(({ payload }) => payload)],
  );
}

type Connected = {
  /** Of another process; its own it knows already. */
  onNotification: (notification: Said) => void;
  /** Listening, at first and again after each loss: what was notified before has to be looked up. */
  onConnected: (client: Client) => void;
  onLost: (error: unknown) => void;
};

/** Keeps a connection that listens, and is opened again whenever it is lost. */
async function keepConnected(
  address: DatabaseAddress,
  signal: AbortSignal,
  { onNotification, onConnected, onLost }: Connected,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const client = new Client({
      ...address,
      application_name: 'netpilot wakes',
      // A hint that is lost with the server costs nothing.
      options: '-c synchronous_commit=off',
      connectionTimeoutMillis: 5_000,
      query_timeout: ANSWER_TIMEOUT,
      keepAlive: true,
    });
    client.on('error', () => undefined); // `lost` has it
    try {
      await client.connect();
      const lost = once(client, 'end', { signal });
      lost.catch(() => undefined);
      const own = await listen(client);
      client.on('notification', ({ processId, channel, payload = '' }: Notification) => {
        if (processId !== own) onNotification({ channel, payload });
      });
      failures = 0;
      onConnected(client);
      await lost;
      throw new Error('the connection has ended');
    } catch (error) {
      if (!signal.aborted) onLost(error);
    }
    await client.end().catch(() => undefined);
    failures += 1;
    const pause = backOff(failures, SHORTEST_PAUSE, LONGEST_PAUSE);
    await delay(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** Listens on every channel; gives the number of the connection's process at the server. */
async function listen(client: Client): Promise<number | undefined> {
  const channels = [...new Set(Object.values(CHANNELS))];
  await client.query(channels.map((channel) => `listen ${escapeIdentifier(channel)}`).join('; '));
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid;
}

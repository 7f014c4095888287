import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { backOff } from '../back-off.ts';
import type { DatabaseAddress } from '../config/database-address.ts';

const SHORTEST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

export type Listener = {
  onNotification: (payload: string) => void;
  /** Listening, at first and again after each loss: what was notified before has to be looked up. */
  onListening: () => void;
  /** The connection is lost, or failed; it is tried again. */
  onLost: (error: unknown) => void;
};

/**
 * Listens on a channel, on a connection of its own that is opened again whenever it is lost.
 * @param channel also the connection's name in PostgreSQL, with a space for the first underscore
 * @returns a function that stops it, and resolves once the connection is closed
 */
export function listen(
  address: DatabaseAddress,
  channel: string,
  listener: Listener,
): () => Promise<void> {
  const stopped = new AbortController();
  const listened = keepListening(address, channel, listener, stopped.signal);
  return () => {
    stopped.abort();
    return listened;
  };
}

async function keepListening(
  address: DatabaseAddress,
  channel: string,
  { onNotification, onListening, onLost }: Listener,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const client = new Client({
      ...address,
      application_name: channel.replace('_', ' '),
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    client.on('error', () => undefined); // `lost` has it
    client.on('notification', ({ payload = '' }) => onNotification(payload));
    try {
      await client.connect();
      const lost = once(client, 'end', { signal });
      lost.catch(() => undefined);
      await client.query(`listen ${escapeIdentifier(channel)}`);
      failures = 0;
      onListening();
      await lost;
      throw new Error('the connection has ended');
    } catch (error) {
      if (!signal.aborted) onLost(error);
    }
    await client.end().catch(() => undefined);
    failures += 1;
    const pause = backOff(failures, SHORTEST_PAUSE, LONGEST_PAUSE);
    await setTimeout(pause, undefined, { signal }).catch(() => undefined);
  }
}

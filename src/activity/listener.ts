import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import type { DatabaseAddress } from '../config/database-address.ts';

/** Where `0008_events.up.sql` says whose events or sessions have changed: a user's id, nothing else. */
const CHANNEL = 'netpilot_events';

const LONGEST_PAUSE_MS = 5_000;

export type Listening = {
  /** Something has been committed for that user: an event, or the end of a session. */
  onUser: (userId: string) => void;
  /** From now on every notification arrives; what was committed before this moment has to be looked up. */
  onConnected: () => void;
  /** The connection is lost, or cannot be had; it is tried again. */
  onError: (error: unknown) => void;
};

/**
 * Listens on one connection of its own, which is made again whenever it is lost, until it is stopped.
 * @param address the service's login
 * @returns a function that stops it, and resolves once the connection is closed
 */
export function listenForEvents(
  address: DatabaseAddress,
  listening: Listening,
): () => Promise<void> {
  const stopped = new AbortController();
  const listened = keepListening(address, listening, stopped.signal);
  return () => {
    stopped.abort();
    return listened;
  };
}

async function keepListening(
  address: DatabaseAddress,
  { onUser, onConnected, onError }: Listening,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const client = new Client({
      ...address,
      application_name: 'netpilot events',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    client.on('error', () => undefined);
    client.on('notification', ({ payload = '' }) => onUser(payload));
    try {
      await client.connect();
      const lost = once(client, 'end', { signal });
      lost.catch(() => undefined);
      await client.query(`listen ${CHANNEL}`);
      failures = 0;
      onConnected();
      await lost;
    } catch (error) {
      if (!signal.aborted) onError(error);
    }
    await client.end().catch(() => undefined);
    failures += 1;
    // Not all processes at the same moment, when the server is back.
    const pause = Math.min(LONGEST_PAUSE_MS, 100 * 2 ** failures) * (0.5 + Math.random() / 2);
    await setTimeout(pause, undefined, { signal }).catch(() => undefined);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import type { DatabaseAddress } from '../config/database-address.ts';

const RETRY_MS = 1_000;

export type ListenOptions = {
  onNotification: (payload: string) => void;
  /** Listening, at first and again after each loss: what was said in between was not heard. */
  onListening: () => void;
  onLost: (error: unknown) => void;
};

/**
 * Hears what is notified on a channel, on a connection of its own that is made again whenever it breaks.
 * @returns a function that stops it
 */
export async function listen(
  address: DatabaseAddress,
  channel: string,
  { onNotification, onListening, onLost }: ListenOptions,
): Promise<() => Promise<void>> {
  let isStopped = false;
  let current: Client | undefined;

  async function open(): Promise<void> {
    const client = new Client({
      ...address,
      application_name: 'netpilot listen',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    let isLost = false;
    const lose = (error: unknown) => {
      if (isLost || isStopped) return;
      isLost = true;
      onLost(error);
      void reopen();
    };
    client.on('error', lose);
    client.on('end', () => lose(new Error('the connection has ended')));
    client.on('notification', ({ payload = '' }) => onNotification(payload));
    current = client;
    try {
      await client.connect();
      await client.query(`listen ${escapeIdentifier(channel)}`);
    } catch (error) {
      lose(error);
      return;
    }
    onListening();
  }

  async function reopen(): Promise<void> {
    await current?.end().catch(() => undefined); // it is lost already
    await sleep(RETRY_MS);
    if (!isStopped) await open();
  }

  await open();
  return async () => {
    isStopped = true;
    await current?.end();
  };
}

/** People who block devices by the API for as long as they are let, and remember what was acknowledged. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import type { ClusterRouter } from './routers.ts';

const RETRY_MS = 200;
const LONGEST_ANSWER_MS = 20_000;
const LONGEST_MS = 180_000;

export type Changes = {
  /** Lets nobody begin another, waits until those under way are acknowledged, and gives how long each took: milliseconds. */
  stop: () => Promise<number[]>;
  count: () => number;
};

/** @param writers how many at once @param pause milliseconds of each between two */
export function startChanges(
  { url }: Pick<Cluster, 'url'>,
  routers: readonly ClusterRouter[],
  { writers = 4, pause = 0 } = {},
): Changes {
  const taken: number[] = [];
  const over = new AbortController();
  const write = async () => {
    while (!over.signal.aborted) {
      const router = routers[Math.floor(Math.random() * routers.length)];
      if (router === undefined) return;
      const mac = nextMac();
      const began = performance.now();
      await block(url, router, mac);
      router.acknowledged.add(mac);
      taken.push(performance.now() - began);
      await setTimeout(pause);
    }
  };
  const all = Array.from({ length: writers }, write);
  return {
    count: () => taken.length,
    stop: async () => {
      over.abort();
      await Promise.all(all);
      return taken;
    },
  };
}

/** Asks until it is acknowledged, always for the same one (Idempotency-Key). Throws if it is refused, or not stored in minutes. */
async function block(url: string, { routerId, cookie }: ClusterRouter, mac: string): Promise<void> {
  const key = randomUUID();
  const began = performance.now();
  for (;;) {
    if (performance.now() - began > LONGEST_MS) throw new RefusedError('a block is not stored');
    try {
      const answer = await fetch(`${url}/api/v1/routers/${routerId}/blocks`, {
        method: 'POST',
        body: JSON.stringify({ device_mac: mac }),
        headers: { 'content-type': 'application/json', 'idempotency-key': key, cookie },
        signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
      });
      const text = await answer.text();
      if (answer.status === 201) return;
      if (answer.status < 500 && answer.status !== 429 && answer.status !== 409)
        throw new RefusedError(`a block was refused: ${answer.status} ${text}`);
    } catch (error) {
      if (error instanceof RefusedError) throw error;
    }
    await setTimeout(RETRY_MS);
  }
}

class RefusedError extends Error {}

let macs = 0;

/** One that nobody has had. */
function nextMac(): string {
  const digits = (macs += 1).toString(16).padStart(10, '0');
  return `02${digits}`.replaceAll(/(..)(?=.)/g, '$1:');
}

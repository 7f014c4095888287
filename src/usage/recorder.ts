/** Stores the samples of all routers of this process, many at a time, each of them once. */
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { backOff } from '../back-off.ts';
import type { Database } from '../database/pool.ts';
import { type KeyedSample, joinSamples, sumUsed } from './sample.ts';

/** Routers in one round trip. */
const MOST_AT_ONCE = 200;
/** Milliseconds between two round trips: what comes in between goes together. */
const PAUSE = 250;
/** Milliseconds until the next try after a failure. */
const [SHORTEST, LONGEST] = [500, 30_000];
/** Milliseconds between two looks whether anything waits. */
const SETTLING = 20;
/** Samples of a router that wait one by one; more are joined. */
const MOST_WAITING = 4;

export interface UsageRecorder {
  /** Stores it soon. */
  take: (sample: KeyedSample) => void;
  /** Resolves when nothing waits, or storing has failed. */
  settled: () => Promise<void>;
}

type Waiting = {
  sample: KeyedSample;
  /** It may be in the database already: it is stored again as it is, under the same number, or not at all. */
  isTried: boolean;
};

/** Stores samples in one round trip; those that are stored already change nothing. */
export async function recordUsage(
  database: Database,
  samples: readonly KeyedSample[],
): Promise<void> {
  await sql`select record_usage(${JSON.stringify(samples)})`.execute(database);
}

const keyOf = ({ user_id, router_id }: KeyedSample) => `${user_id} ${router_id}`;

/** What waits, by router. */
function createQueues() {
  const queues = new Map<string, Waiting[]>();
  return {
    add: (sample: KeyedSample): void => {
      const queue = queues.get(keyOf(sample)) ?? [];
      queues.set(keyOf(sample), queue);
      const last = queue.at(-1);
      const isJoined =
        last !== undefined &&
        !last.isTried &&
        (last.sample.source === sample.source || queue.length >= MOST_WAITING);
      if (!isJoined) {
        queue.push({ sample, isTried: false });
        return;
      }
      last.sample = joinSamples(last.sample, sample);
    },
    /** The first of each router, of so many routers. */
    next: (): Waiting[] =>
      [...queues.values()].slice(0, MOST_AT_ONCE).flatMap(([first]) => first ?? []),
    /** The first of its router is stored. */
    remove: ({ sample }: Waiting): void => {
      const [, ...rest] = queues.get(keyOf(sample)) ?? [];
      if (rest.length === 0) queues.delete(keyOf(sample));
      else queues.set(keyOf(sample), rest);
    },
    size: () => queues.size,
  };
}

/** @param store see recordUsage() */
export function createUsageRecorder(
  store: (samples: readonly KeyedSample[]) => Promise<void>,
  onError: (error: unknown) => void,
): UsageRecorder {
  const queues = createQueues();
  let isRunning = false;
  let failures = 0;

  async function storeBatch(batch: readonly Waiting[]): Promise<void> {
    for (const waiting of batch) waiting.isTried = true;
    await store(batch.map(({ sample }) => sample));
    failures = 0;
    for (const waiting of batch) queues.remove(waiting);
  }

  /** One that cannot be stored does not hold up the others. */
  async function storeEach(batch: readonly Waiting[]): Promise<void> {
    let failed = 0;
    for (const waiting of batch.length > 1 ? batch : [])
      await storeBatch([waiting]).catch(() => (failed += 1));
    if (batch.length > 1 && failed < batch.length) return;
    failures += 1;
    await delay(backOff(failures, SHORTEST, LONGEST));
  }

  async function run(): Promise<void> {
    while (queues.size() > 0) {
      const batch = queues.next();
      try {
        await storeBatch(batch);
        await delay(PAUSE);
      } catch (error) {
        onError(error);
        await storeEach(batch);
      }
    }
    isRunning = false;
  }

  return {
    take: (sample) => {
      queues.add({ ...sample, devices: sumUsed(sample.devices) });
      if (isRunning) return;
      isRunning = true;
      void run();
    },
    settled: async () => {
      const isPending = () => queues.size() > 0 && failures === 0;
      while (isPending()) await delay(SETTLING);
    },
  };
}

/** Stores what one router tells besides: its own facts, where devices are, what they use, how the internet answers. */
import { randomUUID } from 'node:crypto';
import { type PlacedDevice, recordPlaces } from '../devices/place.ts';
import { type ReportedFacts, recordFacts } from '../routers/facts.ts';
import type { Health } from '../routers/health.ts';
import { type ConnectionOf, counts } from '../routers/presence.ts';
import type { UsageRecorder } from '../usage/recorder.ts';
import type { UsageSample } from '../usage/sample.ts';
import type { Fact } from './driver.ts';
import type { Measure } from './measurements.ts';
import { createRounds } from './rounds.ts';
import type { RouterDatabase } from './router-database.ts';
import type { RouterQuotas } from './router-limits.ts';

/** The most devices whose places are kept in memory for a router. */
const MOST_PLACES = 4_096;

/** The most targets whose health waits to be stored: a router is asked for two. */
const MOST_TARGETS = 2;

/** What it works with. */
export type FactServices = {
  database: RouterDatabase;
  quotas: RouterQuotas;
  /** Stores what devices use. */
  recorder: UsageRecorder;
  measure: Measure;
};

export interface FactStore {
  /** Stores it soon. */
  take: (fact: Fact) => void;
  /** What the router sees is stored: devices may be known now that were not when their places came. */
  onStored: (seen: { discovered: number; complete: boolean }) => void;
  /** Resolves once nothing is left to store. */
  settled: () => Promise<void>;
}

/** One write at a time: of what comes in the meantime, the latest of each kind is the next. */
export function createFactStore(
  { database, quotas, recorder, measure }: FactServices,
  router: ConnectionOf,
  onError: (error: unknown) => void,
): FactStore {
  const places = createPlaceStore(database, quotas, router);
  let facts: ReportedFacts | undefined;
  /** Of this connection alone: its samples have numbers of their own. */
  const source = randomUUID();
  let number = 0;
  const health = new Map<string, Health>();

  async function storeFacts(): Promise<void> {
    const said = facts;
    facts = undefined;
    if (said === undefined || !quotas.mayChange(router)) return;
    await database.asUser(router.user_id, async (transaction) => {
      if (await counts(transaction, router)) await recordFacts(transaction, router, said);
    });
    quotas.countChanges(router, 1);
  }

  function takeUsage({ milliseconds, counting, devices }: UsageSample): void {
    number += 1;
    const { user_id, router_id } = router;
    recorder.take({ user_id, router_id, source, number, milliseconds, counting, devices });
  }

  async function storeHealth(): Promise<void> {
    const samples = [...health.values()];
    health.clear();
    if (samples.length === 0 || !quotas.mayChange(router)) return;
    quotas.countChanges(router, (await measure({ ...router, samples })) ?? 0);
  }

  const rounds = createRounds(async () => {
    await storeFacts();
    await places.store();
    await storeHealth();
  }, onError);

  return {
    take: (fact) => {
      if (fact.kind === 'place') places.take(fact);
      else if (fact.kind === 'router') facts = fact;
      else if (fact.kind === 'usage') takeUsage(fact);
      else if (health.size < MOST_TARGETS || health.has(fact.target)) health.set(fact.target, fact);
      rounds.request();
    },
    onStored: (seen) => {
      if (places.onStored(seen)) rounds.request();
    },
    settled: rounds.idle,
  };
}

/** Where the devices of a router are: stored once its first scan is, as they may not be known before. */
function createPlaceStore(database: RouterDatabase, quotas: RouterQuotas, router: ConnectionOf) {
  const places = new Map<string, PlacedDevice>();
  let unstored = new Set<string>();
  let isScanned = false;
  return {
    take: (place: PlacedDevice): void => {
      if (!places.has(place.mac) && places.size === MOST_PLACES) return;
      places.set(place.mac, place);
      unstored.add(place.mac);
    },
    store: async (): Promise<void> => {
      if (!isScanned || unstored.size === 0 || !quotas.mayChange(router)) return;
      const said = [...unstored].flatMap((mac) => places.get(mac) ?? []);
      unstored = new Set();
      const storing = database.runFor(router.user_id, (shared) =>
        recordPlaces(shared, router, said),
      );
      const changed = await storing.catch((error: unknown) => {
        for (const { mac } of said) unstored.add(mac);
        throw error;
      });
      quotas.countChanges(router, changed);
    },
    /** Whether places are to be stored now: of devices that were not known before. */
    onStored: ({ discovered, complete }: { discovered: number; complete: boolean }): boolean => {
      if (discovered === 0 && (isScanned || !complete)) return false;
      isScanned ||= complete;
      unstored = new Set(places.keys());
      return true;
    },
  };
}

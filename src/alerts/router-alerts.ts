/** When somebody is told that a router or its internet is away or back, and that a change waits. Pure. */
import type { AlertEvent, LinkedFacts, RouterFacts, Verdict } from './alerts-of.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** A router that restarts, or a line that is dialled anew each night, is not away. */
const ROUTER_GRACE = 5 * MINUTE;
/** A router that is back measures its internet within that time, if it does. */
const MEASURES_WITHIN = 15 * MINUTE;
const CHANGE_GRACE = 10 * MINUTE;
const LONGEST_WATCH = 24 * 60 * MINUTE;
/** Two events of one moment. */
const SLACK = 5 * SECOND;

/** Only of an outage that is known: a service that stops lets its routers go, and they are not away for that. */
export function routerAway({ at }: AlertEvent, { now, router }: LinkedFacts): Verdict {
  if (router.isConnected) return 'nothing';
  const since = router.awaySince;
  // It was back since: its next absence has an event of its own.
  if (since === null || since > at + SLACK) return 'nothing';
  if (now < since + ROUTER_GRACE) return { wait: since + ROUTER_GRACE - now };
  return { kind: 'router_away', at: since, ...about(router, { since }) };
}

/**
 * Only to those who were told that it is away. Those who were told that its internet is down, and not that it is away after that, hear when that is
 * over: its outage ended with the connection.
 */
export function routerBack({ at }: AlertEvent, { now, router, told }: LinkedFacts): Verdict {
  if (told === undefined) return 'nothing';
  const since = told.since ?? told.at;
  // The absence that was told came after this connection.
  if (since > at) return 'nothing';
  if (told.kind === 'router_away')
    return { kind: 'router_back', at, ...about(router, { since, until: at }) };
  if (told.kind !== 'internet_down') return 'nothing';
  // That it is back will have an event of its own.
  if (!router.isConnected || router.internetDownSince !== null) return 'nothing';
  if (router.isAnswered)
    return { kind: 'internet_back', at, ...about(router, { since, until: at }) };
  return now < at + MEASURES_WITHIN ? { wait: MINUTE } : 'nothing';
}

/** While the router is away, that is what is told. */
export function internetDown({ at, data }: AlertEvent, { now, router }: LinkedFacts): Verdict {
  if (!router.isConnected) return 'nothing';
  const since = instantOf(data['since']) ?? at;
  // It was up since: the next time has an event of its own.
  if (router.internetDownSince === null || router.internetDownSince > at + SLACK) return 'nothing';
  if (now < since + ROUTER_GRACE) return { wait: since + ROUTER_GRACE - now };
  return { kind: 'internet_down', at, ...about(router, { since }) };
}

/** Only to those who were told that it is down. */
export function internetBack({ at }: AlertEvent, { router, told }: LinkedFacts): Verdict {
  if (told?.kind !== 'internet_down') return 'nothing';
  const since = told.since ?? told.at;
  return since > at
    ? 'nothing'
    : { kind: 'internet_back', at, ...about(router, { since, until: at }) };
}

/** Once until the router has applied something again. That it is away is told already. */
export function changeWaits({ at, data }: AlertEvent, { now, router, told }: LinkedFacts): Verdict {
  const revision = data['policy_revision'];
  if (typeof revision !== 'number') return 'nothing';
  if (router.appliedRevision >= revision || now > at + LONGEST_WATCH) return 'nothing';
  if (told !== undefined && told.at > (router.appliedAt ?? 0)) return 'nothing';
  if (now < at + CHANGE_GRACE) return { wait: at + CHANGE_GRACE - now };
  if (!router.isConnected) return { wait: CHANGE_GRACE };
  const alert = about(router, { since: at, until: now });
  return { kind: 'change_waits', at, ...alert, thing: `${alert.thing}:policy` };
}

export function routerThing(routerId: string): string {
  return `router:${routerId}`;
}

function about({ id, name }: RouterFacts, { since, until }: { since: number; until?: number }) {
  return {
    thing: routerThing(id),
    path: '/routers',
    facts: {
      router: { router_id: id, name },
      since: new Date(since).toISOString(),
      ...(until !== undefined && { seconds: Math.round((until - since) / SECOND) }),
    },
    actions: [],
  };
}

function instantOf(value: unknown): number | undefined {
  const instant = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}

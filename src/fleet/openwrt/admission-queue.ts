/** Who may log in now, who waits and who has to go. It has no sockets and no timers: admission.ts acts on it. */
import { createFailures } from './failures.ts';
import { type Places, type Stranger, createCounts, createPlaces } from './places.ts';

export type QueueLimits = {
  /** Connections that log in at the same time. As many places again are kept for known networks. */
  strangers: number;
  /** A network where so many have failed lately has no more than so many at the same time, unless it is known. */
  strangersPerNetwork: number;
  /** Connections that wait for their turn, and for how many milliseconds. */
  waiting: number;
  waitingTime: number;
};

/** The event loop is late by so many milliseconds: those who are inside wait already. */
const MOST_LAG = 100;
/** Then so many log in at a time, and of known networks as many: a machine that others keep busy always lags. */
const MOST_WHEN_LATE = 64;
/** Let in from one look to the next: what they cost is seen as lag by then. */
const MOST_AT_ONCE = 64;

/** The time, and how late the event loop is, in milliseconds. */
export type Moment = { now: number; lag: number };

/** Who is let in, and who has to go. */
export type Verdict<Who> = { admitted: Who[]; ended: Who[] };

export interface AdmissionQueue<Who> {
  /** Somebody comes: is let in, waits, or has to go. */
  arrive: (who: Who, network: string, moment: Moment) => Verdict<Who>;
  /** Some time has passed: lets in some of those who wait. */
  look: (moment: Moment) => Verdict<Who>;
  /** One who is inside has said a first line. */
  hear: (who: Who) => void;
  /** Has logged in, or has failed to. Does nothing the second time. */
  leave: (who: Who, hasLoggedIn: boolean, now: number) => void;
}

/**
 * First come, first served; but known networks before others, and those where nobody has failed lately before others of their kind.
 * @param isKnown a linked key has logged in from that network
 */
export function createAdmissionQueue<Who>(
  limits: QueueLimits,
  isKnown: (network: string) => boolean,
): AdmissionQueue<Who> {
  const failures = createFailures();
  const places = {
    known: createPlaces<Who>(limits.strangers),
    unknown: createPlaces<Who>(limits.strangers),
  };
  const queue = createQueue<Who>(limits.waiting);
  let left = MOST_AT_ONCE;

  /** Of a network where many have failed. */
  const hasTooMany = (network: string, now: number) =>
    failures.of(network, now) >= limits.strangersPerNetwork &&
    places.unknown.countOf(network) + queue.countOf(network) >= limits.strangersPerNetwork;
  const placesOf = (network: string) => (isKnown(network) ? places.known : places.unknown);

  /** False: there is no place. */
  function admit(
    stranger: Stranger<Who>,
    { now, lag }: Moment,
    { admitted, ended }: Verdict<Who>,
  ): boolean {
    const own = placesOf(stranger.network);
    const entered = (lag < MOST_LAG || own.size() < MOST_WHEN_LATE) && own.enter(stranger, now);
    if (!entered) return false;
    const { loser } = entered;
    if (loser !== undefined) {
      failures.count(loser.network, now);
      ended.push(loser.who);
    }
    admitted.push(stranger.who);
    left -= 1;
    return true;
  }

  return {
    arrive: (who, network, moment) => {
      const { now } = moment;
      const verdict: Verdict<Who> = { admitted: [], ended: [] };
      const stranger = { who, network, since: now };
      if (!isKnown(network) && hasTooMany(network, now)) return { admitted: [], ended: [who] };
      const isTurn = queue.size() === 0 && left > 0;
      if (isTurn && admit(stranger, moment, verdict)) return verdict;
      const last = queue.join(stranger);
      return { admitted: [], ended: last === undefined ? [] : [last.who] };
    },

    look: (moment) => {
      const { now } = moment;
      const ended = queue.leaveBefore(now - limits.waitingTime);
      const verdict: Verdict<Who> = { admitted: [], ended };
      left = MOST_AT_ONCE;
      const rank = (network: string) =>
        (isKnown(network) ? 0 : 2) + (failures.of(network, now) > 0 ? 1 : 0);
      const full = new Set<Places<Who>>();
      for (const stranger of queue.inOrder(rank)) {
        const own = placesOf(stranger.network);
        if (full.has(own)) continue;
        if (left === 0) break;
        if (admit(stranger, moment, verdict)) queue.leave(stranger.who);
        else full.add(own);
      }
      return verdict;
    },

    hear: (who) => {
      places.known.hear(who);
      places.unknown.hear(who);
    },

    leave: (who, hasLoggedIn, now) => {
      queue.leave(who);
      const stranger = places.known.leave(who) ?? places.unknown.leave(who);
      if (stranger !== undefined && !hasLoggedIn) failures.count(stranger.network, now);
    },
  };
}

/** Those who wait, in the order in which they came. */
function createQueue<Who>(most: number) {
  const waiting = new Map<Who, Stranger<Who>>();
  const counts = createCounts();

  function leave(who: Who): void {
    const stranger = waiting.get(who);
    if (stranger === undefined) return;
    waiting.delete(who);
    counts.change(stranger.network, -1);
  }

  /** Who goes when there are too many: the newcomer, if its network has its share, else the last of the largest one. */
  function surplus(newcomer: Stranger<Who>): Stranger<Who> {
    if (counts.of(newcomer.network) > waiting.size / counts.networks()) return newcomer;
    const largest = counts.largest();
    return [...waiting.values()].findLast(({ network }) => network === largest) ?? newcomer;
  }

  return {
    size: () => waiting.size,
    countOf: counts.of,
    leave,
    /** @returns who has to go for that */
    join: (stranger: Stranger<Who>): Stranger<Who> | undefined => {
      waiting.set(stranger.who, stranger);
      counts.change(stranger.network, 1);
      if (waiting.size <= most) return undefined;
      const last = surplus(stranger);
      leave(last.who);
      return last;
    },
    /** @returns who came before that, and waits no more */
    leaveBefore: (moment: number): Who[] => {
      const late: Who[] = [];
      for (const { who, since } of waiting.values()) {
        if (since > moment) break;
        late.push(who);
      }
      for (const who of late) leave(who);
      return late;
    },
    /** @param rankOf a network: those with the lowest come first */
    inOrder: (rankOf: (network: string) => number): Stranger<Who>[] => {
      const ranks = new Map<string, number>();
      const rank = ({ network }: Stranger<Who>) => {
        const found = ranks.get(network) ?? rankOf(network);
        ranks.set(network, found);
        return found;
      };
      const ranked = [...waiting.values()].map((stranger) => ({ stranger, rank: rank(stranger) }));
      return ranked.toSorted((one, other) => one.rank - other.rank).map(({ stranger }) => stranger);
    },
  };
}

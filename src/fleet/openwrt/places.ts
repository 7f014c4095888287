/** The places of those who are logging in. */

/** Milliseconds after which one who says nothing, or talks and does not log in, may lose the place to another. */
const SILENT_FOR = 1_000;
const TALKING_FOR = 5_000;

/** One who has not logged in. `since`: when it came, or got its place. */
export type Stranger<Who> = { who: Who; network: string; since: number };

type Inside<Who> = Stranger<Who> & { isSilent: boolean };

export interface Places<Who> {
  /** Gives a place, if there is one or somebody has had one for too long; gives who loses it, too. False: there is none. */
  enter: (stranger: Stranger<Who>, now: number) => false | { loser: Stranger<Who> | undefined };
  /** Has said a first line. */
  hear: (who: Who) => void;
  leave: (who: Who) => Stranger<Who> | undefined;
  size: () => number;
  countOf: (network: string) => number;
}

export function createPlaces<Who>(most: number): Places<Who> {
  /** Oldest first. */
  const inside = new Map<Who, Inside<Who>>();
  const counts = createCounts();

  function leave(who: Who): Stranger<Who> | undefined {
    const stranger = inside.get(who);
    if (stranger === undefined) return undefined;
    inside.delete(who);
    counts.change(stranger.network, -1);
    return stranger;
  }

  /** Of the network that has the most of them, the oldest. */
  function overdue(now: number): Stranger<Who> | undefined {
    let found: Stranger<Who> | undefined;
    for (const stranger of inside.values()) {
      if (now - stranger.since < (stranger.isSilent ? SILENT_FOR : TALKING_FOR)) continue;
      const isWorse = found === undefined || counts.of(stranger.network) > counts.of(found.network);
      if (isWorse) found = stranger;
    }
    return found;
  }

  return {
    enter: ({ who, network }, now) => {
      const loser = inside.size < most ? undefined : overdue(now);
      if (loser !== undefined) leave(loser.who);
      if (inside.size >= most) return false;
      inside.set(who, { who, network, since: now, isSilent: true });
      counts.change(network, 1);
      return { loser };
    },
    hear: (who) => {
      const stranger = inside.get(who);
      if (stranger !== undefined) stranger.isSilent = false;
    },
    leave,
    size: () => inside.size,
    countOf: counts.of,
  };
}

/** How many of each network there are. */
export function createCounts() {
  const counts = new Map<string, number>();
  const countOf = (network: string) => counts.get(network) ?? 0;
  return {
    of: countOf,
    change: (network: string, by: 1 | -1): void => {
      const count = countOf(network) + by;
      if (count === 0) counts.delete(network);
      else counts.set(network, count);
    },
    networks: () => counts.size,
    /** The network that has the most. */
    largest: () =>
      [...counts].reduce((one, other) => (other[1] > one[1] ? other : one), ['', 0])[0],
  };
}

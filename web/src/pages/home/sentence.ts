/** What the sentence about a home is made of. */
export type HomeFacts = {
  home: string;
  /** The routers that are linked. */
  routers: readonly RouterFacts[];
  /** Names of the new devices about which nobody has decided. */
  newcomers: readonly string[];
  asks: readonly { name: string; minutes: number }[];
  /** Whether the person who looks may decide about these. */
  canDecide: boolean;
};

export type RouterFacts = {
  name: string;
  state: 'ok' | 'internet_down' | 'away' | 'never_connected' | 'unknown';
  /** Since when it is in this state, if anybody knows. */
  since: string | null;
  /** How many devices are behind it. */
  devices: number;
  /** Whether it does what was decided: `late` if it has not said so for a while. */
  changes: 'applied' | 'refused' | 'late';
  /** How many of them it refused; 0: it took none of the last change. */
  refused: number;
};

/** The worst first. */
export type LeadState = 'danger' | 'warning' | 'waiting' | 'neutral' | 'good';

/** One sentence: the name of its text (`home.lead`), what fills it in, and the moment that it speaks of. */
export type Lead = {
  state: LeadState;
  text:
    | 'well'
    | 'quiet'
    | 'internetDown'
    | 'noInternet'
    | 'away'
    | 'neverConnected'
    | 'refused'
    | 'late'
    | 'asks'
    | 'newcomers'
    | 'asksAndNewcomers'
    | 'undecided';
  values: Record<string, string | number>;
  since: string | null;
};

/** Says how a home is: what is worst, or that all is well. A home without a router has nothing to say yet. */
export function sentenceOf(facts: HomeFacts): Lead {
  return ofRouters(facts) ?? ofDecisions(facts) ?? ofNothing(facts);
}

function ofRouters({ home, routers }: HomeFacts): Lead | undefined {
  const inState = (state: RouterFacts['state']) => routers.filter((each) => each.state === state);
  const [down, away, unseen] = [
    inState('internet_down'),
    inState('away'),
    inState('never_connected'),
  ];
  if (down.length > 0 && down.length === routers.length)
    return { state: 'danger', text: 'internetDown', values: { home }, since: earliest(down) };
  if (down.length > 0)
    return { state: 'danger', text: 'noInternet', values: named(down), since: earliest(down) };
  const refusing = routers.filter(({ changes }) => changes === 'refused');
  // What is called blocked may not be.
  const refused = refusing.reduce((sum, each) => sum + each.refused, 0);
  if (refusing.length > 0)
    return {
      state: 'danger',
      text: 'refused',
      values: { ...named(refusing), refused },
      since: null,
    };
  if (away.length > 0) {
    const devices = away.reduce((sum, each) => sum + each.devices, 0);
    return {
      state: away.length === routers.length ? 'danger' : 'warning',
      text: 'away',
      values: { ...named(away), devices },
      since: earliest(away),
    };
  }
  if (unseen.length > 0)
    return { state: 'warning', text: 'neverConnected', values: named(unseen), since: null };
  const late = routers.filter(({ changes }) => changes === 'late');
  if (late.length > 0) return { state: 'warning', text: 'late', values: named(late), since: null };
  return undefined;
}

function ofDecisions({ newcomers, asks, canDecide }: HomeFacts): Lead | undefined {
  const waiting = { state: 'waiting', since: null } as const;
  const [device = ''] = newcomers;
  const [ask] = asks;
  const devices = newcomers.length;
  if (devices + asks.length === 0) return undefined;
  if (!canDecide)
    return { ...waiting, text: 'undecided', values: { count: devices + asks.length } };
  if (ask === undefined)
    return { ...waiting, text: 'newcomers', values: { count: devices, name: device } };
  if (devices > 0)
    return { ...waiting, text: 'asksAndNewcomers', values: { asks: asks.length, devices } };
  return { ...waiting, text: 'asks', values: { count: asks.length, ...ask } };
}

/** `well` only if every router says that the internet answers. */
function ofNothing({ routers }: HomeFacts): Lead {
  const isWell = routers.length > 0 && routers.every(({ state }) => state === 'ok');
  return {
    state: isWell ? 'good' : 'neutral',
    text: isWell ? 'well' : 'quiet',
    values: {},
    since: null,
  };
}

function named(routers: readonly RouterFacts[]): { name: string; count: number } {
  return { name: routers[0]?.name ?? '', count: routers.length };
}

/** Of several the sentence says no moment that is true of one only. */
function earliest([first, ...others]: readonly RouterFacts[]): string | null {
  return first !== undefined && others.length === 0 ? first.since : null;
}

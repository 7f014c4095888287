/** A model of a router with its agent: it holds what it was told last, whatever becomes of its connections. */
import { type Report, type RouterSession, SessionEndedError } from '../../src/fleet/driver.ts';
import type { Feature } from '../../src/routers/features.ts';
import type { Random } from '../../src/simulator/random.ts';
import type { Clock } from './clock.ts';
import type { Client } from './database.ts';

/** Either side notices after this time, or twice as long, that the other says nothing. */
const NOTICED = 30_000;
const HANDSHAKE = 200;
const HANDSHAKE_TIMEOUT = 10_000;
const FIRST_WAIT = 3_000;
/** Who does not dial anew when told to is ended. */
const REDIALLING = 5_000;
const FEATURES: ReadonlySet<Feature> = new Set(['redial']);

/** A node as routers see it. */
export type Listener = Client & {
  /** Its balancer knows that it wants nobody. */
  isRefusing: boolean;
  /** Lets a router in; undefined: it listens no more. */
  greet: ((router: SimulatedRouter, connect: () => RouterSession) => Promise<void>) | undefined;
};

export type SimulatedRouter = {
  id: string;
  revision: number;
  blocked: readonly string[];
  /** Whether it does that, as far as it was told to: somebody may have changed its rules, or its whole storage, by hand. */
  state: 'intact' | 'drifted' | 'restored';
  /** Since when a node that holds it has been told that it does not. */
  knownSince: number | undefined;
  link: Link | undefined;
  /** Since when it has no connection. */
  offlineSince: number;
  /** The longest that it was without one since somebody asked. */
  longestOffline: number;
};

/** A connection. Its lines come in order, or not at all. */
export type Link = {
  router: SimulatedRouter;
  node: Listener;
  /** No line gets through, and nobody is told. */
  isCut: boolean;
  /** The router has ended it, or noticed its end. */
  isLeft: boolean;
  /** As the node notices it. */
  ended: PromiseWithResolvers<string>;
};

/** Where routers live. */
export type Surroundings = {
  clock: Clock;
  random: Random;
  nodes: readonly Listener[];
  /** What is on its way to a router now comes late, and more than once. */
  isUnsteady: boolean;
  /** A router is sent a policy, and holds it afterwards. */
  onSent: (router: SimulatedRouter, revision: number) => void;
  onHeld: (router: SimulatedRouter) => void;
  /** They say that they have applied what they have not: a fault. */
  areLying: boolean;
};

/** What a revision blocks. */
export function deviceOf(revision: number): string {
  return `02:00:00:00:00:${revision.toString(16).padStart(2, '0')}`;
}

/** Connects to any node that is up, and does so again whenever that ends. */
export function dial(around: Surroundings, router: SimulatedRouter): void {
  const { clock, random, nodes } = around;
  if (router.link !== undefined) return;
  const again = () => clock.plan(random() * FIRST_WAIT, () => dial(around, router));
  const up = nodes.filter(({ isDead, isRefusing }) => !isDead && !isRefusing);
  const node = up[Math.floor(random() * up.length)];
  if (node === undefined) return again();
  let state: 'waiting' | 'open' | 'refused' = 'waiting';
  const connect = () => {
    if (state === 'refused' || router.link !== undefined)
      throw new SessionEndedError('the router has gone');
    state = 'open';
    return open(around, router, node);
  };
  const greet = () =>
    void (node.greet?.(router, connect) ?? Promise.reject(new Error('refused'))).catch(() => {
      if (state === 'waiting') state = 'refused';
    });
  // To a frozen process, too, the kernel connects; it says nothing.
  clock.plan(random() * HANDSHAKE, greet, node);
  const look = (waited: number) => {
    if (state === 'open') return undefined;
    if (node.isDead || waited > HANDSHAKE_TIMEOUT) state = 'refused';
    if (state === 'refused') return again();
    return clock.plan(HANDSHAKE, () => look(waited + HANDSHAKE));
  };
  return clock.plan(HANDSHAKE, () => look(HANDSHAKE));
}

/** Both sides notice. */
export function reset(around: Surroundings, link: Link): void {
  const { clock, random } = around;
  leave(around, link, random() * FIRST_WAIT);
  clock.plan(random() * 10, () => link.ended.resolve('reset'), link.node);
}

function open(around: Surroundings, router: SimulatedRouter, node: Listener): RouterSession {
  const ended = Promise.withResolvers<string>();
  const link: Link = { router, node, isCut: false, isLeft: false, ended };
  router.link = link;
  router.knownSince = undefined;
  noteOffline(router, around.clock.now());
  keepAlive(around, link);
  return converse(around, link);
}

/** How long it has been without a connection, if it has none, or had none until now. */
export function noteOffline(router: SimulatedRouter, now: number): void {
  router.longestOffline = Math.max(router.longestOffline, now - router.offlineSince);
}

/** The router ends it, and dials anew after a while. */
function leave(around: Surroundings, link: Link, wait: number): void {
  const { clock, random } = around;
  const { router, node, ended } = link;
  if (link.isLeft) return;
  link.isLeft = true;
  router.link = undefined;
  router.offlineSince = clock.now();
  if (!link.isCut) clock.plan(random() * 10, () => ended.resolve('it hung up'), node);
  clock.plan(wait, () => dial(around, router));
}

/** Each side notices after a while that the other says nothing. */
function keepAlive(around: Surroundings, link: Link): void {
  const { clock, random } = around;
  const patience = NOTICED * (1 + random());
  let silent = 0;
  let isNoticed = false;
  const look = () => {
    if (link.isLeft) return;
    if (link.node.isDead && !link.isCut) return leave(around, link, random() * FIRST_WAIT);
    if (link.isCut && !isNoticed) {
      isNoticed = true;
      clock.plan(NOTICED * (1 + random()), () => link.ended.resolve('no answer'), link.node);
    }
    silent = link.isCut || link.node.frozenUntil > clock.now() ? silent + 1_000 : 0;
    if (silent >= patience) return leave(around, link, random() * FIRST_WAIT);
    return clock.plan(1_000, look);
  };
  clock.plan(1_000, look);
}

/** The node's end of it. */
function converse(around: Surroundings, link: Link): RouterSession {
  const { clock, random, onSent, onHeld, areLying } = around;
  const { router, ended } = link;
  const ask = createAsk(around, link);
  const report = (): Report => ({
    revision: router.revision,
    state: router.revision === 0 ? 'none' : router.state === 'drifted' ? 'drifted' : 'intact',
    limiter: 'nft',
    clock: null,
  });
  /** The router hears it, soon or late, once or twice. */
  const tell = (wait: () => number) => {
    const [latest, times] = around.isUnsteady ? [4_000, 2] : [100, 1];
    for (let time = 0; time < times; time += 1)
      clock.plan(random() * latest, () => {
        if (!link.isCut) leave(around, link, wait());
      });
  };
  const close = (reason: string) => {
    ended.resolve(reason);
    tell(() => random() * FIRST_WAIT);
  };
  const redial = (reason: string) => {
    tell(() => 0);
    clock.plan(REDIALLING, () => close(reason), link.node);
  };
  return {
    capabilities: { version: '2', limiter: 'nft', lan: '', features: FEATURES },
    report: report(),
    ended: ended.promise,
    status: async () => {
      const said = await ask(report);
      if (router.state !== 'intact') router.knownSince ??= clock.now();
      return said;
    },
    apply: (revision, { blocked }) =>
      ask(() => {
        onSent(router, revision);
        if (!areLying)
          Object.assign(router, { revision, blocked, state: 'intact', knownSince: undefined });
        onHeld(router);
        return { isApplied: true, refused: [] } as const;
      }),
    scan: () => ask(() => []),
    update: () => Promise.resolve('not-here'),
    ask: () => undefined,
    watch: () => undefined,
    unlink: () => close('unlinked'),
    redial,
    move: (_to, reason) => close(reason),
    close,
  };
}

/** Says something to the router; gives what it says to that. */
function createAsk({ clock, random }: Surroundings, link: Link) {
  const { node } = link;
  let isOpen = true;
  let [down, up] = [0, 0];
  const failed = link.ended.promise.then((reason) => {
    isOpen = false;
    throw new SessionEndedError(reason);
  });
  failed.catch(() => undefined);
  return async <Answer>(act: () => Answer): Promise<Answer> => {
    if (!isOpen) throw new SessionEndedError('it has ended');
    const { promise, resolve } = Promise.withResolvers<Answer>();
    down = Math.max(down, clock.now() + random() * 100);
    clock.plan(down - clock.now(), () => {
      if (link.isCut || link.isLeft) return;
      const answer = act();
      up = Math.max(up, clock.now() + random() * 100);
      const arrive = () => {
        if (!link.isCut) resolve(answer);
      };
      clock.plan(up - clock.now(), arrive, node);
    });
    return Promise.race([promise, failed]);
  };
}

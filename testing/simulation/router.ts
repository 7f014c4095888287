/** A model of a router with its agent: it holds what it was told last, whatever becomes of its connections. */
import { type Report, type RouterSession, SessionEndedError } from '../../src/fleet/driver.ts';
import { NO_FEATURES } from '../../src/routers/features.ts';
import type { Random } from '../../src/simulator/random.ts';
import type { Clock, Process } from './clock.ts';

/** dropbear's `-K 15`, three times. */
const KEPT_ALIVE = 45_000;
/** A ping that is not answered. */
const NODE_NOTICES = 40_000;
const HANDSHAKE = 200;
const HANDSHAKE_TIMEOUT = 10_000;
const FIRST_WAIT = 3_000;

export type Node = Process & {
  name: string;
  accept: (router: SimulatedRouter, session: RouterSession) => void;
};

export type SimulatedRouter = {
  id: string;
  revision: number;
  blocked: readonly string[];
  /** Somebody has changed its rules by hand. */
  isDrifted: boolean;
  link: Link | undefined;
};

/** A connection. Its lines come in order, or not at all. */
export type Link = {
  router: SimulatedRouter;
  node: Node;
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
  nodes: readonly Node[];
  /** A router holds another policy. */
  onHeld: () => void;
  /** They say that they have applied what they have not: a fault. */
  areLying: boolean;
};

/** Connects to any node that is up, and does so again whenever that ends. */
export function dial(around: Surroundings, router: SimulatedRouter): void {
  const { clock, random, nodes } = around;
  const again = () => clock.plan(random() * FIRST_WAIT, () => dial(around, router));
  const up = nodes.filter(({ isDead }) => !isDead);
  const node = up[Math.floor(random() * up.length)];
  if (node === undefined) return again();
  let isAnswered = false;
  // To a frozen process, too, the kernel connects; it says nothing.
  clock.plan(random() * HANDSHAKE, () => void (isAnswered = true), node);
  const look = (waited: number) => {
    if (isAnswered && !node.isDead) return open(around, router, node);
    if (node.isDead || waited > HANDSHAKE_TIMEOUT) return again();
    return clock.plan(HANDSHAKE, () => look(waited + HANDSHAKE));
  };
  return clock.plan(HANDSHAKE, () => look(HANDSHAKE));
}

/** Both sides notice. */
export function reset(around: Surroundings, link: Link): void {
  const { clock, random } = around;
  leave(around, link);
  clock.plan(random() * 10, () => link.ended.resolve('reset'), link.node);
}

function open(around: Surroundings, router: SimulatedRouter, node: Node): void {
  const ended = Promise.withResolvers<string>();
  const link: Link = { router, node, isCut: false, isLeft: false, ended };
  router.link = link;
  keepAlive(around, link);
  const session = converse(around, link);
  around.clock.plan(around.random() * 10, () => node.accept(router, session), node);
}

/** The router ends it, and dials anew. */
function leave(around: Surroundings, link: Link): void {
  const { clock, random } = around;
  if (link.isLeft) return;
  link.isLeft = true;
  link.router.link = undefined;
  if (!link.isCut) clock.plan(random() * 10, () => link.ended.resolve('it hung up'), link.node);
  clock.plan(random() * FIRST_WAIT, () => dial(around, link.router));
}

/** Each side notices after a while that the other says nothing. */
function keepAlive(around: Surroundings, link: Link): void {
  const { clock } = around;
  let silent = 0;
  let isNoticed = false;
  const look = () => {
    if (link.isLeft) return;
    if (link.node.isDead && !link.isCut) return leave(around, link);
    if (link.isCut && !isNoticed) {
      isNoticed = true;
      clock.plan(NODE_NOTICES, () => link.ended.resolve('no answer'), link.node);
    }
    silent = link.isCut || link.node.frozenUntil > clock.now() ? silent + 1_000 : 0;
    if (silent >= KEPT_ALIVE) return leave(around, link);
    return clock.plan(1_000, look);
  };
  clock.plan(1_000, look);
}

/** The node's end of it. */
function converse(around: Surroundings, link: Link): RouterSession {
  const { clock, random } = around;
  const { router, ended } = link;
  const ask = createAsk(around, link);
  const report = (): Report => ({
    revision: router.revision,
    state: router.isDrifted ? 'drifted' : router.revision === 0 ? 'none' : 'intact',
    limiter: 'nft',
    clock: null,
  });
  const close = (reason: string) => {
    ended.resolve(reason);
    clock.plan(random() * 10, () => {
      if (!link.isCut) leave(around, link);
    });
  };
  return {
    capabilities: { version: '2', limiter: 'nft', lan: '', features: NO_FEATURES },
    report: report(),
    ended: ended.promise,
    status: () => ask(report),
    apply: (revision, { blocked }) =>
      ask(() => {
        if (!around.areLying) Object.assign(router, { revision, blocked, isDrifted: false });
        around.onHeld();
        return { isApplied: true, refused: [] } as const;
      }),
    scan: () => Promise.resolve([]),
    update: () => Promise.resolve('not-here'),
    ask: () => undefined,
    watch: () => undefined,
    unlink: () => close('unlinked'),
    redial: close,
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

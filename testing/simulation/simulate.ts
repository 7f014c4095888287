/** One run of the simulation: trouble, peace, and a node that stops. */
import { createRandom, pick } from '../../src/simulator/random.ts';
import { type Clock, createClock } from './clock.ts';
import {
  type Cluster,
  type Sabotage,
  change,
  createCluster,
  drain,
  living,
  unsettled,
} from './cluster.ts';
import { fail, recover } from './faults.ts';
import { noteOffline } from './router.ts';

/** Milliseconds in which things go wrong, and in which all must be well after that. */
const TROUBLE = 40_000;
const RECOVERY = 180_000;
/** Milliseconds for which a router may be offline because its node stops. */
const REDIAL = 1_500;

/** What happened, and what of it must not: the same for the same seed. */
export async function simulate(seed: number, sabotage?: Sabotage) {
  const trace: string[] = [];
  const clock = createClock();
  const random = createRandom(seed);
  const note = (what: string) => trace.push(`${(clock.now() / 1_000).toFixed(3)} ${what}`);
  const letGo = holdTime(clock, random);
  try {
    const cluster = createCluster(clock, random, note, TROUBLE, sabotage);
    const changeOne = () =>
      void change(cluster, pick(random, cluster.routers)).catch(() => undefined);
    for (let at = 0; at < TROUBLE; at += random() * 2_000) clock.plan(at, changeOne);
    for (let at = 2_000; at < TROUBLE; at += random() * 6_000) clock.plan(at, () => fail(cluster));
    await clock.pass(TROUBLE);
    recover(cluster);
    await clock.pass(clock.now() + RECOVERY, () => unsettled(cluster).length === 0);
    const wrong = unsettled(cluster);
    if (wrong.length === 0) wrong.push(...(await stopOne(cluster)));
    return { wrong: [...cluster.stored.broken, ...wrong], trace };
  } finally {
    letGo();
    // So that the process answers who asks whether it lives.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** A node stops while nothing else goes wrong: nobody is offline for longer than it takes to dial. Gives what is not as it must be. */
async function stopOne(cluster: Cluster): Promise<string[]> {
  const { clock, random, routers, nodes } = cluster;
  const node = pick(random, living(nodes));
  for (const router of routers) Object.assign(router, { longestOffline: 0 });
  cluster.note(`${node.name} stops, and nothing else`);
  drain(cluster, node);
  await clock.pass(clock.now() + RECOVERY, () => node.isDead);
  const isLeft = [...cluster.stored.leases.values()].some(
    ({ instance }) => instance === node.server?.lease.instance,
  );
  await clock.pass(clock.now() + RECOVERY, () => unsettled(cluster).length === 0);
  return [
    ...(isLeft ? [`${node.name} has stopped, and its lease has not`] : []),
    ...unsettled(cluster),
    ...routers.flatMap((router) => {
      if (router.link === undefined) noteOffline(router, clock.now());
      return router.longestOffline > REDIAL ? `${router.id} was offline, as its node stopped` : [];
    }),
  ];
}

/** Time and chance are those of the simulation, until the function is called that this gives. */
function holdTime(clock: Clock, random: () => number): () => void {
  const { setTimeout, setInterval, clearTimeout, clearInterval, performance } = globalThis;
  const kept = {
    Date: { ...Object.getOwnPropertyDescriptors(Date) },
    Math: { ...Object.getOwnPropertyDescriptors(Math) },
  };
  Object.assign(globalThis, clock.globals);
  Object.assign(Date, { now: clock.wallTime });
  Object.assign(Math, { random });
  return () => {
    Object.assign(globalThis, {
      setTimeout,
      setInterval,
      clearTimeout,
      clearInterval,
      performance,
    });
    Object.defineProperty(Date, 'now', kept.Date.now);
    Object.defineProperty(Math, 'random', kept.Math.random);
  };
}

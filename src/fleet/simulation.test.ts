/**
 * The reconciler on a clock that passes only when it is told to, with everything going wrong that can: nodes killed and frozen, connections
 * lost and cut off, hints lost, doubled, late and in another order, a database that fails over, rules changed by hand. A failure names its
 * seed: `SEED=n npx vitest run src/fleet/simulation.test.ts` does the same again, and prints what happened.
 */
import { expect, test, vi } from 'vitest';
import { createClock } from '../../testing/simulation/clock.ts';
import {
  type Sabotage,
  change,
  createCluster,
  fail,
  recover,
  unsettled,
} from '../../testing/simulation/cluster.ts';
import { createRandom, pick } from '../simulator/random.ts';

const SEEDS = 2_000;
/** Milliseconds in which things go wrong, and in which all must be well after that. */
const TROUBLE = 60_000;
const RECOVERY = 180_000;

const only = process.env['SEED'];
const seeds = only === undefined ? Array.from({ length: SEEDS }, (_, n) => n + 1) : [Number(only)];

test('whatever goes wrong, nothing is said to be applied that no router holds, and in the end all is applied', async () => {
  const failures: string[] = [];
  for (const seed of seeds) {
    const { wrong, trace } = await simulate(seed);
    failures.push(...wrong.map((what) => `SEED=${seed}: ${what}`));
    if (only !== undefined) process.stderr.write(`${trace.join('\n')}\n`);
  }
  expect(failures).toEqual([]);
});

test.each<Sabotage>(['lies', 'deaf', 'stale'])('a fault of ours is found: %s', async (sabotage) => {
  let found = 0;
  for (let seed = 1; seed <= 20; seed += 1)
    if ((await simulate(seed, sabotage)).wrong.length > 0) found += 1;
  expect(found).toBeGreaterThan(0);
});

test('the same seed does the same', async () => {
  const { trace } = await simulate(7);
  expect(trace.length).toBeGreaterThan(10);
  expect((await simulate(7)).trace.map(nameless)).toEqual(trace.map(nameless));
});

/** Connections are numbered on. */
const nameless = (what: string) => what.replace(/#\d+/, '');

async function simulate(seed: number, sabotage?: Sabotage) {
  const trace: string[] = [];
  const clock = createClock();
  const note = (what: string) => trace.push(`${(clock.now() / 1_000).toFixed(3)} ${what}`);
  vi.stubGlobal('setTimeout', clock.setTimeout);
  vi.stubGlobal('clearTimeout', clock.clearTimeout);
  try {
    const random = createRandom(seed);
    const cluster = createCluster(clock, random, note, sabotage);
    const changeOne = () =>
      void change(cluster, pick(random, cluster.routers)).catch(() => undefined);
    for (let at = 0; at < TROUBLE; at += random() * 2_000) clock.plan(at, changeOne);
    for (let at = 2_000; at < TROUBLE; at += random() * 8_000) clock.plan(at, () => fail(cluster));
    await clock.pass(TROUBLE);
    recover(cluster);
    await clock.pass(TROUBLE + RECOVERY, () => unsettled(cluster).length === 0);
    return { wrong: [...cluster.broken, ...unsettled(cluster)], trace };
  } finally {
    vi.unstubAllGlobals();
  }
}

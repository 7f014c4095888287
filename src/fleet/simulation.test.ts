/**
 * Whole Commands-Servers on a clock that passes only when it is told to, over a model of the database and of routers, with everything
 * going wrong that can (testing/simulation/faults.ts). A failure names its seed: `SEED=n npx vitest run src/fleet/simulation.test.ts` does the
 * same again, and prints what happened; `SEEDS=n` tries so many.
 */
import { expect, test } from 'vitest';
import type { Sabotage } from '../../testing/simulation/cluster.ts';
import { simulate } from '../../testing/simulation/simulate.ts';

const SEEDS = Number(process.env['SEEDS'] ?? 2_000);

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

test.each<Sabotage>(['lies', 'deaf', 'hasty'])('a fault of ours is found: %s', async (sabotage) => {
  let found = false;
  for (let seed = 1; seed <= 50 && !found; seed += 1)
    found = (await simulate(seed, sabotage)).wrong.length > 0;
  expect(found).toBe(true);
});

test('the same seed does the same', async () => {
  const { trace } = await simulate(7);
  expect(trace.length).toBeGreaterThan(10);
  expect((await simulate(7)).trace).toEqual(trace);
});

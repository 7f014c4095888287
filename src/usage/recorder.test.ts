/** The recorder stores each sample once, whatever fails on the way. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { PHONE, TV, createUsageHomes } from '../../testing/usage-home.ts';
import { createUsageRecorder, recordUsage } from './recorder.ts';
import type { KeyedSample } from './sample.ts';

const database = await createTestDatabase();
const { service } = database;
const home = await createUsageHomes(database);

/** How a call of the database goes: not at all, or done without anybody hearing of it. */
type Way = 'fails' | 'is done, and the connection breaks' | 'works';

test.each<[Way, Way]>([
  ['works', 'works'],
  ['fails', 'works'],
  ['is done, and the connection breaks', 'works'],
  ['is done, and the connection breaks', 'is done, and the connection breaks'],
  ['fails', 'is done, and the connection breaks'],
])('if storing first %s, and then %s', async (...ways) => {
  const { ann, router, sample, usage } = await home();
  const other = await createRouter(service, ann.userId);
  const errors: unknown[] = [];
  const left: Way[] = [...ways];
  const recorder = createUsageRecorder(
    async (samples) => {
      const way = left.shift() ?? 'works';
      if (way !== 'fails') await recordUsage(service, samples);
      if (way !== 'works') throw new Error('Connection terminated');
    },
    (error) => errors.push(error),
  );
  const take = (more: Partial<KeyedSample> = {}) =>
    recorder.take(sample([{ mac: TV, down: 10, up: 1 }], more));
  const untilUsed = (down: number, up: number) =>
    expect.poll(() => usage(), { timeout: 20_000 }).toMatchObject({ down, up });
  take();
  take({ router_id: other, devices: [{ mac: PHONE, down: 100, up: 5 }] });
  take();
  await untilUsed(120, 7);
  // What is stored must not be stored again.
  await recorder.settled();
  take();
  await untilUsed(130, 8);
  expect(errors.length > 0).toBe(ways.some((way) => way !== 'works'));
  expect(router).not.toBe(other);
});

test('a failure is over once something is stored, also if that was one by one', async () => {
  const { ann, sample, usage } = await home();
  const other = await createRouter(service, ann.userId);
  let tries = 0;
  const recorder = createUsageRecorder(
    async (samples) => {
      tries += 1;
      // The first alone, and then both together.
      if (tries === 1 || samples.length > 1) throw new Error('Connection terminated');
      // Long enough for who does not wait to come too early.
      await delay(200);
      await recordUsage(service, samples);
    },
    () => undefined,
  );
  const take = (more: Partial<KeyedSample> = {}) =>
    recorder.take(sample([{ mac: TV, down: 10, up: 1 }], more));
  take();
  take({ router_id: other, devices: [{ mac: PHONE, down: 100, up: 5 }] });
  await expect.poll(() => usage(), { timeout: 20_000 }).toMatchObject({ down: 110, up: 6 });
  take();
  await recorder.settled();
  expect(await usage()).toMatchObject({ down: 120, up: 7 });
});

test('what waits is stored before the service stops', async () => {
  const { sample, usage } = await home();
  const recorder = createUsageRecorder(
    (samples) => recordUsage(service, samples),
    (error) => expect(error).toBeUndefined(),
  );
  for (let n = 0; n < 5; n += 1) recorder.take(sample([{ mac: TV, down: 1, up: 1 }]));
  await recorder.settled();
  expect(await usage()).toMatchObject({ down: 5, up: 5 });
});

/** Each sample is counted once, and summed by the clock of the home. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { LAPTOP, PHONE, TV, createUsageHomes, sumOf } from '../../testing/usage-home.ts';
import { recordUsage } from './recorder.ts';
import type { KeyedSample } from './sample.ts';
import { sumUsage } from './summing.ts';

const database = await createTestDatabase();
const { service } = database;
const home = await createUsageHomes(database);

describe('each sample is counted once', () => {
  test('whatever is sent again, in whatever order, and however often it is summed in between', async () => {
    const { ann, router, run } = await home();
    const Step = fc.record({
      sends: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }),
      bytes: fc.array(
        fc.record({
          mac: fc.constantFrom(TV, PHONE, LAPTOP),
          down: fc.nat(1_000),
          up: fc.nat(1_000),
        }),
        {
          maxLength: 4,
        },
      ),
      passes: fc.constantFrom(0, 1, 50, 1_500, 3_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(Step, { maxLength: 8 }), fc.uuid(), async (steps, source) => {
        await run(sql`delete from router_usage`);
        let wanted = { down: 0, up: 0 };
        const samples: KeyedSample[] = [];
        for (const { bytes, sends, passes } of steps) {
          const number = samples.length + 1;
          samples.push({
            user_id: ann.userId,
            router_id: router,
            source,
            number,
            milliseconds: 60_000,
            counting: 'counted',
            devices: bytes,
          });
          wanted = sumOf([wanted, ...bytes]);
          // The newest and, with it or after it, some that came before.
          for (const back of [0, ...sends])
            await recordUsage(service, samples.slice(Math.max(0, number - 1 - back), number));
          // Time passes: all that is stored gets older, and is summed.
          for (const table of ['usage_minutes', 'usage_hours'])
            await run(
              sql`update ${sql.table(table)} set at = at - make_interval(mins => ${passes})`,
            );
          await run(sql`update usage_days set day = day - ${Math.floor(passes / 1_440)}::int`);
          await run(sql`
            update router_usage set hours_until = hours_until - make_interval(mins => ${passes}),
              days_until = days_until - make_interval(mins => ${passes})`);
          await sumUsage(service);
        }
        const [found] = await run(sql<{ down: number; up: number }>`
          select coalesce(sum(u.down), 0)::bigint as down, coalesce(sum(u.up), 0)::bigint as up
          from usage_steps(${ann.userId}, array[${router}]::varchar[], now() - interval '3 years', 'day', 'UTC') u`);
        expect(found).toEqual(wanted);
      }),
      { numRuns: 25 },
    );
  });
});

describe('a day', () => {
  test.each([
    // As the home has it, and as PostgreSQL does.
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['+05:30', '-05:30'],
    ['Europe/Berlin', 'Europe/Berlin'],
    ['Australia/Lord_Howe', 'Australia/Lord_Howe'],
    ['No/Where', 'UTC'],
  ])('is that of the zone of the home: %s', async (timezone, zone) => {
    const { usage, usedAt, run } = await home();
    await run(sql`update homes set timezone = ${timezone}`);
    const [midnight = { before: '', after: '' }] = await run(sql<
      Record<'before' | 'after', string>
    >`
      select (d - interval '1 minute')::text as before, d::text as after
      from (select (current_date - 5)::timestamp at time zone ${zone}) m(d)`);
    await usedAt(midnight.before, [{ mac: TV, down: 1, up: 0 }]);
    await usedAt(midnight.after, [{ mac: TV, down: 10, up: 0 }]);
    const inDays = async () => {
      const { series } = await usage('month');
      expect(series).toHaveLength(30);
      return series.filter(({ down }) => down > 0).map(({ down }) => down);
    };
    expect(await inDays()).toEqual([1, 10]);
    await sumUsage(service);
    expect(await run(sql`select from usage_days`)).toHaveLength(2);
    expect(await inDays()).toEqual([1, 10]);
  });

  test.each([
    ['23', 2, '00:30 Europe/Berlin', '23:30 Europe/Berlin'],
    ['25', 9, '00:30 Europe/Berlin', '23:30 Europe/Berlin'],
  ])('of %s hours is one day', async (_hours, month, first, last) => {
    const { usage, usedAt, run } = await home('Europe/Berlin');
    const day = lastSundayOf(month);
    const [at = { first: '', last: '' }] = await run(sql<Record<'first' | 'last', string>>`
      select (${`${day} ${first}`}::timestamptz)::text as first, (${`${day} ${last}`}::timestamptz)::text as last`);
    await usedAt(at.first, [{ mac: TV, down: 1, up: 0 }]);
    await usedAt(at.last, [{ mac: TV, down: 10, up: 0 }]);
    for (const _ of ['before it is summed', 'after']) {
      const { series } = await usage('year');
      expect(series).toHaveLength(365);
      expect(series.filter(({ down }) => down > 0)).toMatchObject([{ down: 11 }]);
      await sumUsage(service);
    }
  });

  /** The last one that is over, of March (2) or October (9): when the clocks of Europe change. */
  function lastSundayOf(month: number): string {
    const now = new Date();
    for (const year of [now.getUTCFullYear(), now.getUTCFullYear() - 1]) {
      const day = new Date(Date.UTC(year, month + 1, 0));
      day.setUTCDate(day.getUTCDate() - day.getUTCDay());
      if (now.getTime() - day.getTime() > 2 * 86_400_000) return day.toISOString().slice(0, 10);
    }
    throw new Error('there was one last year');
  }
});

test('minutes are kept for 2 days, hours for 60, days for 3 years', async () => {
  const { run, usage, usedAt } = await home();
  const kept = ['3 hours', '47 hours', '49 hours', '59 days', '61 days', '1090 days'];
  for (const ago of [...kept, '1100 days']) {
    const [at = { at: '' }] = await run(
      sql<{ at: string }>`select (now() - ${ago}::interval)::text as at`,
    );
    await usedAt(at.at, [{ mac: TV, down: 1, up: 0 }]);
  }
  await sumUsage(service);
  const count = async (table: string) => (await run(sql`select from ${sql.table(table)}`)).length;
  expect([await count('usage_minutes'), await count('usage_hours')]).toEqual([2, 4]);
  const [days] = await run(sql<{ oldest: boolean }>`
    select min(day) = (now() - interval '1090 days')::date as oldest from usage_days`);
  expect(days).toEqual({ oldest: true });
  expect((await usage('year')).down).toBe(5);
});

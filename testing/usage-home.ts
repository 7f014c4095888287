/** A home whose devices use the internet, and what the API says of that. */
import { sql } from 'kysely';
import { expect } from 'vitest';
import { recordUsage } from '../src/usage/recorder.ts';
import type { KeyedSample, Used } from '../src/usage/sample.ts';
import { tenantTransaction } from '../src/database/transaction.ts';
import { type Person, createTestApp } from './app.ts';
import { type TestDatabase, createRouter } from './database.ts';

export const [TV, PHONE, LAPTOP] = [
  '02:00:00:00:00:01',
  '02:00:00:00:00:02',
  '02:00:00:00:00:03',
] as const;
const SOURCE = '11111111-1111-4111-8111-111111111111';

type Answer = {
  from: string;
  counting: string;
  down: number;
  up: number;
  series: { at: string; down: number; up: number }[];
  devices: {
    device_id: string;
    router_id: string;
    person_id: string | null;
    down: number;
    up: number;
  }[];
  people: { person_id: string; down: number; up: number }[];
  others: { down: number; up: number };
};

/** Gives a function that makes a user with a home in a zone, and a router. */
export async function createUsageHomes(database: TestDatabase) {
  const { signIn } = await createTestApp(database);
  return async (timezone = 'UTC') => createUsageHome(database, await signIn(), timezone);
}

async function createUsageHome({ service }: TestDatabase, ann: Person, timezone: string) {
  const { items } = (await ann.request('GET', '/api/v1/homes')).json();
  const homeId: string = items[0].id;
  await ann.request('PATCH', `/api/v1/homes/${homeId}`, { timezone });
  const router = await createRouter(service, ann.userId);
  const run = async <Row>(statement: ReturnType<typeof sql<Row>>) =>
    (await tenantTransaction(service, ann.userId, (transaction) => statement.execute(transaction)))
      .rows;
  const addDevice = async (mac: string, routerId = router, ip = `10.0.0.${mac.slice(-1)}`) => {
    const [device] = await run(sql<{ id: string }>`
      insert into user_devices (user_id, router_id, ip, mac) values (${ann.userId}, ${routerId}, ${ip}, ${mac}) returning id`);
    return device?.id ?? '';
  };
  let number = 0;
  const sample = (devices: Used[], more: Partial<KeyedSample> = {}): KeyedSample => {
    number += 1;
    return {
      user_id: ann.userId,
      router_id: router,
      source: SOURCE,
      number,
      milliseconds: 60_000,
      counting: 'counted',
      devices,
      ...more,
    };
  };
  const use = (devices: Used[], more: Partial<KeyedSample> = {}) =>
    recordUsage(service, [sample(devices, more)]);
  const base = `/api/v1/homes/${homeId}`;
  const usage = async (period = 'hour', path = base): Promise<Answer> => {
    const answer = await ann.request('GET', `${path}/usage?period=${period}`);
    expect(answer.statusCode).toBe(200);
    return answer.json();
  };
  /** Stores what was used at an instant of the past, as if it had come then, and the router's watermarks before it. */
  const usedAt = async (at: string, devices: Used[], routerId = router) => {
    await use([], { router_id: routerId });
    await run(sql`
      update router_usage set hours_until = least(hours_until, ${at}::timestamptz), days_until = least(days_until, ${at}::timestamptz)
      where router_id = ${routerId}`);
    await run(sql`
      insert into usage_minutes (user_id, router_id, at, is_partial, macs, down, up)
      values (${ann.userId}, ${routerId}, date_trunc('minute', ${at}::timestamptz), false, ${devices.map(({ mac }) => mac)}::macaddr[],
        ${devices.map(({ down }) => down)}::bigint[], ${devices.map(({ up }) => up)}::bigint[])`);
  };
  return { ann, homeId, base, router, run, addDevice, sample, use, usage, usedAt };
}

export const sumOf = (items: readonly { down: number; up: number }[]) =>
  items.reduce((sum, { down, up }) => ({ down: sum.down + down, up: sum.up + up }), {
    down: 0,
    up: 0,
  });

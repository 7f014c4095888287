/** How a router was: its outages, and how the internet answered it. */
import { sql } from 'kysely';
import type { OfRouter } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';
import { type RouterHealth, listHealthStates } from './health-state.ts';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** Seconds that a period has, and each step of its series. */
const PERIODS = {
  day: { length: DAY, step: 5 * MINUTE },
  week: { length: 7 * DAY, step: 30 * MINUTE },
  month: { length: 30 * DAY, step: 120 * MINUTE },
} as const;
export type HealthPeriod = keyof typeof PERIODS;

export const OUTAGES = ['away', 'internet_down'] as const;
export type Outage = { kind: (typeof OUTAGES)[number]; from: string; until: string | null };

/** A step of a series, as it is stored: sums, and the longest. */
export type Measured = {
  /** Which step of the period. */
  place: number;
  measurements: number;
  lost: number;
  answered: number;
  milliseconds: number;
  worst: number;
};
export type HealthStep = {
  at: string;
  round_trip: number | null;
  worst: number | null;
  loss: number | null;
};

export type HealthHistory = RouterHealth & {
  period: HealthPeriod;
  from: string;
  until: string;
  step: number;
  outages: Outage[];
  series: HealthStep[];
  share_up: number | null;
};

/** Throws NotFoundError if the user does not have the router. */
export async function findHealthHistory(
  transaction: TenantTransaction,
  key: OfRouter,
  period: HealthPeriod,
): Promise<HealthHistory> {
  const states = await listHealthStates(transaction, key.user_id, key.router_id);
  const state = states.get(key.router_id);
  if (state === undefined) throw new NotFoundError('router', key.router_id);
  const { length, step } = PERIODS[period];
  const { until, known_from } = await findSpan(transaction, key);
  // Whole steps: the last one is under way.
  const end = (Math.floor(until / step) + 1) * step;
  const start = end - length;
  const outages = await listOutages(transaction, key, start);
  const measured = await listMeasured(transaction, key, { start, step });
  return {
    ...state,
    period,
    from: instantOf(start),
    until: instantOf(until),
    step,
    outages,
    series: seriesOf(measured, { start, step, count: length / step }),
    share_up:
      known_from === null ? null : shareUp(outages, { from: Math.max(start, known_from), until }),
  };
}

/** Now, and since when anything is known of the router; seconds of the epoch. */
async function findSpan(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<{ until: number; known_from: number | null }> {
  const { rows } = await sql<{ until: number; known_from: number | null }>`
    select extract(epoch from now())::float8 as until, extract(epoch from least(
      (select min(hour) from router_health_hours where user_id = ${user_id} and router_id = ${router_id}),
      (select min(from_at) from router_outages where user_id = ${user_id} and router_id = ${router_id}),
      (select connected_at from user_routers where user_id = ${user_id} and router_id = ${router_id} and is_connected)
    ))::float8 as known_from`.execute(transaction);
  const [span] = rows;
  if (span === undefined) throw new Error('A select without a table gave no row.');
  return span;
}

/** The newest first; those that ended before are left out. */
async function listOutages(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  start: number,
): Promise<Outage[]> {
  const { rows } = await sql<Outage>`
    select kind, from_at as "from", until_at as until from router_outages
    where user_id = ${user_id} and router_id = ${router_id}
      and (until_at is null or until_at > to_timestamp(${start}::float8))
    order by from_at desc, kind`.execute(transaction);
  return rows;
}

async function listMeasured(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  { start, step }: { start: number; step: number },
): Promise<Measured[]> {
  const { rows } = await sql<Measured>`
    select floor((extract(epoch from h.hour) + part.place * h.minutes * 60 - ${start}::float8) / ${step}::float8)::integer as place,
      sum(h.steps[5 * part.place + 1])::float8 as measurements, sum(h.steps[5 * part.place + 2])::float8 as lost,
      sum(h.steps[5 * part.place + 3])::float8 as answered, sum(h.steps[5 * part.place + 4])::float8 as milliseconds,
      max(h.steps[5 * part.place + 5])::float8 as worst
    from router_health_hours h, generate_series(0, 60 / h.minutes - 1) part (place)
    where h.user_id = ${user_id} and h.router_id = ${router_id}
      and h.hour > to_timestamp(${start}::float8) - interval '1 hour' and h.steps[5 * part.place + 1] > 0
    group by 1`.execute(transaction);
  return rows;
}

/** Every step of a period; of one in which nothing was measured nothing is known. Pure. */
export function seriesOf(
  measured: readonly Measured[],
  { start, step, count }: { start: number; step: number; count: number },
): HealthStep[] {
  const known = new Map(measured.map((one) => [one.place, one]));
  return Array.from({ length: count }, (_, place) => {
    const at = instantOf(start + place * step);
    const one = known.get(place);
    if (one === undefined) return { at, round_trip: null, worst: null, loss: null };
    const { measurements, lost, answered, milliseconds, worst } = one;
    return {
      at,
      round_trip: answered === 0 ? null : tenths(milliseconds / answered),
      worst: answered === 0 ? null : tenths(worst),
      loss: tenths(lost / measurements),
    };
  });
}

/** The part of a span, in seconds of the epoch, without outages, which do not overlap; null of none. Pure. */
export function shareUp(
  outages: readonly Outage[],
  { from, until }: { from: number; until: number },
): number | null {
  if (until <= from) return null;
  const out = outages.map((outage) => {
    const begin = Math.max(from, secondsOf(outage.from));
    const end = outage.until === null ? until : Math.min(until, secondsOf(outage.until));
    return Math.max(0, end - begin);
  });
  const down = out.reduce((sum, seconds) => sum + seconds, 0);
  return Math.max(0, Math.round((1 - down / (until - from)) * 10_000) / 10_000);
}

const tenths = (number: number) => Math.round(number * 10) / 10;
const secondsOf = (instant: string) => Date.parse(instant) / 1_000;
const instantOf = (seconds: number) => new Date(seconds * 1_000).toISOString();

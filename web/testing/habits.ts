/** What a realistic home did until now: when its things were there, what they used, and how the internet answered. */
import type { TenantTransaction } from '../../src/database/transaction.ts';
import { HEALTH_TARGETS } from '../../src/routers/health.ts';

/** When a kind of thing is there, as hours of a day in UTC, and what it uses in an hour: megabytes received and sent. */
type Habit = {
  hours: readonly (readonly [from: number, until: number])[];
  down: number;
  up: number;
};

const ALWAYS: Habit['hours'] = [[0, 24]];
const NOTHING: Habit = { hours: [[5, 21]], down: 1, up: 0.3 };

// prettier-ignore
const HABITS: Readonly<Record<string, Habit>> = {
  phone: { hours: [[0, 6.5], [16, 24]], down: 140, up: 18 },
  tablet: { hours: [[13, 15], [16.5, 18.5]], down: 380, up: 14 },
  laptop: { hours: [[6.5, 11], [12, 16.5], [18.5, 20]], down: 310, up: 90 },
  desktop: { hours: [[15, 18]], down: 450, up: 40 },
  tv: { hours: [[17.5, 21.5]], down: 2_300, up: 25 },
  console: { hours: [[14, 18.5]], down: 900, up: 110 },
  printer: { hours: ALWAYS, down: 0.4, up: 0.2 },
  server: { hours: ALWAYS, down: 35, up: 60 },
  speaker: { hours: ALWAYS, down: 22, up: 1 },
  camera: { hours: ALWAYS, down: 3, up: 85 },
};

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

export type Owned = { user_id: string; router_id: string };
/** A thing that was there: `first` is hours since it was seen first, `gone` minutes since it was seen last. */
type Habitual = {
  mac: string;
  type?: string;
  is?: string;
  first: number;
  gone?: number;
};

/** When a thing was there before it came the last time: milliseconds of the epoch, the newest day first. Pure. */
export function staysOf(
  { type, first }: Habitual,
  { days, until }: { days: number; until: number },
): { from: number; until: number }[] {
  const since = Date.now() - first * HOUR;
  return Array.from({ length: days }, (_, day) => day)
    .flatMap((day) => {
      const midnight = Math.floor(Date.now() / DAY) * DAY - day * DAY;
      return habitOf(type).hours.map(([from, to], index) => ({
        // People are not punctual.
        from: midnight + from * HOUR + wavering(day * 3 + index) * HOUR * Math.sign(from),
        until: midnight + to * HOUR - wavering(day * 7 + index + 1) * HOUR * Math.sign(24 - to),
      }));
    })
    .filter((stay) => stay.from >= since && stay.until < until && stay.from < stay.until);
}

/** Whether a thing is there day and night. */
export const isAlwaysThere = ({ type, is }: Habitual) =>
  is === 'router' || habitOf(type).hours === ALWAYS;

/** What the things used in the last hour, in two days, and in a year. */
export async function insertUsage(
  transaction: TenantTransaction,
  owned: Owned,
  things: readonly Habitual[],
): Promise<void> {
  const using = things.filter(({ is }) => is !== 'router');
  const now = Date.now();
  const today = Math.floor(now / DAY) * DAY;
  const thisHour = Math.floor(now / HOUR) * HOUR;
  const latest = usedIn(using, now - HOUR / 60, HOUR / 60);
  await transaction
    .insertInto('router_usage')
    .values({
      ...owned,
      milliseconds: 60_000,
      counting: 'counted',
      devices: JSON.stringify(
        latest.macs.map((mac, index) => ({ mac, down: latest.down[index], up: latest.up[index] })),
      ),
      hours_until: instantOf(thisHour),
      days_until: instantOf(today),
    })
    .execute();
  const rowsOf = (until: number, count: number, length: number) =>
    Array.from({ length: count }, (_, index) => {
      const at = until - (index + 1) * length;
      return { ...owned, at: instantOf(at), is_partial: false, ...usedIn(using, at, length) };
    }).filter(({ macs }) => macs.length > 0);
  const minutes = rowsOf(Math.floor(now / 60_000) * 60_000, 90, 60_000);
  const hours = rowsOf(thisHour, 48, HOUR);
  const days = rowsOf(today, 364, DAY).map(({ at, ...row }) => ({ ...row, day: at.slice(0, 10) }));
  if (minutes.length > 0) await transaction.insertInto('usage_minutes').values(minutes).execute();
  if (hours.length > 0) await transaction.insertInto('usage_hours').values(hours).execute();
  await transaction.insertInto('usage_days').values(days).execute();
}

/** How the internet answered for a week: well, but for half an hour yesterday. */
export async function insertHealth(transaction: TenantTransaction, owned: Owned): Promise<void> {
  const now = Date.now();
  const outage = { from: now - 22 * HOUR, until: now - 21.5 * HOUR };
  const thisHour = Math.floor(now / HOUR) * HOUR;
  const hours = Array.from({ length: 24 * 7 }, (_, index) => thisHour - index * HOUR);
  await transaction
    .insertInto('router_health_hours')
    .values(
      hours.map((hour) => ({
        ...owned,
        hour: instantOf(hour),
        steps: Array.from({ length: 12 }, (_, step) =>
          measuredAt(hour + step * (HOUR / 12), outage, now),
        ).flat(),
      })),
    )
    .execute();
  await transaction
    .insertInto('router_health')
    .values(
      HEALTH_TARGETS.map((target, index) => ({
        ...owned,
        target,
        loss: 0,
        round_trip: 11.2 + index,
      })),
    )
    .execute();
  await transaction
    .insertInto('router_outages')
    .values({
      ...owned,
      kind: 'internet_down',
      from_at: instantOf(outage.from),
      until_at: instantOf(outage.until),
    })
    .execute();
}

/** As router_health_hours has five minutes: measurements, their percent lost, how many were answered, their milliseconds, the longest. Pure. */
function measuredAt(at: number, outage: { from: number; until: number }, now: number): number[] {
  if (at > now) return [0, 0, 0, 0, 0];
  if (at >= outage.from && at < outage.until) return [10, 1_000, 0, 0, 0];
  // In the evening everybody is online.
  const hour = (at % DAY) / HOUR;
  const evening = Math.max(0, 1 - Math.abs(hour - 19) / 3);
  const average = 11 + 9 * evening + 4 * wavering(at / 300_000);
  const lost = wavering(at / 700_000) > 0.96 ? 40 : 0;
  return [10, lost, 10, average * 10, average * (1.3 + wavering(at / 300_000 + 1))];
}

/** What the things used in a span of time, as a row of usage_hours has it. Pure. */
function usedIn(things: readonly Habitual[], at: number, length: number) {
  const used = things
    .filter(({ first, gone = 0 }) => isWithin(at, length, first, gone))
    .map(({ mac, type }, index) => {
      const { hours, down, up } = habitOf(type);
      const share =
        length === DAY
          ? hours.reduce((sum, [from, until]) => sum + until - from, 0)
          : length / HOUR / (isIn(hours, (at % DAY) / HOUR) ? 1 : 30);
      const much = share * 1_000_000 * (0.35 + 1.3 * wavering(at / length + index * 17));
      return { mac, down: Math.round(down * much), up: Math.round(up * much) };
    });
  return {
    macs: used.map(({ mac }) => mac),
    down: used.map(({ down }) => down),
    up: used.map(({ up }) => up),
  };
}

function isWithin(at: number, length: number, first: number, gone: number): boolean {
  return at + length > Date.now() - first * HOUR && at < Date.now() - gone * 60_000;
}

const isIn = (hours: Habit['hours'], hour: number) =>
  hours.some(([from, until]) => hour >= from && hour < until);

const habitOf = (type: string | undefined) => HABITS[type ?? ''] ?? NOTHING;

/** The same for the same number, and else anything from 0 to 1. */
function wavering(number: number): number {
  const wave = Math.sin(Math.floor(number) * 12.9898) * 43_758.5453;
  return wave - Math.floor(wave);
}

const instantOf = (milliseconds: number) => new Date(milliseconds).toISOString();

/** So many minutes ago. */
export const ago = (minutes: number) => instantOf(Date.now() - minutes * 60_000);

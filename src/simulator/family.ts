/** Who lives in a simulated home, and when somebody is there: by the clock of this machine, the same for the same home. Pure. */
import { createRandom } from './random.ts';

/** Hours of the day, 7.5 for half past seven: of a usual day with school and work. */
type Habits = {
  name: string;
  isChild: boolean;
  wakes: number;
  leaves: number;
  returns: number;
  sleeps: number;
};

/** In the order of `owner` in kinds.ts. */
export const FAMILY: readonly Habits[] = [
  { name: 'Anna', isChild: false, wakes: 6.5, leaves: 8, returns: 17.5, sleeps: 23 },
  { name: 'Ben', isChild: false, wakes: 7, leaves: 8.5, returns: 18.25, sleeps: 23.5 },
  { name: 'Mia', isChild: true, wakes: 6.75, leaves: 7.5, returns: 15, sleeps: 22.5 },
  { name: 'Tim', isChild: true, wakes: 6.75, leaves: 7.5, returns: 13.75, sleeps: 21 },
];

/** A moment as a family has it. */
export type Moment = {
  /** Counts on from day to day. */
  day: number;
  /** 0 for Sunday. */
  weekday: number;
  hour: number;
};

export function momentOf(instant: Date): Moment {
  const local = instant.getTime() - instant.getTimezoneOffset() * 60_000;
  return {
    day: Math.floor(local / 86_400_000),
    weekday: instant.getDay(),
    hour: (local % 86_400_000) / 3_600_000,
  };
}

export function isWeekend({ weekday }: Moment): boolean {
  return weekday === 0 || weekday === 6;
}

/** A number from 0 to 1, the same for the same home and the same rest. */
export function chance(home: number, ...rest: readonly number[]): number {
  const seed = rest.reduce(
    (mixed, part) => Math.imul(mixed ^ part, 0x9e_37_79_b1) + 0x7f_4a_7c_15,
    home,
  );
  return createRandom(seed)();
}

/** Whether somebody is in the house: on a day of school and work not in between; at the weekend some are out for some hours. */
export function isAtHome(home: number, owner: number, moment: Moment): boolean {
  const habits = FAMILY[owner];
  if (habits === undefined) return true;
  const { day, hour } = moment;
  const shift = chance(home, day, owner, 1) - 0.5;
  if (!isWeekend(moment)) return hour < habits.leaves + shift || hour >= habits.returns + shift;
  const isOut = chance(home, day, owner, 2) < 0.6;
  const from = 10 + 4 * chance(home, day, owner, 3);
  return !isOut || hour < from || hour >= from + 3;
}

/** Whether somebody is at home and up. */
export function isUp(home: number, owner: number, moment: Moment): boolean {
  const habits = FAMILY[owner];
  if (habits === undefined || !isAtHome(home, owner, moment)) return false;
  const later = isWeekend(moment) ? 1.5 : 0;
  const shift = chance(home, moment.day, owner, 4) - 0.5;
  return moment.hour >= habits.wakes + later + shift && moment.hour < habits.sleeps + shift;
}

/** Whether somebody who is up has this device on: for half an hour at a time, more in the evening. */
export function isInUse(home: number, owner: number, device: number, moment: Moment): boolean {
  if (!isUp(home, owner, moment)) return false;
  const share = moment.hour >= 17 ? 0.7 : 0.35;
  return chance(home, moment.day, Math.floor(moment.hour * 2), device) < share;
}

/** Whether guests are there: on most Saturdays and Sundays, from the afternoon on. */
export function hasGuests(home: number, moment: Moment): boolean {
  if (!isWeekend(moment) || chance(home, moment.day, 5) < 0.25) return false;
  const shift = chance(home, moment.day, 6);
  return moment.hour >= 15 + shift && moment.hour < 21 + shift;
}

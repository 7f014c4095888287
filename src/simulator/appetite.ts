/** How much of the internet the devices of a simulated home want. Pure, the same for the same home and moment. */
import { type Moment, chance, isInUse, isUp } from './family.ts';
import type { HomeDevice } from './home-device.ts';

/** Bit/s. */
export type Appetite = { down: number; up: number };

/** When somebody uses it, and when nobody does; `steady` says how little it changes from moment to moment, from 0 to 1. */
type Habit = { busy: Appetite; resting: Appetite; steady: number };

const QUIET: Appetite = { down: 1_500, up: 1_200 };
const HABITS: readonly (readonly [RegExp, Habit])[] = [
  // A stream at the quality that a home has: all the time the same.
  [
    /^(Chromecast|LGwebOSTV|Samsung|Roku)/,
    {
      busy: { down: 5_000_000, up: 120_000 },
      resting: { down: 6_000, up: 4_000 },
      steady: 0.8,
    },
  ],
  // A game, and now and then its update.
  [
    /^PS5/,
    {
      busy: { down: 1_200_000, up: 500_000 },
      resting: { down: 9_000, up: 6_000 },
      steady: 0.4,
    },
  ],
  // Work: pages, and calls with a picture both ways.
  [
    /^(DESKTOP|LAPTOP|Annes-MacBook)/,
    {
      busy: { down: 1_200_000, up: 700_000 },
      resting: { down: 12_000, up: 9_000 },
      steady: 0.3,
    },
  ],
  [/^RingDoorbell/, { busy: QUIET, resting: { down: 8_000, up: 350_000 }, steady: 0.7 }],
  [/^SonosZP/, { busy: { down: 320_000, up: 6_000 }, resting: QUIET, steady: 0.9 }],
  // Its backup goes out at night.
  [
    /^DiskStation/,
    {
      busy: { down: 60_000, up: 18_000_000 },
      resting: { down: 30_000, up: 20_000 },
      steady: 0.6,
    },
  ],
];
/** Whose owner holds it in the hand: short clips and pages. */
const HAND_HELD: Habit = {
  busy: { down: 1_100_000, up: 120_000 },
  resting: { down: 5_000, up: 4_000 },
  steady: 0.15,
};
const THING: Habit = { busy: QUIET, resting: QUIET, steady: 0.5 };

/** What it wants at a moment. */
export function appetiteOf(home: number, device: HomeDevice, moment: Moment): Appetite {
  const { kind, index } = device;
  const habit = habitOf(device);
  const { down, up } = isBusy(home, device, moment) ? habit.busy : habit.resting;
  const draw = chance(home, index, moment.day, Math.floor(moment.hour * 1_800));
  // Of what is not steady, little most of the time, and much now and then: the mean is 1.
  const share = habit.steady + (1 - habit.steady) * 4 * draw ** 3;
  // Each has its own way, and no two evenings are alike.
  const evening = 0.7 + 0.6 * chance(home, index, moment.day, kind.owner ?? 9);
  return { down: down * share * evening, up: up * share * evening };
}

function habitOf({ kind, network }: HomeDevice): Habit {
  if (network === 'guest') return HAND_HELD;
  const own = HABITS.find(([names]) => kind.hostname !== null && names.test(kind.hostname));
  if (own !== undefined) return own[1];
  return kind.owner === undefined ? THING : HAND_HELD;
}

/** What is nobody's own: the household watches and listens in the evening, while somebody is up; backups are made at night. */
function isBusy(home: number, { kind, index, network }: HomeDevice, moment: Moment): boolean {
  if (network === 'guest') return true;
  if (kind.owner !== undefined) return isInUse(home, kind.owner, index, moment);
  if (kind.hostname === 'DiskStation') return moment.hour >= 2 && moment.hour < 2.75;
  const isSomebodyUp = [0, 1, 2, 3].some((owner) => isUp(home, owner, moment));
  const isEvening = moment.hour >= 19 && moment.hour < 22.75;
  return (
    isSomebodyUp &&
    chance(home, moment.day, Math.floor(moment.hour), index) < (isEvening ? 0.85 : 0.12)
  );
}

/** Who loses and who gains by a rule, and when. Pure. */
import { answerOf } from '../access/answers.ts';
import { isSameAccess } from '../access/decide.ts';
import type { LoadedHomes } from '../access/load-home.ts';
import { type AccessAnswer, timestampOf } from '../access/schema.ts';
import { type Situation, situationOf } from '../access/situation.ts';
import { stepsOf } from '../access/timeline.ts';
import type { Decision } from '../access/types.ts';

const WEEK = 7 * 86_400;
const MOST_CHANGES = 20;

/** A step of what a device gets. */
export type Change = Pick<Decision, 'access' | 'down_rate' | 'up_rate'> & { at: string };

export type Previewed = {
  device_id: string;
  router_id: string;
  now: AccessAnswer;
  then: AccessAnswer;
  changes: Change[];
};

/**
 * The devices for which something changes within a week.
 * @param at in seconds of the epoch
 */
export function previewOf(before: LoadedHomes, after: LoadedHomes, at: number): Previewed[] {
  // Devices with the same rules have the same week.
  const weeks = new Map<string, Change[] | undefined>();
  return before.devices.flatMap((device) => {
    const [was, is] = [before, after].map(({ homes }) => homes.get(device.home_id));
    if (was === undefined || is === undefined) return [];
    const [old, wanted] = [situationOf(was, device), situationOf(is, device)];
    const key = `${old.signature}\n${wanted.signature}`;
    if (!weeks.has(key)) weeks.set(key, changesIn(old, wanted, at));
    const changes = weeks.get(key);
    if (changes === undefined) return [];
    const { id: device_id, router_id } = device;
    const [now, then] = [answerOf(before, device, at), answerOf(after, device, at)];
    // oxlint-disable-next-line unicorn/no-thenable -- nobody awaits one: it is an access
    return [{ device_id, router_id, now: now.access, then: then.access, changes }];
  });
}

/** What the week brings after the first instant; undefined: it is as it would have been. */
function changesIn(old: Situation, wanted: Situation, at: number): Change[] | undefined {
  const week = { from: at, to: at + WEEK };
  const [was, is] = [stepsOf(old, week), stepsOf(wanted, week)];
  const isSame =
    was.length === is.length &&
    is.every((step, place) => {
      const other = was[place];
      return other !== undefined && other.at === step.at && isSameAccess(other, step);
    });
  if (isSame) return undefined;
  return is.slice(1, MOST_CHANGES + 1).map(({ at: instant, access, down_rate, up_rate }) => ({
    at: timestampOf(instant),
    access,
    down_rate,
    up_rate,
  }));
}

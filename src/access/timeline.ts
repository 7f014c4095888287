/** What a device gets from now on, step by step. Pure. */
import { changesOf } from './access-at.ts';
import { decide, isSameAccess } from './decide.ts';
import type { Situation } from './situation.ts';
import type { Decision } from './types.ts';
import { DAY } from './wall-clock.ts';
import type { Span } from './weekly.ts';

/** All that weekly windows do, also over a change of summer time. */
const WEEK_AND_A_DAY = 8 * DAY;

/** When something else holds, and what, from an instant on (its own included) to before another one. */
export function stepsOf(situation: Situation, { from, to }: Span): (Decision & { at: number })[] {
  const steps = [{ at: from, ...decide(situation, from) }];
  for (const at of changesOf(situation, { from, to: to - 1 })) {
    const decision = decide(situation, at);
    const last = steps.at(-1);
    if (last === undefined || !isSameAccess(last, decision)) steps.push({ at, ...decision });
  }
  return steps;
}

/** The first instant from now on at which a device is blocked that was not blocked without the change; undefined: there is none. */
export function cutOffAt(before: Situation, after: Situation, now: number): number | undefined {
  const edges = [before, after]
    .flatMap(({ pauses, exceptions }) => [...pauses, ...exceptions])
    .flatMap(({ from, until }) => (until === null ? [from] : [from, until]));
  return [now, ...edges.filter((at) => at > now)]
    .toSorted((a, b) => a - b)
    .flatMap((begin) => {
      const span = { from: begin, to: begin + WEEK_AND_A_DAY };
      return [begin, ...changesOf(before, span), ...changesOf(after, span)];
    })
    .find((at) => isBlocked(after, at) && !isBlocked(before, at));
}

function isBlocked(situation: Situation, instant: number): boolean {
  return decide(situation, instant).access === 'block';
}

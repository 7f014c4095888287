/** What holds for a device at an instant, why, since when, until when, and what comes next. Pure. */
import { decide, isSameAccess } from './decide.ts';
import { type Situation, situationOf } from './situation.ts';
import type { AccessDevice, AccessHome, Because, Decision, DeviceAccess } from './types.ts';
import { DAY, daysOfChange, zoneOf } from './wall-clock.ts';
import { type Span, spansOf } from './weekly.ts';

/** A week and a day are behind, two weeks and a day ahead: all that weekly windows do, also over a change of summer time. */
const BEHIND = 8 * DAY;
const AHEAD = 15 * DAY;
const YEAR = 366 * DAY;

/** What was found out of a home at an instant, for each signature. */
const answers = new WeakMap<AccessHome, { instant: number; known: Map<string, DeviceAccess> }>();

/**
 * Access of a device.
 * @param instant in seconds of the epoch; of a fraction only the second counts
 */
export function accessAt(home: AccessHome, device: AccessDevice, instant: number): DeviceAccess {
  const second = Math.floor(instant);
  const situation = situationOf(home, device);
  let answer = answers.get(home);
  if (answer?.instant !== second)
    answers.set(home, (answer = { instant: second, known: new Map() }));
  const known = answer.known.get(situation.signature);
  if (known !== undefined) return known;
  const access = describe(situation, second);
  answer.known.set(situation.signature, access);
  return access;
}

/** All instants after one and not after another one at which a device's access may change, in order. */
export function changesOf(situation: Situation, { from, to }: Span): number[] {
  const zone = zoneOf(situation.zone);
  const edges = new Set<number>();
  const add = (at: number) => {
    if (from < at && at <= to) edges.add(at);
  };
  for (const edge of fixedEdges(situation)) add(edge);
  for (const { windows } of situation.schedules.flat())
    for (const span of windows === null ? [] : spansOf(windows, zone, { from, to })) {
      add(span.from);
      add(span.to);
    }
  return [...edges].toSorted((a, b) => a - b);
}

function describe(situation: Situation, instant: number): DeviceAccess {
  const now = decide(situation, instant);
  const { isRouter, blockedSince } = situation;
  if (isRouter || blockedSince !== null)
    return { ...now, since: blockedSince, until: null, next: null };
  const next = findNext(situation, instant, now);
  return { ...now, since: findSince(situation, instant, now), until: next?.at ?? null, next };
}

function findNext(situation: Situation, instant: number, now: Decision): DeviceAccess['next'] {
  for (const at of after(situation, instant)) {
    const then = decide(situation, at);
    if (!isSameAccess(now, then)) return { at, ...then };
  }
  return null;
}

function findSince(situation: Situation, instant: number, now: Decision): number | null {
  for (const at of before(situation, instant)) {
    const earlier = decide(situation, at - 1);
    if (!isSameAccess(now, earlier) || !isSameReason(now.because, earlier.because)) return at;
  }
  return null;
}

function isSameReason(one: Because, other: Because): boolean {
  return one.kind === other.kind && one.rule_id === other.rule_id;
}

/** When rules begin and end by themselves. */
function fixedEdges({ pauses, exceptions, schedules }: Situation): number[] {
  return [...pauses, ...exceptions, ...schedules.flat()].flatMap(({ from, until }) =>
    until === null ? [from] : [from, until],
  );
}

/**
 * What may change it next, the nearest first. Beyond the next weeks, which show all that weekly windows do, only what begins or ends
 * by itself brings anything new, or a change of the clock.
 */
function* after(situation: Situation, instant: number): Iterable<number> {
  const near = instant + AHEAD;
  yield* changesOf(situation, { from: instant, to: near });
  const isWeekly = situation.schedules.flat().some(({ windows }) => windows !== null);
  const clock = isWeekly ? daysOfChange(zoneOf(situation.zone), near, instant + YEAR) : [];
  const far = [...fixedEdges(situation).filter((at) => at > near), ...clock];
  for (const at of far.toSorted((a, b) => a - b))
    yield* changesOf(situation, { from: Math.max(near, at - DAY), to: at + AHEAD });
}

/** What may have changed it last, the latest first. */
function* before(situation: Situation, instant: number): Iterable<number> {
  yield* changesOf(situation, { from: instant - BEHIND, to: instant }).toReversed();
  const far = fixedEdges(situation).filter((at) => at <= instant - BEHIND);
  for (const at of far.toSorted((a, b) => b - a))
    yield* changesOf(situation, { from: at - BEHIND, to: at }).toReversed();
}

/** How a router is made to give a device what it is to get, as far as its agent can. Pure. */
import type { Span } from '../access/weekly.ts';
import { BLOCKED, type Course, OPEN, type Timed, isSameRates } from './course.ts';
import type { DocumentWindow, PolicyDocument, Rates } from './document.ts';
import type { Rules } from './rules.ts';

/** What a document gives devices by its mode alone: those on the list, and the others. */
export type Classes = Pick<PolicyDocument, 'mode' | 'limit' | 'full'> & {
  listed: Rates;
  others: Rates;
};

export function classesOf(rules: Rules): Classes {
  if (rules.mode === 'whitelist')
    return whitelist(rules.whitelist_limit_rate, rules.whitelist_full_rate);
  if (rules.mode !== 'blacklist')
    return { mode: 'none', limit: null, full: null, listed: OPEN, others: OPEN };
  const { blacklist_limit_rate: limit, blacklist_full_rate: full } = rules;
  return { mode: 'blacklist', limit, full, listed: both(limit), others: both(full) };
}

/** Who is on the list gets `full`, anybody else `limit`, also a device that nobody has ever seen. */
export function whitelist(limit: number | null, full: number | null): Classes {
  return { mode: 'whitelist', limit, full, listed: both(full), others: both(limit) };
}

function both(rate: number | null): Rates {
  return { down: rate, up: rate };
}

/** What a document says of one device. */
export type Placement = {
  isListed: boolean;
  isBlocked: boolean;
  /** In place of those of the mode. */
  rates: Rates | undefined;
  timed: (Timed & { kind: 'block' | 'list' | 'rate' })[];
  /** What the agent cannot give it. */
  unable: Rates[];
};

/** @param hasRates the agent can give one device rates of its own */
export function place({ steady, timed }: Course, classes: Classes, hasRates: boolean): Placement {
  const isOfList = classes.mode !== 'none' && isSameRates(steady, classes.listed);
  const isOfMode = isOfList || isSameRates(steady, classes.others);
  const isBlock = isSameRates(steady, BLOCKED);
  const isEverLifted = timed.some(({ rates }) => !isSameRates(rates, BLOCKED));
  // A block cannot be lifted for a time; rates of 0, which are one as well, can.
  const isBlocked = !isOfMode && isBlock && !(isEverLifted && hasRates);
  const isRated = !isOfMode && !isBlocked && hasRates;
  const isListed = isOfList && !isSameRates(steady, classes.others);
  const unable = isOfMode || isBlocked || isRated ? [] : [steady];
  const placed = timed.flatMap((one): Placement['timed'] => {
    if (isSameRates(one.rates, BLOCKED)) return [{ ...one, kind: 'block' }];
    if (hasRates) return [{ ...one, kind: 'rate' }];
    const isList = classes.mode !== 'none' && isSameRates(one.rates, classes.listed);
    if (isList && !isBlocked) return [{ ...one, kind: 'list' }];
    unable.push(one.rates);
    return [];
  });
  return { isListed, isBlocked, rates: isRated ? steady : undefined, timed: placed, unable };
}

/** Gives the same number to the same windows. */
export interface WindowNumbers {
  numberOf: (timed: Timed) => number;
  windows: () => DocumentWindow[];
  once: () => number[];
}

/** @param end of the week that repeats */
export function createWindowNumbers(end: number): WindowNumbers {
  const numbers = new Map<string, { number: number; spans: Span[]; isOnce: boolean }>();
  return {
    numberOf: ({ spans, isOnce }) => {
      const key = `${isOnce} ${spans.map(({ from, to }) => `${from}-${to}`).join(' ')}`;
      const found = numbers.get(key) ?? { number: numbers.size + 1, spans, isOnce };
      numbers.set(key, found);
      return found.number;
    },
    windows: () => {
      const windows = [...numbers.values()].flatMap(({ number, spans }) =>
        spans.map((span) => ({ number, ...span })),
      );
      const repeating = [...numbers.values()].filter(({ isOnce }) => !isOnce);
      // The week before the last window's end repeats: one that nothing is said of ends with the period.
      if (repeating.length === 0 || repeating.some(({ spans }) => spans.at(-1)?.to === end))
        return windows;
      return [...windows, { number: numbers.size + 1, from: end - WEEK, to: end }];
    },
    once: () => [...numbers.values()].flatMap(({ number, isOnce }) => (isOnce ? [number] : [])),
  };
}

const WEEK = 7 * 86_400;

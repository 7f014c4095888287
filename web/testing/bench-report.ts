/** Shared by the measurements of `bench/web`: a new browser for each round, and the lines of the report. */
import { openContext } from './chromium.ts';
import type { Stage } from './stage.ts';
import { type UnwatchedPage, onUnwatchedPage } from './unwatched-page.ts';

export type Bench = { stage: Stage; userId: string; rounds: number };

/** Does the work once a round, each in a browser with an empty cache on a CPU that is `slower` times slower. */
export async function inRounds<Found>(
  { stage: { browser, signIn }, userId, rounds }: Bench,
  slower: number,
  work: (page: UnwatchedPage) => Promise<Found>,
): Promise<Found[]> {
  await using context = await openContext(browser);
  await signIn(context, userId);
  const found: Found[] = [];
  while (found.length < rounds) {
    found.push(await onUnwatchedPage(browser, { context, slower }, work));
  }
  return found;
}

export function median(numbers: readonly number[]): number {
  return (
    numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN
  );
}

/** Prints one line: what was measured, and the limit. */
export function report(
  what: string,
  value: number,
  unit: string,
  { under, atMost }: { under?: number; atMost?: number } = {},
): void {
  const aim = [under !== undefined && `under ${under}`, atMost !== undefined && `at most ${atMost}`]
    .filter((text) => text !== false)
    .join(' and ');
  const rounded = value < 1 ? value.toFixed(4).replace(/\.?0+$/, '') : value.toFixed(0);
  const line = `  ${what.padEnd(42)} ${rounded.padStart(6)} ${unit.padEnd(2)}`;
  console.log(aim === '' ? line : `${line}   (to be ${aim})`);
}

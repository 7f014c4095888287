import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that take by far the longest, whatever their size: one that began last would run alone. */
const LONGEST = [
  'testing/crash.test.ts',
  'web/testing/every-page.test.ts',
  'lab/deployment.test.ts',
  'deploy/built-image.test.ts',
];

/** Starts the longest files first. The lab's, which mostly wait, are spread between the others, so that the CPU never does. */
export class SpreadSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- it sorts no array, but makes one
    const sorted = await super.sort(files);
    const name = ({ moduleId }: TestSpecification) => relative(this.ctx.config.root, moduleId);
    const waiting = sorted.filter(
      (file) => name(file).startsWith('lab/') && !LONGEST.includes(name(file)),
    );
    const working = sorted.filter((file) => !waiting.includes(file));
    const longest = LONGEST.flatMap((path) => working.filter((file) => name(file) === path));
    const order = new Set([...longest, ...working]);
    return spread(waiting, [...order]);
  }
}

/** Puts some things evenly between others, the first of them first, and the last well before the end. */
function spread<Thing>(some: readonly Thing[], others: readonly Thing[]): Thing[] {
  const step = Math.floor((others.length * 2) / 3 / Math.max(some.length, 1));
  const all = [...others];
  for (const [index, thing] of some.entries()) all.splice(index * (step + 1), 0, thing);
  return all;
}

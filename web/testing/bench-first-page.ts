/** The first page: what is fetched for it, and when it is there. */
import { setTimeout as pause } from 'node:timers/promises';
import type { BareSite } from './bare-site.ts';
import { type Bench, inRounds, median, report } from './bench-report.ts';
import { painted } from './measure.ts';
import type { UnwatchedPage } from './unwatched-page.ts';

const SLOWER = 4;
/** In which even a slow machine has painted all that it ever will. */
const LONG_MS = 4_000;

/** Prints the measures of the first page, and when Chromium shows the same as one plain document. */
export async function measureFirstPage(bench: Bench, bare: BareSite): Promise<void> {
  const rounds = await inRounds(bench, SLOWER, async (page) => {
    const seen = await open(page, bench.stage.url);
    if (!(await page.evaluate(() => document.body.innerText.includes('PlayStation'))))
      throw new Error('The first page shows no device.');
    bare.show(await page.evaluate(asPlainDocument));
    return { ...seen, bytes: await page.evaluate(scriptBytes) };
  });
  const plain = await inRounds(bench, SLOWER, (page) => open(page, bare.url));
  const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick));
  const lcp = of((round) => round.lcp);
  const plainLcp = median(plain.map((round) => round.lcp));
  console.log(`First page, with a ${SLOWER} times slower CPU (median of ${rounds.length}):`);
  report('JavaScript, compressed', of(({ bytes }) => bytes) / 1000, 'KB', { under: 200 });
  report('largest contentful paint', lcp, 'ms', { under: 1000 });
  report('  of the same as one plain document', plainLcp, 'ms');
  const shift = of(({ cls }) => cls);
  report('cumulative layout shift', shift, '', { atMost: 0 });
  const blocked = of(({ tbt }) => tbt);
  report('total blocking time', blocked, 'ms', { under: 100 });
}

/** Nothing is asked of the page before it is done: each question would take its time from it. */
async function open(page: UnwatchedPage, url: string) {
  await page.goto(url);
  await pause(LONG_MS);
  return page.evaluate(painted);
}

/** Runs in the page: bytes of all scripts, as they came over the wire. */
function scriptBytes(): number {
  return performance
    .getEntriesByType('resource')
    .filter(({ name }) => name.endsWith('.js'))
    .reduce((total, entry) => total + Number(Reflect.get(entry, 'transferSize')), 0);
}

/** Runs in the page: all that it shows, with its styles, and no script. */
function asPlainDocument(): string {
  const styles = [...document.styleSheets]
    .flatMap(({ cssRules }) => [...cssRules])
    .map(({ cssText }) => cssText)
    .join('\n');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><style>${styles}</style>${document.body.innerHTML.replaceAll(/<script.*?<\/script>|<img[^>]*>/gs, '')}`;
}

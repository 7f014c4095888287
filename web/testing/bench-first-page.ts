/** The first page: what is fetched for it, and when it is there. */
import type { BrowserContext, Page } from 'playwright-core';
import type { BareSite } from './bare-site.ts';
import { type Bench, inRounds, median, report } from './bench-report.ts';
import { type Painted, painted } from './measure.ts';

const SLOWER = 4;

/** Prints the measures of the first page, and when Chromium shows the same as one plain document. */
export async function measureFirstPage(bench: Bench, bare: BareSite): Promise<void> {
  const rounds = await inRounds(bench, SLOWER, async (page, context) => {
    const bytes = await countScripts(page, context);
    await page.goto(bench.stage.url, { waitUntil: 'networkidle' });
    await page.getByText('PlayStation').first().waitFor();
    const seen = await afterPaint(page);
    bare.show(await page.evaluate(asPlainDocument));
    return { ...seen, bytes: bytes() };
  });
  const plain = await inRounds(bench, SLOWER, async (page) => {
    await page.goto(bare.url);
    return afterPaint(page);
  });
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

async function afterPaint(page: Page): Promise<Painted> {
  // What was painted is told a little later.
  await page.waitForTimeout(500);
  return page.evaluate(painted);
}

/** Bytes of all scripts, as they came over the wire. */
async function countScripts(page: Page, context: BrowserContext): Promise<() => number> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  const scripts = new Set<string>();
  let bytes = 0;
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.mimeType.includes('javascript')) scripts.add(requestId);
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  return () => bytes;
}

/** Runs in the page: all that it shows, with its styles, and no script. */
function asPlainDocument(): string {
  const styles = [...document.styleSheets]
    .flatMap(({ cssRules }) => [...cssRules])
    .map(({ cssText }) => cssText)
    .join('\n');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><style>${styles}</style>${document.body.innerHTML.replaceAll(/<script.*?<\/script>|<img[^>]*>/gs, '')}`;
}

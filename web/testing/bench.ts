/** What `bench/web` runs. Each round has a browser of its own, with nothing cached; the median is printed. */
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import type { BrowserContext, Page } from 'playwright-core';
import { type Database } from '../../src/database/pool.ts';
import { tenantTransaction } from '../../src/database/transaction.ts';
import { openContext } from './chromium.ts';
import { moveIn } from './home.ts';
import { type Painted, longestLetter, observe, painted } from './measure.ts';
import { type Stage, onStage } from './stage.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    devices: { type: 'string', default: '5000' },
  },
});
const ROUNDS = Number(values.rounds);
const DEVICES = Number(values.devices);
const SLOWER = 4;

await onStage(async (stage) => {
  const userId = await stage.addUser();
  const { routerId } = await moveIn(stage.database, userId);
  await measureFirstPage(stage, userId);
  await fill(stage.database, { userId, routerId });
  await measureDevices(stage, userId);
});

/** A page of a new browser, whose CPU is so many times slower. */
async function withPage<Found>(
  { browser, signIn }: Stage,
  userId: string,
  slower: number,
  work: (page: Page, context: BrowserContext) => Promise<Found>,
): Promise<Found> {
  const context = await openContext(browser);
  await signIn(context, userId);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.addInitScript(observe);
  const found = await work(page, context);
  await context.close();
  return found;
}

async function measureFirstPage(stage: Stage, userId: string): Promise<void> {
  const rounds: (Painted & { bytes: number })[] = [];
  for (let done = 0; done < ROUNDS; done += 1) {
    const round = await withPage(stage, userId, SLOWER, async (page, context) => {
      const bytes = await countScripts(page, context);
      await page.goto(stage.url, { waitUntil: 'networkidle' });
      await page.getByText('PlayStation').first().waitFor();
      // What was painted is told a little later.
      await page.waitForTimeout(500);
      return { ...(await page.evaluate(painted)), bytes: bytes() };
    });
    rounds.push(round);
  }
  const of = (pick: (round: Painted & { bytes: number }) => number) => median(rounds.map(pick));
  console.log(`First page, with a ${SLOWER} times slower CPU (median of ${rounds.length}):`);
  report('JavaScript, compressed', of(({ bytes }) => bytes) / 1000, 'KB', 200);
  report(
    'largest contentful paint',
    of(({ lcp }) => lcp),
    'ms',
    1000,
  );
  report(
    'cumulative layout shift',
    of(({ cls }) => cls),
    '',
    0,
  );
  report(
    'total blocking time',
    of(({ tbt }) => tbt),
    'ms',
    100,
  );
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

async function measureDevices(stage: Stage, userId: string): Promise<void> {
  for (const slower of [1, SLOWER]) {
    const ready: number[] = [];
    const letters: number[] = [];
    for (let done = 0; done < ROUNDS; done += 1) {
      await withPage(stage, userId, slower, async (page) => {
        await page.goto(`${stage.url}/devices`);
        await page
          .getByText(`${(DEVICES + 14).toLocaleString('en')} devices`, { exact: true })
          .waitFor();
        await page.getByRole('row').nth(5).waitFor();
        ready.push(await page.evaluate(() => performance.now()));
        const search = page.getByRole('searchbox');
        await search.click();
        for (const letter of 'vendor 3 host-41') {
          await page.keyboard.press(letter === ' ' ? 'Space' : letter);
          await page.waitForTimeout(60);
        }
        letters.push(await page.evaluate(longestLetter));
      });
    }
    const cpu = slower === 1 ? 'the CPU as it is' : `a ${slower} times slower CPU`;
    console.log(`${DEVICES} devices, ${cpu} (median of ${ready.length}):`);
    report('all of them there, rows shown', median(ready), 'ms', slower === 1 ? 1000 : undefined);
    report(
      'longest from a letter to its show',
      median(letters),
      'ms',
      slower === 1 ? 50 : undefined,
    );
  }
}

function fill(database: Database, { userId, routerId }: { userId: string; routerId: string }) {
  return tenantTransaction(database, userId, (transaction) =>
    sql`insert into user_devices (user_id, router_id, ip, mac, hostname, manufacturer, device_type, is_online, first_seen, last_seen)
        select ${userId}, ${routerId}, '10.0.0.0'::inet + n, ('02' || lpad(to_hex(n), 10, '0'))::macaddr,
               'host-' || n, 'Vendor ' || n % 40, (array['phone', 'laptop', 'tv', 'camera', null])[1 + n % 5],
               n % 3 = 0, now() - interval '30 days', now() - n * interval '1 minute'
        from generate_series(1, ${DEVICES}) n`.execute(transaction),
  );
}

function median(numbers: readonly number[]): number {
  return (
    numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN
  );
}

function report(what: string, value: number, unit: string, most?: number): void {
  const bound = most === undefined ? '' : `   (to be at most ${most}${unit && ` ${unit}`})`;
  const rounded = value < 1 ? value.toFixed(4).replace(/\.?0+$/, '') : value.toFixed(0);
  console.log(`  ${what.padEnd(34)} ${rounded.padStart(6)} ${unit}${bound}`);
}

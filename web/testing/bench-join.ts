/** From a device that joins the network of a simulated router to its row on the screen. */
import { EventEmitter, once } from 'node:events';
import type { Page } from 'playwright-core';
import { tenantTransaction } from '../../src/database/transaction.ts';
import { createPairingCode } from '../../src/routers/pairing-codes.ts';
import type { Neighbour } from '../../src/devices/neighbour.ts';
import { createAgent } from '../../src/simulator/agent.ts';
import { type Dialled, dial } from '../../src/simulator/dial.ts';
import { createHome } from '../../src/simulator/home.ts';
import { linkByCode } from '../../src/simulator/link-fleet.ts';
import { type BareSite, LISTENING } from './bare-site.ts';
import { type Bench, median, report } from './bench-report.ts';
import { openContext } from './chromium.ts';

const JOINS = 20;

/** Prints how long a row takes to show, beside an item of a bare page that is told by a bare server. */
export async function measureJoin(bench: Bench, bare: BareSite): Promise<void> {
  const { router, join } = await dialIn(bench);
  await using context = await openContext(bench.stage.browser);
  await bench.stage.signIn(context, bench.userId);
  const page = await context.newPage();
  await page.goto(`${bench.stage.url}/devices`);
  await page.getByRole('row').nth(5).waitFor();
  // Of thousands only those in view are rows: these are the only ones.
  await page.getByRole('searchbox').fill('joined-');
  const rows = await times(page, join);
  bare.show(LISTENING);
  await page.goto(bare.url, { waitUntil: 'networkidle' });
  const items = await times(page, bare.say);
  router.stop();
  console.log(`From a device that joins to its row on the screen (${JOINS} of them):`);
  report('median', median(rows), 'ms');
  report('the slowest', Math.max(...rows), 'ms', { under: 1000 });
  report('  a bare server to a bare page, median', median(items), 'ms');
}

/** A router of the person's, linked and connected as a real one; `join` lets a device of that name appear behind it. */
async function dialIn({ stage, userId }: Bench): Promise<{
  router: Dialled;
  join: (name: string) => void;
}> {
  const { code } = await tenantTransaction(stage.database, userId, (transaction) =>
    createPairingCode(transaction, userId),
  );
  const { access, identities } = await linkByCode(stage.url, code);
  const home = createHome(1, 0);
  const joined: Neighbour[] = [];
  const changes = new EventEmitter();
  const router = dial({
    access,
    privateKey: identities[0]?.private_key ?? '',
    agent: createAgent({
      ...home,
      neighbours: () => joined,
      live: () => joined.slice(-1),
    }),
    onChange: (change) => changes.emit(change),
  });
  await once(changes, 'connected');
  const join = (name: string) => {
    const last = joined.length + 2;
    joined.push({
      mac: `02:00:5e:00:53:${last.toString(16).padStart(2, '0')}`,
      ip: `192.168.1.${last}`,
      online: true,
      hostname: name,
    });
    router.live();
  };
  return { router, join };
}

/** How long each of some names takes from being told to being painted. */
async function times(page: Page, tell: (name: string) => void): Promise<number[]> {
  const found: number[] = [];
  while (found.length < JOINS) {
    const name = `joined-${found.length + 1}`;
    const seen = page.evaluate(paintedAt, name);
    // The page has begun to look.
    await page.evaluate(() => undefined);
    const told = Date.now();
    tell(name);
    found.push((await seen) - told);
  }
  return found;
}

/** Runs in the page: when an element with this text has been painted, by the clock that all processes read. */
function paintedAt(text: string): Promise<number> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const isThere = [...document.querySelectorAll('[role=row], li')].some(({ textContent }) =>
        textContent.includes(text),
      );
      if (!isThere) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  });
}

/** The list of many devices: when it is there, and how it answers to letters. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../../src/database/pool.ts';
import { tenantTransaction } from '../../src/database/transaction.ts';
import type { BareSite } from './bare-site.ts';
import { type Bench, inRounds, median, report } from './bench-report.ts';
import { THINGS } from './home.ts';
import { longestLetter } from './measure.ts';
import type { UnwatchedPage } from './unwatched-page.ts';

/** Prints when the list of so many devices is there, beside as many rows of plain HTML, and how long letters take. */
export async function measureDevices(bench: Bench, bare: BareSite, count: number): Promise<void> {
  for (const slower of [1, 4]) {
    const found = await inRounds(bench, slower, (page) => useList(page, bench.stage.url, count));
    bare.show(plainTable(count));
    const plain = await inRounds(bench, slower, async (page) => {
      await page.goto(bare.url);
      return page.evaluate(rowsPainted);
    });
    const aims = slower === 1;
    const cpu = aims ? 'the CPU as it is' : `a ${slower} times slower CPU`;
    console.log(`${count} devices, ${cpu} (median of ${found.length}):`);
    report('all of them there, rows shown', median(found.map(({ ready }) => ready)), 'ms', {
      ...(aims && { under: 1000 }),
    });
    report('  as many rows of plain HTML', median(plain), 'ms');
    report(
      'longest from a letter to its show',
      Math.max(...found.map(({ letter }) => letter)),
      'ms',
      {
        ...(aims && { atMost: 50 }),
      },
    );
  }
}

async function useList(page: UnwatchedPage, url: string, count: number) {
  await page.goto(`${url}/devices`);
  const ready = await page.evaluate(rowsPainted);
  const shown = await page.evaluate(() => document.querySelector('main')?.innerText ?? '');
  const total = (count + THINGS.length).toLocaleString('en');
  if (!shown.includes(`${total} devices`)) throw new Error(`Not all are there: ${shown}`);
  // Nobody types before they have seen it.
  await pause(500);
  await page.evaluate(() => document.querySelector<HTMLElement>('[type=search]')?.focus());
  for (const letter of 'vendor 3 host-41') {
    await page.type(letter);
    await pause(60);
  }
  return { ready, letter: await page.evaluate(longestLetter) };
}

/** Runs in the page: when it has painted rows, in milliseconds since it was asked for. */
function rowsPainted(): Promise<number> {
  return new Promise((resolve) => {
    const check = () => {
      const isThere = document.querySelectorAll('[role=row], tr').length > 5;
      if (!isThere || document.readyState !== 'complete') return;
      observer.disconnect();
      removeEventListener('load', check);
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    };
    const observer = new MutationObserver(check);
    observer.observe(document, { subtree: true, childList: true });
    addEventListener('load', check);
    check();
  });
}

/** Puts so many devices behind a router. */
export function fill(
  database: Database,
  { userId, routerId }: { userId: string; routerId: string },
  count: number,
) {
  return tenantTransaction(database, userId, (transaction) =>
    sql`insert into user_devices (user_id, router_id, ip, mac, hostname, manufacturer, device_type, is_online, first_seen, last_seen)
        select ${userId}, ${routerId}, '10.0.0.0'::inet + n, ('02' || lpad(to_hex(n), 10, '0'))::macaddr,
               'host-' || n, 'Vendor ' || n % 40, (array['phone', 'laptop', 'tv', 'camera', null])[1 + n % 5],
               n % 3 = 0, now() - interval '30 days', now() - n * interval '1 minute'
        from generate_series(1, ${count}) n`.execute(transaction),
  );
}

function plainTable(count: number): string {
  const rows = Array.from(
    { length: count },
    (_, n) =>
      `<tr><td>host-${n}<td>Vendor ${n % 40}<td>10.0.${n >> 8}.${n & 255}<td>Online<td>${n} minutes ago<td><button>Block</button>`,
  );
  return `<!doctype html><title>Bare</title><style>table { table-layout: fixed; width: 100% }</style><table>${rows.join('')}</table>`;
}

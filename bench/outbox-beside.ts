/** What the outbox is measured beside: the bare requests, and targets that hang. */
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { DELIVERY_RULES } from '../src/alerts/delivery.ts';
import { sendToTarget } from '../src/alerts/guarded-request.ts';
import type { DatabaseAddress } from '../src/config/database-address.ts';
import type { Database } from '../src/database/pool.ts';
import { ask } from '../testing/alerts.ts';
import { kill, makeHome, startWorker } from '../testing/killed-workers.ts';
import { startTarget } from '../testing/target-server.ts';

/** As many as a worker has under way. */
const AT_ONCE = 32;

/** Seconds for as many requests without an outbox: nothing is stored, none is sent again. */
export async function sendBare(count: number): Promise<number> {
  const target = await startTarget(() => ({ status: 204 }));
  const request = {
    url: `${target.url}/bare`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'x'.repeat(400) }),
  };
  let left = count;
  const began = performance.now();
  const send = async () => {
    while (left > 0) {
      left -= 1;
      await sendToTarget(request, { networks: ['127.0.0.0/8'] });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, send));
    return (performance.now() - began) / 1_000;
  } finally {
    await target.close();
  }
}

/**
 * Milliseconds from an event to its arrival at targets that answer, while so many other people have five targets each
 * that take the connection and never answer: half of the alerts took less than `half`, one in a hundred more than `most`.
 */
export async function deliverBeside(
  { database, address }: { database: Database; address: DatabaseAddress },
  hanging: number,
): Promise<{ half: number; most: number }> {
  const written = new Map<string, number>();
  const took: number[] = [];
  const quick = await startTarget(({ body }) => {
    const text: unknown = JSON.parse(body.toString()).data.text;
    took.push(performance.now() - (written.get(String(text)) ?? Number.NaN));
    return { status: 204 };
  });
  const slow = await startTarget(() => 'hang');
  const home = await makeHome(database, quick.url, 0);
  const others = [];
  for (let person = 0; person < hanging; person += 1)
    others.push(await makeHome(database, slow.url, person));
  const worker = startWorker(address, DELIVERY_RULES.claimSeconds);
  try {
    // Until it is at work.
    await ask(database, home, ['ready']);
    await quick.waitFor(5);
    took.length = 0;
    for (const other of others) await ask(database, other, ['one', 'two']);
    for (let alert = 0; alert < 100; alert += 1) {
      const text = String(alert);
      written.set(text, performance.now());
      await ask(database, home, [text]);
      await delay(200);
    }
    await quick.waitFor(505);
  } finally {
    await kill(worker);
    await Promise.all([quick.close(), slow.close()]);
  }
  const sorted = took.toSorted((one, other) => one - other);
  return { half: sorted[250] ?? Number.NaN, most: sorted[495] ?? Number.NaN };
}

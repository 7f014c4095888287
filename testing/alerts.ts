/** Channels and events for tests of alerts. */
import { randomUUID } from 'node:crypto';
import type { Services } from '../src/api/app.ts';
import type { WorkerOptions } from '../src/alerts/worker.ts';
import {
  DELIVERY_RULES,
  type DeliveryRules,
  claimChannels,
  deliverDue,
} from '../src/alerts/delivery.ts';
import { findDueListeners, spreadAlerts } from '../src/alerts/outbox.ts';
import { sendingServices } from '../src/alerts/sending.ts';
import { recordEvent } from '../src/activity/record-event.ts';
import type { Database } from '../src/database/pool.ts';
import { tenantTransaction } from '../src/database/transaction.ts';

/** Networks that tests allow: their targets are on this machine. */
export const ALLOWED = { ALERT_NETWORKS: '127.0.0.0/8' };

/** A worker on the database of an app, which tries again soon and has no limits. */
export function workerOptions({ config, database, wakes, secretKey }: Services): WorkerOptions {
  return {
    database,
    wakes,
    services: sendingServices(config, secretKey, () => undefined),
    onError: () => undefined,
    rules: {
      ...DELIVERY_RULES,
      shortestWait: 50,
      longestWait: 200,
      channelInAMinute: 100_000,
      memberInAMinute: 100_000,
    },
    mostWaiting: 100_000,
    mostInADay: 100_000,
    lookEvery: 100,
  };
}

/** Somebody in the home asks for more time: an event that is told at once. Its message says which one it is. */
export async function ask(
  database: Database,
  { userId, homeId }: { userId: string; homeId: string },
  messages: readonly string[],
  personId = '019302cc-0000-7000-8000-000000000001',
  askId?: string,
): Promise<void> {
  await tenantTransaction(database, { userId, homeId }, async (transaction) => {
    for (const message of messages)
      await recordEvent(
        transaction,
        'access.asked',
        { id: personId },
        { name: 'Tim', minutes: 30, message, ...(askId !== undefined && { ask_id: askId }) },
      );
  });
}

/** Makes messages of what is due, once, as a worker does. */
export async function spreadNow({ database, secretKey }: Services): Promise<void> {
  const rules = { secretKey, mostWaiting: 200, mostInADay: 500 };
  for (const listener of await findDueListeners(database, 100))
    await spreadAlerts(database, listener, rules);
}

/** Sends what is due, once, as a worker does. */
export async function deliverNow(
  { config, database, secretKey }: Services,
  rules: DeliveryRules = DELIVERY_RULES,
): Promise<void> {
  const sending = sendingServices(config, secretKey, () => undefined);
  const by = { worker: randomUUID(), seconds: rules.claimSeconds, most: 1_000 };
  for (const hasFailed of [false, true])
    for (const claim of await claimChannels(database, { ...by, hasFailed }))
      await deliverDue(database, claim, sending, rules, () => false);
}

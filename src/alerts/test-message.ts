/** "Send a test": at once, past the queue, with the answer for who waits for it. */
import { sql } from 'kysely';
import type { Sender as Actor } from '../api/actor.ts';
import type { Database } from '../database/pool.ts';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';
import { TooManyRequestsError } from '../errors.ts';
import { zoneOf } from '../access/wall-clock.ts';
import { findHome } from '../homes/homes.ts';
import type { Channel } from './channels.ts';
import { type Listener, tenantOf } from './listener.ts';
import { type StoredMessage, openMessage } from './message.ts';
import { PROBLEM_TEXTS } from './problem-texts.ts';
import { type SendingServices, sendMessage } from './sending.ts';
import { languageOf, wordsOf } from './words.ts';

/** A test that is written down, and about to be sent. */
export type PreparedTest = {
  id: string;
  listener: Listener;
  channel: Channel;
  message: StoredMessage;
};

const TESTS_IN_A_MINUTE = 5;

/** Writes a test into the log, as one that failed until it is known. Throws TooManyRequestsError. */
export async function recordTest(
  transaction: TenantTransaction,
  { userId, actorId, homeId = '' }: Actor,
  channel: Channel,
): Promise<PreparedTest> {
  await sql`select from alert_channels where user_id = ${userId} and id = ${channel.id} for update`.execute(
    transaction,
  );
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from alert_deliveries
    where user_id = ${userId} and member_id = ${actorId} and thing = 'test' and created_at > now() - interval '1 minute'`.execute(
    transaction,
  );
  if ((rows[0]?.count ?? 0) >= TESTS_IN_A_MINUTE)
    throw new TooManyRequestsError('You have sent many tests: wait a minute.', 60, 'tests');
  const { last_number: number } = await transaction
    .updateTable('alert_channels')
    .set((row) => ({ last_number: row('last_number', '+', 1) }))
    .where((row) => row.and({ user_id: userId, id: channel.id }))
    .returning('last_number')
    .executeTakeFirstOrThrow();
  const home = await findHome(transaction, { user_id: userId, id: homeId });
  const message: StoredMessage = {
    at: new Date().toISOString(),
    ...wordsOf({ kind: 'test', facts: {} }, languageOf(channel.language), zoneOf(home.timezone)),
    path: '/',
    home: { id: home.id, name: home.name },
    facts: {},
    buttons: [],
    to: null,
  };
  const { id } = await transaction
    .insertInto('alert_deliveries')
    .values({
      user_id: userId,
      home_id: channel.home_id,
      channel_id: channel.id,
      member_id: actorId,
      number,
      channel_kind: channel.kind,
      channel_name: channel.name,
      kind: 'test',
      thing: 'test',
      message: JSON.stringify(message),
      state: 'given_up',
      tries: 1,
      tried_at: sql<string>`now()`,
      finished_at: sql<string>`now()`,
      problem: PROBLEM_TEXTS.stopped,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const listener = { userId, homeId: channel.home_id, memberId: actorId };
  return { id, listener, channel, message };
}

/** Sends it, and writes down what came of it. */
export async function sendTest(
  database: Database,
  { id, listener, channel, message }: PreparedTest,
  services: SendingServices,
): Promise<{ is_delivered: boolean; problem: string | null }> {
  const opened = openMessage(message, {
    id,
    kind: 'test',
    thing: 'test',
    language: languageOf(channel.language),
    publicUrl: services.publicUrl,
    buttonUrls: [],
  });
  const to = channel.kind === 'email' ? await readEmail(database, listener.memberId) : null;
  const outcome = await sendMessage(opened, channel, to, services);
  const problem = outcome.isDelivered ? null : outcome.problem;
  const { userId } = listener;
  await tenantTransaction(database, tenantOf(listener), async (transaction) => {
    await transaction
      .updateTable('alert_deliveries')
      .set({ state: outcome.isDelivered ? 'delivered' : 'given_up', problem })
      .where((row) => row.and({ user_id: userId, id }))
      .execute();
    if (outcome.isDelivered)
      await transaction
        .updateTable('alert_channels')
        .set({ verified_at: sql<string>`now()` })
        .where((row) => row.and({ user_id: userId, id: channel.id }))
        .execute();
  });
  return { is_delivered: outcome.isDelivered, problem };
}

async function readEmail(database: Database, userId: string): Promise<string> {
  const { email } = await tenantTransaction(database, userId, (transaction) =>
    transaction
      .selectFrom('users')
      .select('email')
      .where('id', '=', userId)
      .executeTakeFirstOrThrow(),
  );
  return email;
}

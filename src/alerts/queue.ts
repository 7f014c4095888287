/** The queue of a channel: messages in the order of their numbers. Who writes has the channel's row locked. */
import { sql } from 'kysely';
import { instant } from '../database/instants.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import type { Alert } from './alerts-of.ts';
import type { StoredMessage } from './message.ts';
import { insertLinks } from './links.ts';
import { type Listener, keyOf } from './listener.ts';
import { PROBLEM_TEXTS } from './problem-texts.ts';
import { WITH_BUTTONS } from './senders.ts';
import { labelOf, languageOf, wordsOf } from './words.ts';

export type QueueRules = {
  /** Signs the links of buttons. */
  secretKey: string;
  /** The most that may wait for one channel. */
  mostWaiting: number;
  /** The most that a channel gets in a day. */
  mostInADay: number;
};

/** The home that it is about, and where e-mail goes. */
export type Addressee = { home: { id: string; name: string; zone: string }; to: string };
/** @param now when it is told, in milliseconds of the epoch */
type Told = Addressee & { now: number };

type Channel = { id: string; kind: string; name: string; language: string };

/** Adds alerts to a channel's queue, in their order; when there are too many, one row says so. */
export async function enqueue(
  transaction: TenantTransaction,
  listener: Listener,
  channel: Channel,
  alerts: readonly Alert[],
  { home, to, now }: Told,
  rules: QueueRules,
): Promise<void> {
  const { userId } = listener;
  const last = await lockQueue(transaction, userId, channel.id);
  if (last === undefined) return;
  let room = await countRoom(transaction, userId, channel.id, rules);
  let number = last.number;
  let isDropping = last.isDropping;
  for (const alert of alerts) {
    const isRoom = room > 0;
    if (!isRoom && isDropping) continue;
    number += 1;
    room -= 1;
    isDropping = !isRoom;
    const actions = isRoom && WITH_BUTTONS.has(channel.kind) ? alert.actions : [];
    const { id } = await transaction
      .insertInto('alert_deliveries')
      .values({
        ...keyOf(listener),
        channel_id: channel.id,
        number,
        channel_kind: channel.kind,
        channel_name: channel.name,
        kind: alert.kind,
        thing: alert.thing.slice(0, 300),
        created_at: instant(now),
        message: JSON.stringify(messageOf(alert, channel, actions, { home, to })),
        ...(!isRoom && {
          state: 'dropped',
          problem: PROBLEM_TEXTS.too_many,
          finished_at: sql<string>`now()`,
        }),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await insertLinks(transaction, listener, { id, actions }, rules.secretKey);
  }
  await sql`
    update alert_channels set last_number = ${number},
      next_at = coalesce(next_at, (select min(now()) from alert_deliveries
        where user_id = ${userId} and channel_id = ${channel.id} and state = 'waiting'))
    where user_id = ${userId} and id = ${channel.id}`.execute(transaction);
}

function messageOf(
  alert: Alert,
  { kind, language }: Channel,
  actions: Alert['actions'],
  { home, to }: Addressee,
): StoredMessage {
  const spoken = languageOf(language);
  const { title, text } = wordsOf(alert, spoken, home.zone);
  return {
    at: new Date(alert.at).toISOString(),
    title,
    text,
    path: alert.path,
    home: { id: home.id, name: home.name },
    facts: alert.facts,
    buttons: actions.map((action) => labelOf(action, spoken)),
    to: kind === 'email' ? to : null,
  };
}

/** Locks a channel that is switched on: its last number, and whether that was left out. */
async function lockQueue(
  transaction: TenantTransaction,
  userId: string,
  id: string,
): Promise<{ number: number; isDropping: boolean } | undefined> {
  const channel = await transaction
    .selectFrom('alert_channels')
    .select('last_number')
    .where((row) => row.and({ user_id: userId, id, is_enabled: true }))
    .forUpdate()
    .executeTakeFirst();
  if (channel === undefined) return undefined;
  const last = await transaction
    .selectFrom('alert_deliveries')
    .select('state')
    .where((row) => row.and({ user_id: userId, channel_id: id, number: channel.last_number }))
    .executeTakeFirst();
  return { number: channel.last_number, isDropping: last?.state === 'dropped' };
}

async function countRoom(
  transaction: TenantTransaction,
  userId: string,
  id: string,
  { mostWaiting, mostInADay }: QueueRules,
): Promise<number> {
  const { rows } = await sql<{ waiting: number; today: number }>`
    select count(*) filter (where state = 'waiting') as waiting,
      count(*) filter (where created_at > now() - interval '1 day') as today
    from alert_deliveries
    where user_id = ${userId} and channel_id = ${id} and (state = 'waiting' or created_at > now() - interval '1 day')`.execute(
    transaction,
  );
  const { waiting = 0, today = 0 } = rows[0] ?? {};
  return Math.min(mostWaiting - waiting, mostInADay - today);
}

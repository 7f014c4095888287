/** The deliveries of one channel: the first that waits is sent, and what came of it is stored, before the next one. */
import { sql } from 'kysely';
import { Value } from 'typebox/value';
import { backOff } from '../back-off.ts';
import type { Database } from '../database/pool.ts';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';
import { kindOf } from './kinds.ts';
import { type Listener, tenantOf } from './listener.ts';
import { nameCell } from '../secret-cell.ts';
import { linkSecret } from './links.ts';
import { StoredMessage, openMessage } from './message.ts';
import { PROBLEM_TEXTS, problemText } from './problem-texts.ts';
import {
  type ChannelTarget,
  type Outcome,
  type Result,
  type SendingServices,
  failed,
  sendMessage,
} from './sending.ts';
import { waitForQuiet } from './quiet-retry.ts';
import { languageOf } from './words.ts';

export type DeliveryRules = {
  /** Messages that one channel, and all channels of one person, get in a minute. */
  channelInAMinute: number;
  memberInAMinute: number;
  /** Seconds that a claim holds; one message takes 20 at most. */
  claimSeconds: number;
  /** Milliseconds between two tries. */
  shortestWait: number;
  longestWait: number;
  /** Seconds that a target may ask for (`Retry-After`). */
  longestAsked: number;
  /** Days after which a message is given up. */
  givesUpAfter: number;
};

export const DELIVERY_RULES: DeliveryRules = {
  channelInAMinute: 30,
  memberInAMinute: 100,
  claimSeconds: 60,
  shortestWait: 10_000,
  longestWait: 60 * 60_000,
  longestAsked: 24 * 3_600,
  givesUpAfter: 3,
};

/** So many messages in a row whose address was refused are no accident. */
const REFUSALS = 3;

/** A channel that a worker has claimed. */
export type Claim = Listener & { channelId: string; worker: string };

type Head = ChannelTarget & {
  language: string;
  failures: number;
  delivery_id: string;
  delivery_kind: string;
  thing: string;
  message: unknown;
  is_old: boolean;
};

/** Claims channels whose next message is due. @param hasFailed those that failed last time, or the others */
export async function claimChannels(
  database: Database,
  {
    worker,
    seconds,
    most,
    hasFailed,
  }: { worker: string; seconds: number; most: number; hasFailed: boolean },
): Promise<Claim[]> {
  const { rows } = await sql<{ user_id: string; home_id: string; id: string; member_id: string }>`
    select * from claim_alert_channels(${worker}, ${seconds}, ${most}, ${hasFailed})`.execute(
    database,
  );
  return rows.map(({ user_id, home_id, id, member_id }) => ({
    userId: user_id,
    homeId: home_id,
    channelId: id,
    memberId: member_id,
    worker,
  }));
}

/** Sends what is due, in its order, until nothing is, one fails, or the claim is nearly over; then gives the claim back. */
export async function deliverDue(
  database: Database,
  claim: Claim,
  services: SendingServices,
  rules: DeliveryRules,
  isStopped: () => boolean,
): Promise<void> {
  // What is begun in the second half of the claim could end after it.
  const until = performance.now() + rules.claimSeconds * 500;
  for (;;) {
    const mayGoOn = !isStopped() && performance.now() < until;
    const head = await tenantTransaction(database, tenantOf(claim), (transaction) =>
      mayGoOn ? takeHead(transaction, claim, rules) : release(transaction, claim),
    );
    if (head === undefined) return;
    services.onSending?.(true);
    const outcome = await sendHead(head, claim, services);
    services.onSending?.(false);
    await tenantTransaction(database, tenantOf(claim), (transaction) =>
      settle(transaction, claim, head, outcome, rules),
    );
    services.onOutcome?.(head.kind, resultOf(outcome, head));
    if (!outcome.isDelivered && !outcome.isFinal && !head.is_old) return;
  }
}

/** The first message that waits, if it may be sent now; else the claim is given back. */
async function takeHead(
  transaction: TenantTransaction,
  claim: Claim,
  rules: DeliveryRules,
): Promise<Head | undefined> {
  if (!(await lockClaimed(transaction, claim))) return undefined;
  const { rows } = await sql<Head & { wait: number }>`
    select c.id, c.kind, c.sealed_settings, c.language, c.failures, d.id as delivery_id, d.kind as delivery_kind, d.thing, d.message,
      d.created_at < now() - make_interval(days => ${rules.givesUpAfter}) as is_old,
      greatest(0, extract(epoch from d.next_at - now()),
        extract(epoch from c.allowed_at - now() - interval '1 minute'),
        case when (
          select count(*) from alert_deliveries t
          where t.user_id = c.user_id and t.member_id = c.member_id and t.tried_at > now() - interval '1 minute'
        ) >= ${rules.memberInAMinute} then 10 end)::float8 as wait
    from alert_channels c
    join alert_deliveries d on d.user_id = c.user_id and d.channel_id = c.id and d.state = 'waiting'
    where c.user_id = ${claim.userId} and c.id = ${claim.channelId} and c.is_enabled
    order by d.number limit 1`.execute(transaction);
  const [head] = rows;
  if (head === undefined) return release(transaction, claim);
  if (head.wait > 0) return release(transaction, claim, head.wait);
  await sql`
    with tried as (
      update alert_deliveries set tries = tries + 1, tried_at = now()
      where user_id = ${claim.userId} and id = ${head.delivery_id}
    )
    update alert_channels
    set allowed_at = greatest(allowed_at, now()) + make_interval(secs => 60.0 / ${rules.channelInAMinute}::integer)
    where user_id = ${claim.userId} and id = ${claim.channelId}`.execute(transaction);
  return head;
}

async function sendHead(head: Head, claim: Claim, services: SendingServices): Promise<Outcome> {
  const kind = kindOf(head.delivery_kind);
  if (kind === undefined || !Value.Check(StoredMessage, head.message))
    return failed(PROBLEM_TEXTS.other_version);
  const { delivery_id: id, thing, message } = head;
  const { publicUrl, cell, secretKey } = services;
  const opened = openMessage(message, {
    id,
    kind,
    thing,
    language: languageOf(head.language),
    publicUrl,
    buttonUrls: message.buttons.map(
      (_label, index) =>
        `${publicUrl}/alerts/act/${nameCell(cell, linkSecret(secretKey, id, index))}`,
    ),
  });
  return sendMessage(opened, { ...head, id: claim.channelId }, message.to, services);
}

function resultOf(outcome: Outcome, head: Head): Result {
  if (outcome.isDelivered) return 'delivered';
  if (outcome.isGone) return 'gone';
  return outcome.isFinal || head.is_old ? 'given_up' : 'failed';
}

/** Stores what came of a message. That it arrived counts, even if another worker has the channel by now. */
async function settle(
  transaction: TenantTransaction,
  claim: Claim,
  head: Head,
  outcome: Outcome,
  rules: DeliveryRules,
): Promise<void> {
  const { userId, channelId } = claim;
  const isOurs = await lockClaimed(transaction, claim);
  if (outcome.isDelivered) {
    await finish(transaction, userId, head.delivery_id, 'delivered', null);
    await transaction
      .updateTable('alert_channels')
      .set({ failures: 0, verified_at: sql<string>`now()`, problem: null })
      .where((row) => row.and({ user_id: userId, id: channelId }))
      .execute();
    return;
  }
  if (outcome.isGone) return switchOff(transaction, claim, outcome.problem);
  if (outcome.isFinal || head.is_old) {
    const values = { problem: outcome.problem, days: rules.givesUpAfter };
    const problem = problemText(outcome.isFinal ? 'not_again' : 'given_up', values);
    await finish(transaction, userId, head.delivery_id, 'given_up', problem);
    if (outcome.isAddressRefused) await countRefusal(transaction, claim, outcome.problem);
    return;
  }
  const soonest = Math.max(
    backOff(head.failures, rules.shortestWait, rules.longestWait) / 1_000,
    Math.min(outcome.retryAfter ?? 0, rules.longestAsked),
  );
  const wait = await waitForQuiet(transaction, claim, soonest);
  await transaction
    .updateTable('alert_deliveries')
    .set({
      problem: outcome.problem,
      next_at: sql<string>`now() + make_interval(secs => ${wait}::float8)`,
    })
    .where((row) => row.and({ user_id: userId, id: head.delivery_id, state: 'waiting' }))
    .execute();
  await transaction
    .updateTable('alert_channels')
    .set((row) => ({ failures: row('failures', '+', 1) }))
    .where((row) => row.and({ user_id: userId, id: channelId }))
    .execute();
  if (isOurs) await release(transaction, claim, wait);
}

/** Says at the channel, which stays on, that its address is refused: from the third message in a row on, until one arrives. */
async function countRefusal(
  transaction: TenantTransaction,
  { userId, channelId }: Claim,
  problem: string,
): Promise<void> {
  await transaction
    .updateTable('alert_channels')
    .set((row) => ({
      failures: row('failures', '+', 1),
      problem: sql<
        string | null
      >`case when failures + 1 >= ${REFUSALS} then ${problem} else problem end`,
    }))
    .where((row) => row.and({ user_id: userId, id: channelId }))
    .execute();
}

async function finish(
  transaction: TenantTransaction,
  userId: string,
  id: string,
  state: 'delivered' | 'given_up',
  problem: string | null,
): Promise<void> {
  await transaction
    .updateTable('alert_deliveries')
    .set({ state, problem, finished_at: sql<string>`now()` })
    .where((row) => row.and({ user_id: userId, id, state: 'waiting' }))
    .execute();
}

/** Nobody receives anything there any more: what waits is left out. */
async function switchOff(
  transaction: TenantTransaction,
  { userId, channelId }: Claim,
  problem: string,
): Promise<void> {
  await dropWaiting(transaction, userId, channelId, problem);
  await transaction
    .updateTable('alert_channels')
    .set({ is_enabled: false, problem, next_at: null, claimed_by: null, claimed_until: null })
    .where((row) => row.and({ user_id: userId, id: channelId }))
    .execute();
}

/** Leaves out all that waits for a channel. */
export async function dropWaiting(
  transaction: TenantTransaction,
  userId: string,
  channelId: string,
  problem: string,
): Promise<void> {
  await transaction
    .updateTable('alert_deliveries')
    .set({ state: 'dropped', problem, finished_at: sql<string>`now()` })
    .where((row) => row.and({ user_id: userId, channel_id: channelId, state: 'waiting' }))
    .execute();
}

/** Locks the channel, also against those who add to its queue; false if another worker has it by now. */
async function lockClaimed(
  transaction: TenantTransaction,
  { userId, channelId, worker }: Claim,
): Promise<boolean> {
  const channel = await transaction
    .selectFrom('alert_channels')
    .select('claimed_by')
    .where((row) => row.and({ user_id: userId, id: channelId }))
    .forUpdate()
    .executeTakeFirst();
  return channel?.claimed_by === worker;
}

/** Gives the claim back; the channel is due when its first message is, and not before so many seconds. */
async function release(
  transaction: TenantTransaction,
  claim: Claim,
  seconds = 0,
): Promise<undefined> {
  if (!(await lockClaimed(transaction, claim))) return undefined;
  await sql`
    update alert_channels set claimed_by = null, claimed_until = null, next_at = (
      select greatest(d.next_at, now() + make_interval(secs => ${seconds}::float8)) from alert_deliveries d
      where d.user_id = ${claim.userId} and d.channel_id = ${claim.channelId} and d.state = 'waiting'
      order by d.number limit 1)
    where user_id = ${claim.userId} and id = ${claim.channelId}`.execute(transaction);
  return undefined;
}

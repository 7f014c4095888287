/** Does what a button of an alert says, for the person who was told, with the rights that they have now. */
import { sql } from 'kysely';
import type { Sender as Actor } from '../api/actor.ts';
import type { FastifyRequest } from '../api/app.ts';
import type { AlertLinks } from '../database/schema.generated.ts';
import type { Selectable } from 'kysely';
import type { Database } from '../database/pool.ts';
import {
  type TenantTransaction,
  becomeTenant,
  enterHome,
  nobodysTransaction,
  presentCredential,
} from '../database/transaction.ts';
import { ConflictError, ForbiddenError, NetPilotError, NotFoundError } from '../errors.ts';
import { type Delivery, findDelivery } from '../policy/revision.ts';
import { SharedMacError } from '../policy/shared-mac.ts';
import { answerAsk } from '../rules/ask-routes.ts';
import { findLastAsk } from '../rules/asks.ts';
import { insertRule, lockHome, requireFound } from '../rules/changes.ts';
import { completeRule } from '../rules/rule-fields.ts';
import { reviewDevice } from '../rules/review-routes.ts';
import { hashSecret } from '../sealing.ts';

export type Link = Selectable<AlertLinks>;

/** Nobody was given such a link, or what it was for is not there any more. */
class LinkGoneError extends NetPilotError {
  readonly kind = 'not-found';
}

/** What a link does. Changes nothing. Throws LinkGoneError for a secret that nobody was given, ConflictError for one that does no more. */
export async function findLink(database: Database, secret: string): Promise<Link> {
  return nobodysTransaction(database, (transaction) => readLink(transaction, secret));
}

/**
 * Does it, once, and audits it as the person's. Throws also ForbiddenError for who may not do it any more, and what the change
 * itself throws; then the link can be used again.
 * @returns the delivery to a router that does not do it yet, besides; undefined: all do
 */
export async function performLink(
  database: Database,
  secret: string,
  request: FastifyRequest,
): Promise<{ link: Link; delivery: Delivery | undefined }> {
  return nobodysTransaction(database, async (transaction) => {
    const link = await readLink(transaction, secret);
    await presentCredential(transaction, undefined);
    const actor = await becomePerson(transaction, link);
    await useUp(transaction, link);
    const deliveries = await perform(transaction, actor, link, request);
    return { link, delivery: deliveries.find(({ state }) => state !== 'applied') };
  });
}

async function readLink(transaction: TenantTransaction, secret: string): Promise<Link> {
  await presentCredential(transaction, hashSecret(secret));
  const { rows } = await sql<Link & { is_over: boolean }>`
    select *, expires_at <= now() as is_over from alert_links where token_hash = ${hashSecret(secret)}`.execute(
    transaction,
  );
  const [link] = rows;
  if (link === undefined)
    throw new LinkGoneError(
      'This button does nothing any more: its device, person or channel was deleted, or you are not a member of the home any more. Open NetPilot.',
    );
  if (link.used_at !== null)
    throw new ConflictError('This button was pressed already: each works once.');
  if (link.is_over)
    throw new ConflictError('This button works for 24 hours, and they are over: open NetPilot.');
  return link;
}

/** Makes the transaction that of the person, in the home. */
async function becomePerson(
  transaction: TenantTransaction,
  { member_id: actorId, home_id: homeId }: Link,
): Promise<Actor> {
  await becomeTenant(transaction, actorId);
  const account = await transaction
    .selectFrom('users')
    .select('id')
    .where((row) => row.and({ id: actorId, is_active: true }))
    .executeTakeFirst();
  const entry = account && (await enterHome(transaction, { actorId, homeId }));
  if (entry === undefined || (entry.role !== 'owner' && entry.role !== 'admin'))
    throw new ForbiddenError('You may not change this in the home any more: ask its owner.');
  const { ownerId: userId, role, personId, ownerName } = entry;
  return { userId, kind: 'user', actorId, homeId, role, personId, ownerName };
}

/** Of two at once, one waits here for the other, and is too late. */
async function useUp(transaction: TenantTransaction, { user_id, id }: Link): Promise<void> {
  const { numUpdatedRows } = await transaction
    .updateTable('alert_links')
    .set({ used_at: sql<string>`now()` })
    .where((row) => row.and({ user_id, id }))
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n)
    throw new ConflictError('This button was pressed already: each works once.');
}

async function perform(
  transaction: TenantTransaction,
  actor: Actor,
  { action, router_id, device_id, person_id, ask_id, minutes, home_id }: Link,
  request: FastifyRequest,
): Promise<Delivery[]> {
  if (action === 'approve' || action === 'block') {
    const key = { user_id: actor.userId, router_id: router_id ?? '', id: device_id ?? '' };
    const decision = action === 'approve' ? 'allow' : 'refuse';
    await reviewDevice(transaction, actor, key, { decision }).catch(leaveToNetPilot);
    return [await findDelivery(transaction, key)];
  }
  const key = { user_id: actor.userId, home_id };
  if (action === 'grant') {
    const asked = { user_id: actor.userId, person_id: person_id ?? '' };
    const id = ask_id ?? (await findLastAsk(transaction, asked))?.id;
    if (id === undefined) throw new NotFoundError('ask of', asked.person_id);
    const answer = { answer: 'granted' as const, ...(minutes !== null && { minutes }) };
    const answered = await answerAsk(transaction, actor, { ...key, id }, request, answer);
    return answered.deliveries.map(({ delivery }) => delivery);
  }
  const target = device_id === null ? { person_id } : { device_id };
  const home = await lockHome(transaction, key, request, target);
  requireFound(home, target);
  const fields = completeRule({ kind: 'pause', ...target, minutes: minutes ?? 30 }, home.now);
  const { deliveries } = await insertRule(transaction, actor, key, fields);
  return deliveries.map(({ delivery }) => delivery);
}

/** A button cannot ask whether everybody behind a repeater is meant. */
function leaveToNetPilot(error: unknown): never {
  if (!(error instanceof SharedMacError)) throw error;
  const all = error.behind.map(({ ip, name }) => name ?? ip).join(', ');
  throw new ConflictError(
    `Several devices share its MAC, as they do behind a repeater. This would block all of them: ${all}. Open NetPilot if you want that.`,
  );
}

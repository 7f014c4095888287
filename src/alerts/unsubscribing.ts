/** The link at the end of an e-mail, and the button that mail programs make of it (RFC 8058). */
import type { Database } from '../database/pool.ts';
import {
  type TenantTransaction,
  becomeTenant,
  enterHome,
  nobodysTransaction,
  presentCredential,
} from '../database/transaction.ts';
import { NetPilotError } from '../errors.ts';
import { type ChannelKey, changeChannel } from './channels.ts';
import { hashSecret } from '../sealing.ts';

/** No channel has the secret of a link, any more. */
class NoSuchMailError extends NetPilotError {
  readonly kind = 'not-found';
}

/** Throws NoSuchMailError for a secret that no channel has any more. */
export async function findUnsubscribed(database: Database, secret: string): Promise<void> {
  await nobodysTransaction(database, (transaction) => readChannel(transaction, secret));
}

/** Switches the channel off, however often it is asked. Throws NoSuchMailError. */
export async function unsubscribe(database: Database, secret: string): Promise<void> {
  await nobodysTransaction(database, async (transaction) => {
    const { member_id: actorId, is_enabled, ...key } = await readChannel(transaction, secret);
    if (!is_enabled) return;
    await presentCredential(transaction, undefined);
    await becomeTenant(transaction, actorId);
    const entry = await enterHome(transaction, { actorId, homeId: key.home_id });
    if (entry === undefined) throw noChannel();
    const { ownerId: userId, role, personId, ownerName } = entry;
    const actor = { userId, kind: 'user' as const, actorId, role, personId, ownerName };
    await changeChannel(transaction, actor, key, { is_enabled: false });
  });
}

async function readChannel(
  transaction: TenantTransaction,
  secret: string,
): Promise<ChannelKey & { member_id: string; is_enabled: boolean }> {
  await presentCredential(transaction, hashSecret(secret));
  const channel = await transaction
    .selectFrom('alert_channels')
    .select(['user_id', 'home_id', 'id', 'member_id', 'is_enabled'])
    .where('unsubscribe_hash', '=', hashSecret(secret))
    .executeTakeFirst();
  if (channel === undefined) throw noChannel();
  return channel;
}

function noChannel(): NoSuchMailError {
  return new NoSuchMailError('No such e-mails are sent any more: there is nothing to end.');
}

/** The address of a browser at its push service, which the push service changes now and then. */
import type { Sender as Actor } from '../api/actor.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError } from '../errors.ts';
import {
  type Channel,
  type ChannelKey,
  type ChannelRules,
  checkSettings,
  lockChannel,
} from './channels.ts';
import { openSecrets, sealSecrets } from './sending.ts';

/**
 * Gives a channel the new subscription of its browser, which shows that it is the same by the address that it had: nobody
 * else knows it. Switches the channel on again if it was switched off because the old one had ended. Throws NotFoundError,
 * ConflictError, and InvalidInputError for a subscription that cannot be used.
 */
export async function moveSubscription(
  transaction: TenantTransaction,
  actor: Actor,
  key: ChannelKey,
  { before, settings }: { before: string; settings: object },
  rules: ChannelRules,
): Promise<Channel> {
  const channel = await lockChannel(transaction, key);
  const secrets = channel.kind === 'web_push' ? openSecrets(channel, rules.secretKey) : undefined;
  if (secrets === undefined || endpointOf(secrets.settings) !== before)
    throw new ConflictError(
      'The channel is not for this browser (any more): delete it, and add this browser again.',
    );
  const shown = checkSettings('web_push', settings, rules);
  const changed = await transaction
    .updateTable('alert_channels')
    .set({
      settings: JSON.stringify(shown),
      sealed_settings: sealSecrets({ settings, unsubscribe: null }, rules.secretKey),
      ...(channel.problem !== null && { is_enabled: true, problem: null, failures: 0 }),
    })
    .where((row) => row.and(key))
    .returningAll()
    .executeTakeFirstOrThrow();
  const { kind, name, id, home_id } = changed;
  await recordAudit(
    transaction,
    actor,
    'alert_channel.changed',
    { id, home_id },
    { kind, name, before: channel.settings, after: shown },
  );
  return changed;
}

function endpointOf(settings: unknown): unknown {
  return typeof settings === 'object' && settings !== null && 'endpoint' in settings
    ? settings.endpoint
    : undefined;
}

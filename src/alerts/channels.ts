/** The channels of a person in a home, as stored. */
import { randomBytes } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { Value } from 'typebox/value';
import { recordAudit } from '../activity/record-audit.ts';
import type { Sender as Actor } from '../api/actor.ts';
import { requireRoomFor } from '../database/quotas.ts';
import type { AlertChannels, JsonObject } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { InvalidInputError, NotFoundError } from '../errors.ts';
import { hashSecret } from '../sealing.ts';
import type { ChannelKind } from './channel-kinds.ts';
import { dropWaiting } from './delivery.ts';
import { deleteLinks } from './links.ts';
import { beginPreferences } from './preferences.ts';
import { PROBLEM_TEXTS } from './problem-texts.ts';
import { TARGET_PROBLEMS } from './problems.ts';
import { senderOf } from './senders.ts';
import { sealSecrets } from './sending.ts';
import { readTarget } from './target-url.ts';
import { isPushKeys } from './web-push.ts';
import { webPushKeysOf } from './senders/web-push.ts';

export type Channel = Selectable<AlertChannels>;
export type ChannelKey = { user_id: string; home_id: string; id: string };

/** What a person decides of a channel later, too. */
export type ChannelChoices = {
  name: string;
  wanted: string[] | null;
  language: string;
  is_enabled: boolean;
};
export type ChannelWish = Partial<ChannelChoices> & { kind: ChannelKind; settings: object };

export type ChannelRules = {
  /** Networks that the operator allows. */
  networks: readonly string[];
  /** Whether the operator has a mail server. */
  hasMail: boolean;
  secretKey: string;
};

const NAMES: Record<ChannelKind, string> = {
  email: 'E-mail',
  ntfy: 'ntfy',
  webhook: 'Webhook',
  web_push: 'Browser',
  gotify: 'Gotify',
  telegram: 'Telegram',
  pushover: 'Pushover',
  apprise: 'Apprise',
};

/** Those of the transaction's actor; row-level security shows no others. */
export function listChannels(
  transaction: TenantTransaction,
  { user_id, home_id }: Omit<ChannelKey, 'id'>,
): Promise<Channel[]> {
  return transaction
    .selectFrom('alert_channels')
    .selectAll()
    .where((row) => row.and({ user_id, home_id }))
    .orderBy('id')
    .execute();
}

/** Throws NotFoundError. */
export async function findChannel(
  transaction: TenantTransaction,
  { user_id, home_id, id }: ChannelKey,
): Promise<Channel> {
  const channel = await transaction
    .selectFrom('alert_channels')
    .selectAll()
    .where((row) => row.and({ user_id, home_id, id }))
    .executeTakeFirst();
  if (channel === undefined) throw new NotFoundError('alert channel', id);
  return channel;
}

/**
 * Stores a channel. Gives the secret that was made for a webhook, which is not shown again. Throws InvalidInputError for settings
 * that do not fit the kind or name an address that is refused, and QuotaExceededError.
 */
export async function createChannel(
  transaction: TenantTransaction,
  actor: Actor,
  home_id: string,
  { kind, settings: given, ...choices }: ChannelWish,
  rules: ChannelRules,
): Promise<{ channel: Channel; secret: string | null }> {
  const { settings, secret } = completeSettings(kind, given);
  const shown = checkSettings(kind, settings, rules);
  await requireRoomFor(transaction, 'alert_channels');
  const unsubscribe = kind === 'email' ? randomBytes(32).toString('base64url') : null;
  const channel = await transaction
    .insertInto('alert_channels')
    .values({
      user_id: actor.userId,
      home_id,
      member_id: actor.actorId,
      kind,
      name: NAMES[kind],
      ...choices,
      settings: JSON.stringify(shown),
      sealed_settings: sealSecrets({ settings, unsubscribe }, rules.secretKey),
      unsubscribe_hash: unsubscribe === null ? null : hashSecret(unsubscribe),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await beginPreferences(transaction, {
    userId: actor.userId,
    homeId: home_id,
    memberId: actor.actorId,
  });
  const details = { kind, name: channel.name, ...shown };
  await recordAudit(transaction, actor, 'alert_channel.created', subjectOf(channel), details);
  return { channel, secret };
}

/** Throws NotFoundError. What waits for a channel that is switched off is left out. */
export async function changeChannel(
  transaction: TenantTransaction,
  actor: Actor,
  key: ChannelKey,
  changes: Partial<ChannelChoices>,
): Promise<Channel> {
  const before = await lockChannel(transaction, key);
  const channel = await transaction
    .updateTable('alert_channels')
    .set({
      ...changes,
      ...(changes.is_enabled === true && { problem: null, failures: 0 }),
      ...(changes.is_enabled === false && { next_at: null }),
    })
    .where((row) => row.and(key))
    .returningAll()
    .executeTakeFirstOrThrow();
  if (changes.is_enabled === false)
    await dropWaiting(transaction, key.user_id, key.id, PROBLEM_TEXTS.switched_off);
  const chosen = (row: Channel): JsonObject => ({
    name: row.name,
    wanted: row.wanted,
    language: row.language,
    is_enabled: row.is_enabled,
  });
  await recordAudit(transaction, actor, 'alert_channel.changed', subjectOf(channel), {
    kind: channel.kind,
    name: channel.name,
    before: chosen(before),
    after: chosen(channel),
  });
  return channel;
}

/** With the buttons of its messages. Throws NotFoundError. @param secretKey what their links are made of */
export async function deleteChannel(
  transaction: TenantTransaction,
  actor: Actor,
  key: ChannelKey,
  secretKey: string,
): Promise<void> {
  const channel = await lockChannel(transaction, key);
  await deleteLinks(transaction, key, secretKey);
  await transaction
    .deleteFrom('alert_channels')
    .where((row) => row.and(key))
    .execute();
  const { kind, name } = channel;
  await recordAudit(transaction, actor, 'alert_channel.deleted', subjectOf(channel), {
    kind,
    name,
  });
}

/** Throws NotFoundError. */
export async function lockChannel(
  transaction: TenantTransaction,
  key: ChannelKey,
): Promise<Channel> {
  await sql`
    select from alert_channels where user_id = ${key.user_id} and id = ${key.id} for update`.execute(
    transaction,
  );
  return findChannel(transaction, key);
}

function subjectOf({ id, home_id }: Channel) {
  return { id, home_id };
}

/** A webhook without a secret gets one. */
function completeSettings(
  kind: ChannelKind,
  given: object,
): { settings: object; secret: string | null } {
  if (kind !== 'webhook' || 'secret' in given) return { settings: given, secret: null };
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  return { settings: { ...given, secret }, secret };
}

/** What of the settings is shown again. Throws InvalidInputError. */
export function checkSettings(
  kind: ChannelKind,
  settings: object,
  { networks, hasMail }: ChannelRules,
): JsonObject {
  if (kind === 'email') {
    if (!hasMail) throw refuse('kind', kind, 'another kind: this NetPilot sends no e-mail');
    if (Object.keys(settings).length > 0)
      throw refuse('settings', undefined, 'nothing: e-mail goes to the address of your account');
    return {};
  }
  const sender = senderOf(kind);
  if (sender === undefined) throw refuse('kind', kind, 'a kind of channel');
  if (!Value.Check(sender.settings, settings)) {
    const [first] = Value.Errors(sender.settings, settings);
    const path = first?.instancePath.replaceAll('/', '.') ?? '';
    throw refuse(`settings${path}`, undefined, `what a ${kind} channel needs (see the API)`);
  }
  if (kind === 'web_push' && !isPushKeys(webPushKeysOf(settings)))
    throw refuse('settings.keys', undefined, 'the keys of a PushSubscription');
  const target = readTarget(sender.address(settings), networks);
  if (typeof target === 'string')
    throw refuse('settings', undefined, 'an address that can be reached', TARGET_PROBLEMS[target]);
  return sender.shown(settings);
}

function refuse(field: string, value: unknown, expected: string, message?: string) {
  const error = { field, expected, ...(value !== undefined && { value }) };
  return new InvalidInputError([error], message);
}

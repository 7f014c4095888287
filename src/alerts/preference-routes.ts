/** What each person of a home wants of alerts, whatever channels they have. */
import { Type } from 'typebox';
import { timestampOf } from '../access/schema.ts';
import type { App, Services } from '../api/app.ts';
import { HomeParams, Id, Nullable, RouterId, Strict, Timestamp } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ClockTime, MOST_WINDOWS, Window } from '../rules/schema.ts';
import { ALERT_KINDS } from './kinds.ts';
import type { Listener } from './listener.ts';
import { findHeld, findPreferences, listWatched, storePreferences } from './preferences.ts';
import { nextDigest } from './quiet.ts';

const MOST_WATCHED = 100;

const QuietHours = Type.Array(Window, {
  maxItems: MOST_WINDOWS,
  description:
    'The times of the week at which nothing comes, in the time zone of the home. What happens then is told in one digest when they end. They must leave some time free.',
});
const Digest = Nullable(
  Strict({
    day: Type.Integer({ minimum: 1, maximum: 7, description: '1 is Monday, 7 is Sunday.' }),
    time: ClockTime("Such as 18:00, in the home's time zone."),
  }),
);
const digestDescription =
  'When the digest of the week comes, to the channels that want `weekly_digest`; null: never. In quiet hours it waits for their end.';

const Wish = Strict({
  quiet_hours: QuietHours,
  let_through: Type.Array(Type.Enum([...ALERT_KINDS]), {
    uniqueItems: true,
    description: 'The kinds of alerts that come in quiet hours all the same.',
  }),
  digest: { ...Digest, description: digestDescription },
  watched_devices: Type.Array(Id, {
    uniqueItems: true,
    maxItems: MOST_WATCHED,
    description:
      'The devices of which you are told that they come and leave. A part of a merged device stands for all of it.',
  }),
});

const Preferences = Type.Object({
  timezone: Type.String({ description: 'Of the home: UTC if nobody has said it.' }),
  quiet_hours: QuietHours,
  let_through: Type.Array(Type.String()),
  digest: { ...Digest, description: digestDescription },
  watched_devices: Type.Array(
    Type.Object({
      device_id: Id,
      router_id: RouterId,
      name: Type.String(),
      is_home: Type.Boolean({
        description: 'As you know it from alerts: a phone that sleeps has not left.',
      }),
    }),
  ),
  quiet_until: Nullable(Timestamp('When the quiet hours end that hold now; null: none hold.')),
  held: Type.Integer({ description: 'How many alerts wait for that.' }),
  next_digest_at: Nullable(Timestamp('When the next digest of the week comes; null: never.')),
});

export function preferenceRoutes(app: App, { database }: Services): void {
  const path = '/homes/:home_id/alert-preferences';
  app.get(
    path,
    {
      config: { access: 'read', role: 'child' },
      schema: {
        summary: 'Show what you want of alerts in a home',
        description: 'Quiet hours, the devices you watch, and when the digest of the week comes.',
        params: HomeParams,
        response: { 200: Preferences },
      },
    },
    (request) =>
      inTenant(database, request, (transaction, { userId, actorId }) =>
        present(transaction, { userId, homeId: request.params.home_id, memberId: actorId }),
      ),
  );

  app.put(
    path,
    {
      config: { access: 'manage', role: 'child', rateLimit: { max: 60, timeWindow: 60_000 } },
      schema: {
        summary: 'Choose what you want of alerts in a home',
        description:
          'For yourself, and for all your channels; which kinds of alerts each of these gets is a choice of its own (`wanted`).',
        params: HomeParams,
        body: Wish,
        response: { 200: Preferences },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, actor) => {
        const { home_id } = request.params;
        await storePreferences(transaction, actor, home_id, request.body);
        const { userId, actorId } = actor;
        return present(transaction, { userId, homeId: home_id, memberId: actorId });
      }),
  );
}

async function present(transaction: TenantTransaction, listener: Listener) {
  const now = Date.now();
  const preferences = await findPreferences(transaction, listener);
  const { zone, quiet_hours, let_through, digest } = preferences;
  const { held, quietUntil } = await findHeld(transaction, listener, preferences, now);
  return {
    timezone: zone,
    quiet_hours,
    let_through,
    digest,
    watched_devices: await listWatched(transaction, listener),
    quiet_until: instantOrNull(quietUntil),
    held,
    next_digest_at: instantOrNull(digest === null ? undefined : nextDigest(digest, zone, now)),
  };
}

function instantOrNull(instant: number | undefined): string | null {
  return instant === undefined ? null : timestampOf(instant / 1_000);
}

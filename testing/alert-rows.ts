import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { TenantTransaction } from '../src/database/transaction.ts';

/** A channel of the owner's, with what waits for it; gives its id. */
export async function addAlerts(
  transaction: TenantTransaction,
  {
    user_id,
    home_id,
    router_id,
    device_id,
  }: { user_id: string; home_id: string; router_id: string; device_id: string },
  mark: string,
) {
  const ofMember = { user_id, home_id, member_id: user_id };
  const { id: channel_id } = await transaction
    .insertInto('alert_channels')
    .values({
      ...ofMember,
      kind: 'ntfy',
      name: mark,
      sealed_settings: randomBytes(32),
      unsubscribe_hash: randomBytes(32),
      is_enabled: false,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await transaction
    .insertInto('alert_outbox')
    .values({ ...ofMember, type: 'access.asked', data: JSON.stringify({ mark }), at: sql`now()` })
    .execute();
  await transaction
    .insertInto('alert_deliveries')
    .values({
      ...ofMember,
      channel_id,
      number: 1,
      channel_kind: 'ntfy',
      channel_name: mark,
      kind: 'test',
      thing: mark,
      message: JSON.stringify({ title: mark }),
    })
    .execute();
  await transaction
    .insertInto('alert_links')
    .values({
      ...ofMember,
      token_hash: randomBytes(32),
      action: 'block',
      name: mark,
      router_id,
      device_id,
      expires_at: sql`now() + interval '1 day'`,
    })
    .execute();
  // One of each person's.
  await transaction
    .insertInto('alert_preferences')
    .values(ofMember)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await transaction
    .insertInto('alert_watches')
    .values({ ...ofMember, device_id, is_home: true })
    .execute();
  await transaction
    .insertInto('alert_held')
    .values({
      ...ofMember,
      kind: 'test',
      thing: mark,
      alert: JSON.stringify({ mark }),
      at: sql`now()`,
      due_at: sql`now() + interval '1 day'`,
    })
    .execute();
  return channel_id;
}

/** A channel of the owner's, what waits for it, and a button that was pressed. */
export function alertRows(
  { user, router, device }: { user: string; router: string; device: string },
  { text, json }: { text: string; json: string },
): [statement: string, values: unknown[]][] {
  const channel = randomUUID();
  return [
    [
      `insert into alert_channels (user_id, id, home_id, member_id, kind, name, settings, sealed_settings, unsubscribe_hash, wanted, language,
         problem, last_number, next_at, failures, claimed_by, claimed_until, allowed_at)
       select $1, $2::uuid, id, $1, 'email', $3, $4::jsonb, $5::bytea, $6::bytea, array['new_device', ''], 'de', $3, 7, now(), 3, $2::uuid, now(), now()
       from homes where user_id = $1`,
      [user, channel, text, json, randomBytes(64), randomBytes(32)],
    ],
    [
      `insert into alert_outbox (user_id, home_id, member_id, type, router_id, subject_id, data, at)
       select $1, id, $1, 'device.discovered', $2::varchar, $3::varchar, $4::jsonb, now() from homes where user_id = $1
       union all select $1, id, $1, 'access.asked', null, null, '{}', now() from homes where user_id = $1`,
      [user, router, device, json],
    ],
    [
      `insert into alert_deliveries (user_id, home_id, channel_id, member_id, number, channel_kind, channel_name, kind, thing, message, state,
         tries, problem, tried_at, finished_at)
       select $1, id, $2::uuid, $1, 6, 'email', $3, 'router_away', $3, $4::jsonb, 'given_up', 80, $3, now(), now() from homes where user_id = $1
       union all select $1, id, $2::uuid, $1, 7, 'email', $3, 'test', '', '{}', 'waiting', 0, null, null, null from homes where user_id = $1`,
      [user, channel, text, json],
    ],
    [
      `insert into alert_links (user_id, home_id, member_id, token_hash, action, name, router_id, device_id, expires_at, used_at)
       select $1, id, $1, $4::bytea, 'approve', $5, $2::varchar, $3::uuid, now(), now() from homes where user_id = $1`,
      [user, router, device, randomBytes(32), text],
    ],
    [
      `insert into alert_preferences (user_id, home_id, member_id, quiet_hours, let_through, digest_day, digest_time, digest_at)
       select $1, id, $1, '[{"days": [1, 7], "from": "21:00", "to": "07:00"}]', array['router_away', ''], 1, '00:00', now() from homes where user_id = $1`,
      [user],
    ],
    [
      `insert into alert_watches (user_id, home_id, member_id, device_id, is_home)
       select $1, id, $1, $2::uuid, false from homes where user_id = $1`,
      [user, device],
    ],
    [
      `insert into alert_held (user_id, home_id, member_id, kind, thing, alert, at, due_at, told_at)
       select $1, id, $1, 'router_away', $2, $3::jsonb, now(), now(), now() from homes where user_id = $1`,
      [user, text, json],
    ],
    [
      `insert into alert_links (user_id, home_id, member_id, token_hash, action, name, person_id, minutes, expires_at)
       select $1, home_id, $1, $2::bytea, 'grant', $3, id, 30, now() from people where user_id = $1 and name = 'Tim'`,
      [user, randomBytes(32), text],
    ],
  ];
}

import { randomBytes } from 'node:crypto';
import type { TenantTransaction } from '../../src/database/transaction.ts';
import { ago } from './habits.ts';

/** Of somebody who is told in three ways, one of which has ended. */
const CHANNELS = [
  { kind: 'web_push', name: 'Anna’s phone', server: 'push.example.com', last: 3 },
  { kind: 'email', name: 'E-mail', last: 180, wanted: ['router_away', 'router_back'] },
  {
    kind: 'webhook',
    name: 'The NAS',
    server: 'nas.example.com',
    is_enabled: false,
    problem: 'Nobody receives messages there any more (410).',
  },
];

/** What was sent, by which of them and so many minutes ago. */
const SENT = [
  {
    at: 1_500,
    by: 2,
    kind: 'test',
    title: 'A test from NetPilot',
    state: 'given_up',
    problem: 'The server cannot be reached: it is off, or nothing listens at that port.',
  },
  { at: 200, by: 1, kind: 'router_away', title: 'Home is away' },
  { at: 180, by: 1, kind: 'router_back', title: 'Home is back' },
  {
    at: 171,
    by: 2,
    kind: 'new_device',
    title: 'New device: LAPTOP-7F3K',
    state: 'dropped',
    problem: 'The channel was switched off.',
  },
  { at: 170, by: 0, kind: 'new_device', title: 'New device: LAPTOP-7F3K' },
  { at: 3, by: 0, kind: 'access_asked', title: 'Leo asks for 30 minutes' },
];

/** The channels of the owner, and a log with every outcome. */
export async function insertAlerts(
  transaction: TenantTransaction,
  ofHome: { user_id: string; home_id: string },
): Promise<void> {
  const owned = { ...ofHome, member_id: ofHome.user_id };
  const channels = await transaction
    .insertInto('alert_channels')
    .values(
      CHANNELS.map(({ server, last, ...channel }) => ({
        ...owned,
        ...channel,
        settings: JSON.stringify(server === undefined ? {} : { server }),
        sealed_settings: randomBytes(64),
        verified_at: last === undefined ? null : ago(last),
      })),
    )
    .returning('id')
    .execute();
  await transaction
    .insertInto('alert_deliveries')
    .values(
      SENT.map(({ at, by, kind, title, state = 'delivered', problem = null }, index) => ({
        ...owned,
        channel_id: channels[by]?.id ?? '',
        number: index + 1,
        channel_kind: CHANNELS[by]?.kind ?? '',
        channel_name: CHANNELS[by]?.name ?? '',
        kind,
        thing: title,
        message: JSON.stringify({ title }),
        state,
        tries: 1,
        problem,
        created_at: ago(at),
        tried_at: ago(at),
        finished_at: ago(at),
      })),
    )
    .execute();
}

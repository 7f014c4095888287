/**
 * A home whose events go through the real functions, triggers and spreading of alerts, at times that a test says: after each step what was
 * written now is put to that time. It lies in the past, so that what is compared with the present is as long ago.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Neighbour } from '../src/devices/neighbour.ts';
import { recordScan } from '../src/devices/scan.ts';
import { recordEvent } from '../src/activity/record-event.ts';
import { spreadAlerts } from '../src/alerts/outbox.ts';
import { instant, millisecondsOf } from '../src/database/instants.ts';
import {
  type TenantTransaction,
  maintenanceTransaction,
  tenantTransaction,
} from '../src/database/transaction.ts';
import { HEALTH_TARGETS, recordHealth } from '../src/routers/health.ts';
import { beginLease, noteMissedRouters } from '../src/routers/leases.ts';
import { markConnected, markDisconnected } from '../src/routers/presence.ts';
import { type TestDatabase, createRouter, createUser } from './database.ts';

/** What a person got: when, which kind, and in which words. */
export type ToldAlert = {
  at: number;
  member: string;
  channel: string;
  kind: string;
  title: string;
  text: string;
  /** How many buttons. */
  actions: number;
  facts: unknown;
};

const RULES = { secretKey: 'k'.repeat(32), mostWaiting: 1_000, mostInADay: 1_000 };
const ARRIVAL = {
  version: '1',
  limiter: 'tc',
  lan: '00:00:5e:00:53:ff',
  features: new Set<never>(),
};
/** What of a step has a time. */
const TIMES: Record<string, readonly string[]> = {
  events: ['at'],
  alert_outbox: ['at', 'due_at'],
  user_routers: ['created_at', 'connected_at', 'last_seen', 'devices_seen_at'],
  user_devices: ['first_seen', 'last_seen'],
  router_outages: ['from_at', 'until_at'],
};

type Place = { userId: string; homeId: string; routerId: string; personId: string };

export async function createAlertHome(database: TestDatabase, began: number) {
  const place = await furnishHome(database);
  const clock = createClock(database, place, began);
  const { userId, homeId } = place;
  const inTenant = tenantOf(database, place);
  const steps = { ...routerSteps(database, place, clock), ...homeSteps(database, place, clock) };
  await steps.routerComes(began);
  /** A transaction of somebody of the home. */
  const as = <Result>(
    memberId: string,
    work: (transaction: TenantTransaction) => Promise<Result>,
  ) => tenantTransaction(database.service, { userId, homeId, actorId: memberId }, work);
  return {
    ...steps,
    inTenant,
    as,
    /** Tim as a member, a child; gives their id. */
    addChild: async () => {
      const child = await createUser(database.service);
      await inTenant((transaction) =>
        transaction
          .insertInto('home_members')
          .values({
            user_id: userId,
            home_id: homeId,
            member_id: child,
            role: 'child',
            person_id: place.personId,
            member_name: 'Tim',
            member_email: 'tim@example.com',
          })
          .execute(),
      );
      clock.members.push(child);
      return child;
    },
    listener: { userId, homeId, memberId: userId },
    runUntil: clock.runUntil,
    /** Of that kind, with the kinds that it gets by default. */
    addChannel: (kind: string, memberId = userId) =>
      as(memberId, (transaction) =>
        transaction
          .insertInto('alert_channels')
          .values({
            user_id: userId,
            home_id: homeId,
            member_id: memberId,
            kind,
            name: kind,
            sealed_settings: randomBytes(32),
          })
          .execute(),
      ),
    /** On all channels, in their order. */
    told: async (): Promise<ToldAlert[]> => {
      const { rows } = await inTenant((transaction) =>
        sql<ToldAlert>`
          select ${millisecondsOf('created_at')} as at, kind, message ->> 'title' as title, message ->> 'text' as text,
            jsonb_array_length(message -> 'buttons') as actions, channel_kind as channel, member_id as member, message -> 'facts' as facts
          from alert_deliveries where home_id = ${homeId} order by id`.execute(transaction),
      );
      return rows;
    },
    deviceOf: async (mac: string): Promise<string> => {
      const { id } = await inTenant((transaction) =>
        transaction
          .selectFrom('user_devices')
          .select('id')
          .where('mac', '=', mac)
          .executeTakeFirstOrThrow(),
      );
      return id;
    },
  };
}
export type AlertHome = Awaited<ReturnType<typeof createAlertHome>>;

function tenantOf({ service }: TestDatabase, { userId }: Pick<Place, 'userId'>) {
  return <Result>(work: (transaction: TenantTransaction) => Promise<Result>) =>
    tenantTransaction(service, userId, work);
}

/** In Berlin, with a router and Tim. */
async function furnishHome(database: TestDatabase): Promise<Place> {
  const userId = await createUser(database.service);
  const routerId = await createRouter(database.service, userId);
  const personId = randomUUID();
  const homeId = await tenantOf(database, { userId })(async (transaction) => {
    await transaction.updateTable('homes').set({ timezone: 'Europe/Berlin' }).execute();
    await transaction.updateTable('user_routers').set({ router_name: 'Home router' }).execute();
    const { id } = await transaction.selectFrom('homes').select('id').executeTakeFirstOrThrow();
    await transaction
      .insertInto('people')
      .values({ user_id: userId, home_id: id, id: personId, name: 'Tim' })
      .execute();
    return id;
  });
  return { userId, homeId, routerId, personId };
}

function createClock(database: TestDatabase, place: Place, began: number) {
  const { userId, homeId } = place;
  const { service } = database;
  const members = [userId];
  let now = began;
  const spread = async () => {
    for (const memberId of members)
      await spreadAlerts(service, { userId, homeId, memberId }, RULES, now);
  };
  /** Tells everything that is due until then, each when it is due. */
  const runUntil = async (until: number) => {
    for (;;) {
      const due = await findDue(database, place);
      if (due === null || due > until) break;
      now = Math.max(now, Math.ceil(due));
      await spread();
    }
    now = Math.max(now, until);
  };
  return {
    now: () => now,
    members,
    runUntil,
    /** Does something at that time. */
    act: async (at: number, work: () => Promise<unknown>) => {
      await runUntil(at);
      await work();
      await stamp(database, userId, now);
      await spread();
    },
  };
}
type Clock = ReturnType<typeof createClock>;

async function findDue(database: TestDatabase, place: Place): Promise<number | null> {
  const { rows } = await maintenanceTransaction(database.owner, (transaction) =>
    sql<{ due: number | null }>`
      select extract(epoch from least(
        (select min(due_at) from alert_outbox where home_id = ${place.homeId}),
        (select min(due_at) from alert_held where home_id = ${place.homeId} and told_at is null),
        (select min(digest_at) from alert_preferences where home_id = ${place.homeId})))::float8 * 1000 as due`.execute(
      transaction,
    ),
  );
  return rows[0]?.due ?? null;
}

/** What was written in the present happened at that time. */
function stamp({ owner }: TestDatabase, userId: string, now: number): Promise<void> {
  return maintenanceTransaction(owner, async (transaction) => {
    const at = instant(now);
    const isPresent = (column: string) => sql`${sql.ref(column)} > now() - interval '1 day'`;
    await sql`
      update alert_outbox set data = data || jsonb_build_object('since', ${at})
      where user_id = ${userId} and data ? 'since' and ${isPresent('at')}`.execute(transaction);
    for (const [table, columns] of Object.entries(TIMES)) {
      const sets = columns.map(
        (column) =>
          sql`${sql.ref(column)} = case when ${isPresent(column)} then ${at} else ${sql.ref(column)} end`,
      );
      await sql`
        update ${sql.table(table)} set ${sql.join(sets)}
        where user_id = ${userId} and (${sql.join(columns.map(isPresent), sql` or `)})`.execute(
        transaction,
      );
    }
  });
}

function routerSteps(database: TestDatabase, place: Place, { act, now }: Clock) {
  const { service } = database;
  const { userId, routerId } = place;
  const router = { user_id: userId, router_id: routerId };
  const inTenant = tenantOf(database, place);
  const present = new Map<string, Neighbour>();
  const holder = { node: routerId, instance: randomUUID() };
  const leased = beginLease(service, holder);
  let connection = '';
  const scan = () =>
    recordScan(service, {
      userId,
      routerId,
      neighbours: [...present.values()],
      complete: true,
      at: new Date(now()),
    });
  return {
    comes: (at: number, device: Pick<Neighbour, 'mac' | 'hostname'>, ip: string) =>
      act(at, () => {
        present.set(device.mac, { ...device, ip, online: true });
        return scan();
      }),
    goes: (at: number, mac: string) =>
      act(at, () => {
        present.delete(mac);
        return scan();
      }),
    /** While its router is away: nobody sees it. */
    vanishes: (mac: string) => present.delete(mac),
    routerGoes: (at: number) =>
      act(at, () =>
        inTenant((transaction) =>
          markDisconnected(transaction, { ...router, connection_id: connection }),
        ),
      ),
    /** The service stops, and lets the router go. */
    serviceStops: (at: number) =>
      act(at, () =>
        inTenant((transaction) =>
          markDisconnected(transaction, { ...router, connection_id: connection }, true),
        ),
      ),
    /** It looks which routers are not back. */
    serviceLooks: (at: number) =>
      act(at, async () => {
        await beginLease(service, holder);
        await noteMissedRouters(service);
      }),
    routerComes: async (at: number) => {
      await leased;
      await act(at, () => {
        connection = randomUUID();
        const arrival = { ...router, connection_id: connection, ...ARRIVAL };
        return markConnected(service, holder, [arrival], null);
      });
      await act(at + 15_000, scan);
    },
  };
}

function homeSteps(database: TestDatabase, place: Place, { act }: Clock) {
  const { service } = database;
  const { userId, homeId, routerId, personId } = place;
  return {
    /** Whether something on the internet answers the router, of all that it asks. */
    measures: (at: number, isAnswered: boolean) => {
      const samples = HEALTH_TARGETS.map((target) => ({
        target,
        loss: isAnswered ? 0 : 100,
        round_trip: isAnswered ? 9 : null,
      }));
      return act(at, () =>
        recordHealth(service, [{ user_id: userId, router_id: routerId, samples }], null),
      );
    },
    /** Somebody grants Tim so many minutes. */
    answers: (at: number, minutes: number) =>
      act(at, () =>
        tenantTransaction(service, { userId, homeId }, (transaction) =>
          recordEvent(
            transaction,
            'access.answered',
            { id: personId },
            { name: 'Tim', answer: 'granted', minutes, effect: 'all' },
          ),
        ),
      ),
    /** Tim does. */
    asks: (at: number, minutes: number) =>
      act(at, () =>
        tenantTransaction(service, { userId, homeId }, (transaction) =>
          recordEvent(
            transaction,
            'access.asked',
            { id: personId },
            { name: 'Tim', minutes, message: null },
          ),
        ),
      ),
  };
}

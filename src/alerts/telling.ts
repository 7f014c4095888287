/** What somebody is told now, what waits for the end of their quiet hours, and what comes then. */
import { isAtLeast } from '../api/access.ts';
import { instant } from '../database/instants.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import type { Alert, Person } from './alerts-of.ts';
import { holdAlerts, postponeHeld, takeHeld } from './held.ts';
import { KINDS, isWanted } from './kinds.ts';
import { keepPossible } from './links.ts';
import { type Listener, keyOf } from './listener.ts';
import { type Preferences, beginPreferences, findPreferences } from './preferences.ts';
import { type Addressee, type QueueRules, enqueue } from './queue.ts';
import { nextDigest, quietUntil } from './quiet.ts';
import { loadWeek } from './week.ts';

/** What there is to know before somebody is told something. */
type Telling = {
  addressee: Addressee;
  channels: readonly Channel[];
  preferences: Preferences;
  person: Person;
  /** Milliseconds of the epoch. */
  now: number;
  rules: QueueRules;
};
type Channel = {
  id: string;
  kind: string;
  name: string;
  wanted: string[] | null;
  language: string;
};

/** The most alerts that the facts of a digest list. */
const MOST_LISTED = 200;

/** Where and when a person is told. */
export async function openHome(
  transaction: TenantTransaction,
  listener: Listener,
  { email }: { email: string },
): Promise<Pick<Telling, 'addressee' | 'channels' | 'preferences'>> {
  const preferences = await findPreferences(transaction, listener);
  const channels = await transaction
    .selectFrom('alert_channels')
    .select(['id', 'kind', 'name', 'wanted', 'language'])
    .where((row) => row.and({ ...keyOf(listener), is_enabled: true }))
    .orderBy('id')
    .execute();
  const { homeName: name, zone } = preferences;
  const home = { id: listener.homeId, name, zone };
  return { addressee: { home, to: email }, channels, preferences };
}

/** Tells these alerts, or holds them; tells also what was held, once no quiet hours hold any more, and the digest of the week. */
export async function tellAll(
  transaction: TenantTransaction,
  listener: Listener,
  alerts: readonly Alert[],
  telling: Telling,
): Promise<void> {
  const { preferences, channels, now } = telling;
  const wanted = alerts.filter(({ kind }) => channels.some((each) => isWanted(kind, each)));
  const until = quietUntil(preferences.quiet_hours, preferences.zone, now);
  if (until === undefined) {
    await tellHeld(transaction, listener, telling);
    await tell(transaction, listener, wanted, telling);
    await tellWeek(transaction, listener, telling, undefined);
    return;
  }
  const waiting = await postponeHeld(transaction, listener, until);
  const { held, through } = divide(wanted, preferences.let_through, waiting);
  await holdAlerts(transaction, listener, held, until);
  await tell(transaction, listener, through, telling);
  const isWeekHeld = !preferences.let_through.includes('weekly_digest');
  await tellWeek(transaction, listener, telling, isWeekHeld ? until : undefined);
}

/**
 * What comes in quiet hours all the same, and what waits: also what is let through, if something about the same thing waits, as that a
 * router is back says nothing to who does not know that it was away. Pure.
 */
function divide(
  alerts: readonly Alert[],
  let_through: readonly string[],
  waiting: ReadonlySet<string>,
): { held: Alert[]; through: Alert[] } {
  const things = new Set(waiting);
  const [held, through]: [Alert[], Alert[]] = [[], []];
  for (const alert of alerts) {
    if (let_through.includes(alert.kind) && !things.has(alert.thing)) through.push(alert);
    else {
      held.push(alert);
      things.add(alert.thing);
    }
  }
  return { held, through };
}

/** To each channel that wants it. @param join makes fewer messages of what a channel gets */
async function tell(
  transaction: TenantTransaction,
  listener: Listener,
  alerts: readonly Alert[],
  { channels, addressee, rules, now }: Telling,
  join: (wanted: readonly Alert[]) => readonly Alert[] = (wanted) => wanted,
): Promise<void> {
  const possible = await keepPossible(transaction, listener, alerts);
  for (const channel of channels) {
    const wanted = possible.filter(({ kind }) => isWanted(kind, channel));
    if (wanted.length > 0)
      await enqueue(transaction, listener, channel, join(wanted), { ...addressee, now }, rules);
  }
}

/** As one message for each channel: the alert itself, with its buttons, if there is one only. */
async function tellHeld(
  transaction: TenantTransaction,
  listener: Listener,
  telling: Telling,
): Promise<void> {
  const { person, now } = telling;
  const held = await takeHeld(transaction, listener, now);
  const allowed = held.filter(({ kind }) => isAtLeast(person.role, KINDS[kind].least));
  await tell(transaction, listener, allowed, telling, (wanted) =>
    wanted.length === 1 ? wanted : [digestOf(wanted, now)],
  );
}

/** One alert that stands for several. Pure. */
function digestOf(alerts: readonly Alert[], at: number): Alert {
  const items = alerts.map(({ kind, at: then, facts }) => ({
    type: KINDS[kind].type,
    timestamp: new Date(then).toISOString(),
    data: facts,
  }));
  return {
    kind: 'quiet_digest',
    at,
    thing: 'quiet',
    path: '/activity',
    facts: { count: alerts.length, alerts: items.slice(0, MOST_LISTED) },
    actions: [],
  };
}

/** The digest of the week, if it is time for it. @param later it waits until then */
async function tellWeek(
  transaction: TenantTransaction,
  listener: Listener,
  telling: Telling,
  later: number | undefined,
): Promise<void> {
  const { preferences, now, channels, person } = telling;
  const { digest, digestAt, zone } = preferences;
  if (digest === null || (digestAt !== null && digestAt > now)) return;
  if (digestAt !== null && later !== undefined) {
    await setDigestAt(transaction, listener, later);
    return;
  }
  await beginPreferences(transaction, listener);
  await setDigestAt(transaction, listener, nextDigest(digest, zone, now));
  const isWelcome =
    isAtLeast(person.role, KINDS.weekly_digest.least) &&
    channels.some((channel) => isWanted('weekly_digest', channel));
  // The first time, only when it comes is found out.
  if (digestAt === null || !isWelcome) return;
  const week = await loadWeek(transaction, listener, { zone, now });
  if (week === undefined) return;
  const alert: Alert = {
    kind: 'weekly_digest',
    at: now,
    thing: 'week',
    path: '/',
    facts: { week },
    actions: [],
  };
  await tell(transaction, listener, [alert], telling);
}

async function setDigestAt(
  transaction: TenantTransaction,
  listener: Listener,
  at: number,
): Promise<void> {
  await transaction
    .updateTable('alert_preferences')
    .set({ digest_at: instant(at) })
    .where((row) => row.and(keyOf(listener)))
    .execute();
}

/** What would undo an entry of the audit: exactly what was there before, and only while nobody has changed it since. Pure. */
import type { AuditEntry } from '../../api/queries.ts';
import { type Details, changeIn, changedIn, detailsOf, isSame, textIn } from './details.ts';

export type ListName = 'whitelist' | 'blacklist';
type OfRouter = { router_id: string };

/** What to write, and what must be there for that: `is`. */
export type Undo =
  | (OfRouter & { act: 'changeDevice'; id: string; is: Details; to: Details })
  | (OfRouter & { act: 'changeRouter'; is: Details; to: Details })
  | (OfRouter & { act: 'changePolicy'; is: Details; to: Details })
  | (OfRouter & { act: 'changeEntry'; list: ListName; id: string; is: Details; to: Details })
  | (OfRouter & { act: 'removeEntry'; list: ListName; id: string; is: Details })
  | (OfRouter & { act: 'addEntry'; list: ListName; to: Details })
  | (OfRouter & { act: 'endBlock'; id: string })
  | (OfRouter & { act: 'block'; device_id: string })
  | { act: 'changePerson'; home_id: string; id: string; is: Details; to: Details }
  | { act: 'changeHome'; home_id: string; is: Details; to: Details }
  | { act: 'changeRule'; home_id: string; id: string; is: Details; to: Details }
  | { act: 'deleteRule'; home_id: string; id: string; is: Details }
  | { act: 'addRule'; home_id: string; to: Details };

/** An undo, and what it is about: what is touched by a later entry is not offered any more. */
type Offer = { undo: Undo | undefined; touches: readonly string[] };

const NOTHING: Offer = { undo: undefined, touches: [] };

/**
 * The undos of entries, by their ids; both newest first. Only the newest change of each thing has one: of older ones something
 * has been changed since.
 * @param now in milliseconds: a pause that is over cannot be undone
 */
export function undosOf(entries: readonly AuditEntry[], now: number): ReadonlyMap<string, Undo> {
  const undos = new Map<string, Undo>();
  const touched = new Set<string>();
  for (const entry of entries) {
    if (entry.imported_at !== null) continue;
    const { undo, touches } = offerOf(entry, now);
    if (undo !== undefined && !touches.some((touch) => touched.has(touch)))
      undos.set(entry.id, undo);
    for (const touch of touches) touched.add(touch);
  }
  return undos;
}

function offerOf(entry: AuditEntry, now: number): Offer {
  const { action, router_id, home_id, subject_id } = entry;
  const details = detailsOf(entry);
  if (action === 'person.changed') return offerPerson(entry, details);
  if (action === 'home.changed' && subject_id !== null)
    return offerChange(entry, `home ${subject_id}`, (change) => ({
      act: 'changeHome',
      home_id: subject_id,
      ...change,
    }));
  if (action.startsWith('rule.') && home_id !== null && subject_id !== null)
    return offerRule(entry, { home_id, id: subject_id }, now);
  return router_id === null ? NOTHING : offerOfRouter(entry, { router_id }, details);
}

function offerOfRouter(entry: AuditEntry, { router_id }: OfRouter, details: Details): Offer {
  const { action, subject_id, device } = entry;
  const device_id = device?.id ?? textIn(details, 'device_id');
  if (action === 'device.changed' && subject_id !== null)
    return offerChange(entry, `device ${subject_id}`, (change) => ({
      act: 'changeDevice',
      router_id,
      id: subject_id,
      ...change,
    }));
  if (action === 'router.changed')
    return offerChange(entry, `router ${router_id}`, (change) => ({
      act: 'changeRouter',
      router_id,
      ...change,
    }));
  if (action === 'policy.changed')
    return offerChange(entry, `policy ${router_id}`, (change) => ({
      act: 'changePolicy',
      router_id,
      ...change,
    }));
  if (device_id !== undefined && (action === 'block.started' || action === 'block.ended'))
    return {
      undo:
        action === 'block.ended'
          ? { act: 'block', router_id, device_id }
          : subject_id === null
            ? undefined
            : { act: 'endBlock', router_id, id: subject_id },
      touches: [`block ${device_id}`],
    };
  const [list, verb] = action.split('.');
  return list === 'whitelist' || list === 'blacklist'
    ? offerEntry(entry, { list, verb, router_id }, details)
    : NOTHING;
}

type Change = { is: Details; to: Details };

/** The fields that an entry has changed, as they were before. */
function offerChange(entry: AuditEntry, thing: string, undoOf: (change: Change) => Undo): Offer {
  const change = changeIn(entry);
  const fields = changedIn(change);
  if (fields.length === 0) return NOTHING;
  const of = (state: Details) =>
    Object.fromEntries(fields.map((field) => [field, state[field] ?? null]));
  return {
    undo: undoOf({ is: of(change.after), to: of(change.before) }),
    touches: fields.map((field) => `${thing} ${field}`),
  };
}

function offerPerson(entry: AuditEntry, details: Details): Offer {
  const { subject_id: id } = entry;
  const home_id = textIn(details, 'home_id') ?? entry.home_id ?? undefined;
  if (id === null || home_id === undefined) return NOTHING;
  return offerChange(entry, `person ${id}`, (change) => ({
    act: 'changePerson',
    home_id,
    id,
    ...change,
  }));
}

const TARGET = ['device_id', 'device_ip', 'device_mac'] as const;
const FIELDS = {
  whitelist: ['device_name', 'description'],
  blacklist: ['device_name', 'reason', 'is_active'],
} as const;

function offerEntry(
  entry: AuditEntry,
  { list, verb, router_id }: OfRouter & { list: ListName; verb: string | undefined },
  details: Details,
): Offer {
  const { subject_id: id } = entry;
  if (id === null) return NOTHING;
  const target = entry.device?.id ?? textIn(details, 'device_mac') ?? textIn(details, 'device_ip');
  const touch = `${list} ${router_id} ${target ?? id}`;
  const fields = pickSaid(details, FIELDS[list]);
  if (verb === 'added')
    return {
      undo: { act: 'removeEntry', list, router_id, id, is: fields },
      touches: [touch],
    };
  if (verb === 'removed')
    return {
      undo: { act: 'addEntry', list, router_id, to: { ...targetOf(details), ...fields } },
      touches: [touch],
    };
  const { undo } = offerChange(entry, touch, (change) => ({
    act: 'changeEntry',
    list,
    router_id,
    id,
    ...change,
  }));
  return { undo, touches: [touch] };
}

/** A device by its id, if it was known; else by its addresses, without the one that says that none is known. */
function targetOf(details: Details): Details {
  const { device_id = null, device_ip, ...rest } = pickSaid(details, TARGET);
  if (device_id !== null) return { device_id };
  return device_ip === '0.0.0.0' ? rest : { ...rest, device_ip };
}

function offerRule(entry: AuditEntry, key: { home_id: string; id: string }, now: number): Offer {
  const details = detailsOf(entry);
  const touches = [`rule ${key.id}`];
  if (entry.action === 'rule.changed') {
    const { before, after } = changeIn(entry);
    if (isOver(before, now) || isOver(after, now)) return { undo: undefined, touches };
    const { undo } = offerChange(entry, '', (change) => ({ act: 'changeRule', ...key, ...change }));
    return { undo, touches };
  }
  if (isOver(details, now)) return { undo: undefined, touches };
  const undo: Undo =
    entry.action === 'rule.created'
      ? { act: 'deleteRule', ...key, is: details }
      : { act: 'addRule', home_id: key.home_id, to: addable(details) };
  return { undo, touches };
}

function isOver(rule: Details, now: number): boolean {
  const until = textIn(rule, 'until_at');
  return until !== undefined && Date.parse(until) <= now;
}

/** A rule as it can be added: only a pause and an exception begin and end. */
function addable({ from_at, until_at, ...rule }: Details): Details {
  const ends = rule['kind'] === 'pause' || rule['kind'] === 'exception';
  return ends ? { ...rule, from_at, ...(until_at !== undefined && { until_at }) } : rule;
}

function pickSaid(details: Details, names: readonly string[]): Details {
  return Object.fromEntries(
    names.filter((name) => details[name] !== undefined).map((name) => [name, details[name]]),
  );
}

/** Whether something is still as an entry has left it. */
export function isStill(present: object, is: Details): boolean {
  return Object.entries(is).every(([name, value]) => isSame(Reflect.get(present, name), value));
}

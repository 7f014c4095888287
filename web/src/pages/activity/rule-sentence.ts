import type { AuditEntry } from '../../api/queries.ts';
import { type Details, changeIn, changedIn, detailsOf, textIn } from './details.ts';
import { type Name, type SayKey, type Told, deviceOf, personOf } from './told.ts';

const MINUTE_MS = 60_000;

/** What was done with a rule: a pause and an exception for how long, a schedule by its name. */
export function tellRule(entry: AuditEntry): Told {
  const verb = entry.action === 'rule.changed' ? 'changed' : createdOrDeleted(entry);
  const rule = verb === 'changed' ? changeIn(entry).after : detailsOf(entry);
  const thing = targetOf(entry, rule);
  switch (textIn(rule, 'kind') ?? '') {
    case 'pause':
      return tellPause(verb, rule, thing);
    case 'exception':
      return tellException(verb, rule, thing);
    case 'new_device':
      return verb === 'deleted'
        ? { say: 'newDevicesDeleted' }
        : { say: 'newDevices', values: { access: textIn(rule, 'access') ?? 'allow' } };
    default:
      return {
        say: sayOfSchedule(entry, verb),
        thing,
        old: { kind: 'everyone', text: textIn(rule, 'name') ?? '', to: { page: 'rules' } },
      };
  }
}

type Verb = 'created' | 'changed' | 'deleted';

function createdOrDeleted({ action }: AuditEntry): Verb {
  return action === 'rule.deleted' ? 'deleted' : 'created';
}

/** Who the rule is for. */
function targetOf(entry: AuditEntry, rule: Details): Name {
  const network = textIn(rule, 'network');
  if (textIn(rule, 'device_id') !== undefined) return { ...deviceOf(entry), text: nameOf(entry) };
  if (textIn(rule, 'person_id') !== undefined)
    return { ...personOf(entry), text: entry.person?.name ?? null };
  if (network !== undefined) return { kind: 'everyone', text: network };
  return { kind: 'everyone', text: null };
}

/** The subject is the rule: its own name is not the device's. */
function nameOf({ device }: AuditEntry): string | null {
  return device?.name ?? null;
}

function tellPause(verb: Verb, rule: Details, thing: Name): Told {
  if (verb === 'deleted') return { say: 'resumed', thing };
  if (verb === 'changed') return { say: 'pauseChanged', thing };
  const minutes = minutesOf(rule);
  return minutes === undefined ? { say: 'pausedOpen', thing } : { say: 'paused', thing, minutes };
}

const EXCEPTIONS: Readonly<Record<string, SayKey>> = {
  allow: 'exceptionAllow',
  limit: 'exceptionLimit',
  block: 'exceptionBlock',
};

function tellException(verb: Verb, rule: Details, thing: Name): Told {
  if (verb === 'deleted') return { say: 'exceptionDeleted', thing };
  const say = EXCEPTIONS[textIn(rule, 'access') ?? ''];
  const minutes = minutesOf(rule);
  return verb === 'created' && say !== undefined && minutes !== undefined
    ? { say, thing, minutes }
    : { say: 'exceptionChanged', thing };
}

/** How long a rule holds that begins and ends. */
function minutesOf(rule: Details): number | undefined {
  const from = Date.parse(textIn(rule, 'from_at') ?? '');
  const until = Date.parse(textIn(rule, 'until_at') ?? '');
  return until > from ? Math.max(1, Math.round((until - from) / MINUTE_MS)) : undefined;
}

function sayOfSchedule(entry: AuditEntry, verb: Verb): SayKey {
  if (verb === 'created') return 'ruleCreated';
  if (verb === 'deleted') return 'ruleDeleted';
  const change = changeIn(entry);
  const [field, ...others] = changedIn(change);
  if (field !== 'is_active' || others.length > 0) return 'ruleChanged';
  return change.after['is_active'] === true ? 'ruleOn' : 'ruleOff';
}

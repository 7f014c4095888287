/** What an entry of the audit says, as a sentence: which text, with which names. Pure; `sentence-text.tsx` puts it into words. */
import type { AuditEntry } from '../../api/queries.ts';
import { type Details, changeIn, changedIn, detailsOf, numberIn, textIn } from './details.ts';
import { tellRule } from './rule-sentence.ts';
import { type Name, type SayKey, type Told, deviceOf, personOf, routerOf } from './told.ts';

/** Each action of the server in a sentence: a missing one is a type error. */
const TELL: Record<AuditEntry['action'], (entry: AuditEntry) => Told> = {
  'access.answered': tellAnswer,
  'access.asked': tellAsk,
  'alert_channel.changed': about('channelChanged', channelOf),
  'alert_channel.created': about('channelCreated', channelOf),
  'alert_channel.deleted': about('channelDeleted', channelOf),
  'alert_preferences.changed': () => ({ say: 'alertsChosen' }),
  'blacklist.added': about('slowedAdded', deviceOf),
  'blacklist.changed': about('slowedChanged', deviceOf),
  'blacklist.removed': about('slowedRemoved', deviceOf),
  'block.ended': about('unblocked', deviceOf),
  'block.started': about('blocked', deviceOf),
  'device.changed': tellDevice,
  'device.deleted': about('deviceDeleted', deviceOf),
  'device.discovered': about('deviceDiscovered', deviceOf),
  'device.merged': (entry) => ({ ...tellParts(entry, 'merged'), say: 'deviceMerged' }),
  'device.recognised': about('deviceRecognised', deviceOf),
  'device.reviewed': tellReview,
  'device.unmerged': (entry) => ({ ...tellParts(entry, 'unmerged'), say: 'deviceUnmerged' }),
  'device.wake_requested': about('woken', deviceOf),
  'home.changed': tellHome,
  'home.created': about('homeCreated', homeOf),
  'home.deleted': about('homeDeleted', homeOf),
  'import.finished': (entry) => ({
    say: 'imported',
    count: numberIn(detailsOf(entry), 'written') ?? 0,
  }),
  'invitation.withdrawn': () => ({ say: 'invitationWithdrawn' }),
  'member.changed': tellMember,
  'member.invited': (entry) => ({ say: 'memberInvited', values: roleIn(detailsOf(entry)) }),
  'member.joined': () => ({ say: 'memberJoined' }),
  'member.removed': (entry) =>
    entry.actor_id !== null && entry.actor_id === entry.subject_id
      ? { say: 'memberLeft' }
      : { say: 'memberRemoved', thing: { kind: 'person', text: entry.subject_name } },
  'person.changed': tellPerson,
  'person.created': about('personCreated', personOf),
  'person.deleted': about('personDeleted', personOf),
  'policy.changed': tellPolicy,
  'router.changed': tellRouter,
  'router.crowded': about('routerCrowded', routerOf),
  'router.deleted': about('routerDeleted', routerOf),
  'router.drift_mended': about('routerRestored', routerOf),
  'router.key_shared': about('routerKeyShared', routerOf),
  'router.lan_changed': (entry) => ({
    say: 'routerLanChanged',
    thing: routerOf(entry),
    values: { mac: textIn(detailsOf(entry), 'after') ?? '' },
  }),
  'router.lan_mac_shared': withOther('routerMacShared'),
  'router.linked': about('routerLinked', routerOf),
  'router.replaced': withOther('routerReplaced'),
  'router.scan_requested': about('routerScanned', routerOf),
  'router.unlinked': about('routerUnlinked', routerOf),
  'router.update_requested': (entry) => ({
    say: 'routerUpdated',
    thing: routerOf(entry),
    values: { version: textIn(detailsOf(entry), 'version') ?? '' },
  }),
  'rule.changed': tellRule,
  'rule.created': tellRule,
  'rule.deleted': tellRule,
  'session.ended': (entry) => ({ say: 'signedOut', values: { device: entry.subject_name ?? '' } }),
  'session.started': (entry) => ({ say: 'signedIn', values: { device: entry.subject_name ?? '' } }),
  'setting.changed': (entry) => ({
    say: 'settingChanged',
    values: { setting: entry.subject_id ?? '' },
  }),
  'setting.deleted': (entry) => ({
    say: 'settingDeleted',
    values: { setting: entry.subject_id ?? '' },
  }),
  'token.created': about('tokenCreated', tokenOf),
  'token.ended': about('tokenEnded', tokenOf),
  'user.activated': () => ({ say: 'userActivated' }),
  'user.changed': () => ({ say: 'userChanged' }),
  'user.created': () => ({ say: 'userCreated' }),
  'user.deactivated': () => ({ say: 'userDeactivated' }),
  'user.linked': () => ({ say: 'userLinked' }),
  'whitelist.added': about('allowedAdded', deviceOf),
  'whitelist.changed': about('allowedChanged', deviceOf),
  'whitelist.removed': about('allowedRemoved', deviceOf),
};
const tellBy = new Map<string, (entry: AuditEntry) => Told>(Object.entries(TELL));

/** What one entry says. An action that a newer server added is named as it is. */
export function tell(entry: AuditEntry): Told {
  return tellBy.get(entry.action)?.(entry) ?? { say: 'unknown', values: { action: entry.action } };
}

function about(say: SayKey, thingOf: (entry: AuditEntry) => Name): (entry: AuditEntry) => Told {
  return (entry) => ({ say, thing: thingOf(entry) });
}

function homeOf({ subject_name }: AuditEntry): Name {
  return { kind: 'home', text: subject_name };
}

function channelOf(entry: AuditEntry): Name {
  const details = detailsOf(entry);
  return { kind: 'device', text: textIn(details, 'name') ?? textIn(details, 'kind') ?? '' };
}

function tokenOf({ subject_name }: AuditEntry): Name {
  return { kind: 'device', text: subject_name };
}

function withOther(say: SayKey): (entry: AuditEntry) => Told {
  return (entry) => ({
    say,
    thing: routerOf(entry),
    other: { kind: 'router', text: entry.other_router_name },
  });
}

function tellAsk(entry: AuditEntry): Told {
  const details = detailsOf(entry);
  const message = textIn(details, 'message');
  return {
    say: message === undefined ? 'asked' : 'askedWhy',
    thing: personOf(entry),
    minutes: numberIn(details, 'minutes') ?? 0,
    values: { message: message ?? '' },
  };
}

function tellAnswer(entry: AuditEntry): Told {
  const details = detailsOf(entry);
  const thing = personOf(entry);
  return textIn(details, 'answer') === 'granted'
    ? { say: 'askGranted', thing, minutes: numberIn(details, 'minutes') ?? 0 }
    : { say: 'askRefused', thing };
}

/** A change of one field says which; of several only that there was one. */
function tellDevice(entry: AuditEntry): Told {
  const change = changeIn(entry);
  const { before, after } = change;
  const [field, ...others] = changedIn(change);
  const thing = deviceOf(entry);
  if (others.length > 0) return { say: 'deviceChanged', thing };
  if (field === 'device_name') {
    const old = textIn(before, 'device_name');
    const name = textIn(after, 'device_name');
    // As it was named then, though it may be called otherwise by now.
    if (name !== undefined)
      return {
        say: old === undefined ? 'deviceNamed' : 'deviceRenamed',
        thing: { ...thing, text: name },
        old: { kind: 'device', text: old ?? null },
      };
    return { say: 'deviceUnnamed', thing, old: { kind: 'device', text: old ?? null } };
  }
  if (field === 'device_type') {
    const type = textIn(after, 'device_type');
    return type === undefined
      ? { say: 'deviceUntyped', thing }
      : { say: 'deviceTyped', thing, type };
  }
  if (field === 'person_id') {
    const isGiven = textIn(after, 'person_id') !== undefined;
    const other = { ...personOf(entry), text: entry.person?.name ?? null };
    return { say: isGiven ? 'deviceGiven' : 'deviceTaken', thing, other };
  }
  return { say: 'deviceChanged', thing };
}

function tellParts(entry: AuditEntry, part: 'merged' | 'unmerged'): Pick<Told, 'thing' | 'old'> {
  const { [part]: other } = detailsOf(entry);
  return { thing: deviceOf(entry), old: { kind: 'device', text: nameIn(other) } };
}

function nameIn(device: unknown): string | null {
  if (typeof device !== 'object' || device === null) return null;
  for (const name of ['device_name', 'hostname', 'ip', 'mac']) {
    const value: unknown = Reflect.get(device, name);
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

function tellReview(entry: AuditEntry): Told {
  const details = detailsOf(entry);
  const thing = deviceOf(entry);
  if (textIn(details, 'decision') === 'refuse') return { say: 'reviewRefused', thing };
  const all = numberIn(details, 'devices');
  if (all !== undefined) return { say: 'reviewAllowedAll', count: all };
  if (textIn(details, 'person_id') !== undefined)
    return {
      say: 'reviewGiven',
      thing,
      other: { ...personOf(entry), text: entry.person?.name ?? null },
    };
  return { say: 'reviewAllowed', thing };
}

function tellHome(entry: AuditEntry): Told {
  const change = changeIn(entry);
  const [field, ...others] = changedIn(change);
  const thing = homeOf(entry);
  const zone = textIn(change.after, 'timezone');
  if (others.length > 0) return { say: 'homeChanged', thing };
  if (field === 'name') return { say: 'homeRenamed', ...renamed(thing, change, 'name') };
  if (field === 'timezone' && zone !== undefined)
    return { say: 'homeZone', thing, values: { zone } };
  return { say: 'homeChanged', thing };
}

function renamed(
  thing: Name,
  { before, after }: { before: Details; after: Details },
  field: string,
): Pick<Told, 'thing' | 'old'> {
  return {
    thing: { ...thing, text: textIn(after, field) ?? thing.text },
    old: { kind: thing.kind, text: textIn(before, field) ?? null },
  };
}

function tellMember(entry: AuditEntry): Told {
  const change = changeIn(entry);
  const thing: Name = { kind: 'person', text: entry.subject_name };
  return changedIn(change).includes('role')
    ? { say: 'memberRole', thing, values: roleIn(change.after) }
    : { say: 'memberChanged', thing };
}

function roleIn(details: Details): { role: string } {
  return { role: textIn(details, 'role') ?? 'viewer' };
}

function tellPerson(entry: AuditEntry): Told {
  const thing = personOf(entry);
  const change = changeIn(entry);
  if (textIn(detailsOf(entry), 'picture') !== undefined) return { say: 'personPicture', thing };
  return changedIn(change).includes('name')
    ? { say: 'personRenamed', ...renamed(thing, change, 'name') }
    : { say: 'personChanged', thing };
}

const MODES: Readonly<Record<string, SayKey>> = {
  none: 'modeEveryone',
  whitelist: 'modeAllowed',
  blacklist: 'modeSlowed',
};

function tellPolicy(entry: AuditEntry): Told {
  const change = changeIn(entry);
  const thing: Name = { ...routerOf(entry), to: { page: 'rules' } };
  const mode = textIn(change.after, 'mode');
  const isNewMode = changedIn(change).includes('mode');
  return { say: (isNewMode && mode !== undefined && MODES[mode]) || 'speeds', thing };
}

function tellRouter(entry: AuditEntry): Told {
  const change = changeIn(entry);
  const thing = routerOf(entry);
  const [field, ...others] = changedIn(change);
  const name = textIn(change.after, 'router_name');
  if (field !== 'router_name' || others.length > 0 || name === undefined)
    return { say: 'routerChanged', thing };
  return textIn(change.before, 'router_name') === undefined
    ? { say: 'routerNamed', thing: { ...thing, text: name } }
    : { say: 'routerRenamed', ...renamed(thing, change, 'router_name') };
}

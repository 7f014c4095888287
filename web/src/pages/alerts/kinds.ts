import {
  ALERT_KINDS,
  type ChosenKind,
  KINDS,
  isWanted,
  kindOf,
} from '../../../../src/alerts/kinds.ts';
import type { Role } from '../../api/home-queries.ts';

/** A channel, as far as it counts here. */
type Told = { wanted: readonly string[] };

const ORDER: readonly Role[] = ['child', 'viewer', 'admin', 'owner'];

/** The kinds that somebody in a role is told of, in their order. */
export function kindsFor(role: Role): readonly ChosenKind[] {
  return ALERT_KINDS.filter((kind) => ORDER.indexOf(role) >= ORDER.indexOf(KINDS[kind].least));
}

/** What a new channel gets. */
export function defaultKinds(role: Role, channelKind: string): readonly ChosenKind[] {
  return kindsFor(role).filter((kind) => isWanted(kind, { kind: channelKind, wanted: null }));
}

/** Which of the kinds come to a channel; those of another version of the server are left out. */
export function wantedOf({ wanted }: Told, role: Role): readonly ChosenKind[] {
  return kindsFor(role).filter((kind) => wanted.includes(kind));
}

/** How much comes to a channel. `happenings`: everything but what comes by itself to other kinds of channel only. */
export function amountOf(
  channel: Told,
  role: Role,
): 'everything' | 'happenings' | 'some' | 'nothing' {
  const wanted = wantedOf(channel, role);
  const isHappenings = (kind: ChosenKind) => KINDS[kind].byDefault === 'everywhere';
  if (wanted.length === 0) return 'nothing';
  if (wanted.length === kindsFor(role).length) return 'everything';
  return kindsFor(role).every((kind) => wanted.includes(kind) === isHappenings(kind))
    ? 'happenings'
    : 'some';
}

/** The kind of an entry of the log; `other` for one that this page does not know. */
export function logKindOf(name: string): keyof typeof KINDS | 'other' {
  return kindOf(name) ?? 'other';
}

import { Bell, CircleUser, Database, House, KeyRound, UserX } from 'lucide-react';
import type { Role } from '../../api/home-queries.ts';

/** The pages of the settings. */
const SECTIONS = [
  { to: '/settings', name: 'you', icon: CircleUser },
  { to: '/settings/home', name: 'home', icon: House },
  { to: '/settings/alerts', name: 'alerts', icon: Bell },
  { to: '/settings/access', name: 'access', icon: KeyRound },
  { to: '/settings/data', name: 'data', icon: Database },
  { to: '/settings/account', name: 'account', icon: UserX },
] as const;
type SettingsSection = (typeof SECTIONS)[number];
export type Section = SettingsSection['name'];

/** What each role has something to do with. A home's data are its owner's. */
const SEEN: Record<Role, (section: Section) => boolean> = {
  owner: () => true,
  admin: () => true,
  viewer: () => true,
  child: (section) => section !== 'home' && section !== 'data',
};

/** The pages of the settings that somebody of a role sees. */
export function sectionsOf(role: Role): readonly SettingsSection[] {
  return SECTIONS.filter(({ name }) => SEEN[role](name));
}

export function placeOf(section: Section): SettingsSection['to'] {
  return SECTIONS.find(({ name }) => name === section)?.to ?? '/settings';
}

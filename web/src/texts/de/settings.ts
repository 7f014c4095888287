import type { SameShape } from '../shape.ts';
import type { settings as english } from '../en/settings.ts';

export const settings: SameShape<typeof english> = {
  title: 'Einstellungen',
  profile: 'Profil',
  email: 'E-Mail',
  name: 'Name',
  saved: 'Gespeichert.',
  appearance: 'Darstellung',
  theme: 'Farben',
  themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  language: 'Sprache',
  timeZone: 'Zeitzone',
  browserZone: 'Die des Browsers',
  sessions: 'Wo Sie angemeldet sind',
  thisOne: 'Diese hier',
  end: 'Abmelden',
  endOne: '{device} abmelden',
  endOthers: 'Überall sonst abmelden',
  ended: 'Dort abgemeldet.',
  data: 'Ihre Daten',
  exportHint: 'Alles, was Ihnen gehört, als JSON, das sich wieder importieren lässt.',
  export: 'Alles exportieren',
  deleteAccount: 'Konto löschen',
  deleteTitle: 'Ihr Konto löschen?',
  deleteText: 'Jeder Router, jedes Gerät, jede Liste, Sperre und Aufzeichnung von Ihnen geht mit.',
  confirmEmail: 'Zur Bestätigung {email} eintippen',
};

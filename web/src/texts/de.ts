import type { SameShape } from './shape.ts';
import type { en } from './en.ts';

import { activity } from './de/activity.ts';
import { importing } from './de/import.ts';
import { routers } from './de/routers.ts';
import { settings } from './de/settings.ts';
import { device } from './de/device.ts';
import { devices } from './de/devices.ts';
import { home } from './de/home.ts';
import { importRemarks } from './de/import-remarks.ts';
import { policy } from './de/policy.ts';

/** Alle Texte auf Deutsch. */
export const de: SameShape<typeof en> = {
  app: { name: 'NetPilot', skip: 'Zum Inhalt' },
  navigation: {
    label: 'Hauptmenü',
    home: 'Start',
    devices: 'Geräte',
    policy: 'Regeln',
    routers: 'Router',
    activity: 'Verlauf',
    import: 'Import',
    settings: 'Einstellungen',
    more: 'Mehr',
  },
  action: {
    cancel: 'Abbrechen',
    close: 'Schließen',
    save: 'Speichern',
    retry: 'Noch einmal',
    undo: 'Rückgängig',
    signOut: 'Abmelden',
    back: 'Zurück',
    loadMore: 'Mehr zeigen',
  },
  live: {
    lost: 'Die Verbindung ist unterbrochen. Was Sie sehen, kann alt sein; es holt von selbst auf.',
    back: 'Wieder verbunden.',
  },
  problem: {
    title: 'Das hat nicht geklappt',
    offline: 'Der Server ist nicht erreichbar.',
    unknown: 'Auf dem Server ist etwas nicht in Ordnung. Versuchen Sie es später noch einmal.',
    notFound: 'Diese Seite gibt es nicht.',
    notFoundHint: 'Sie wurde vielleicht entfernt, oder die Adresse stimmt nicht.',
    home: 'Zum Start',
  },
  state: {
    loading: 'Lädt',
    online: 'Online',
    offline: 'Offline',
    blocked: 'Gesperrt',
    applied: 'Angewendet',
    blockedPending: 'Gesperrt · ausstehend',
    pending: 'Ausstehend',
    never: 'Nie',
    justNow: 'gerade eben',
    connected: 'Verbunden',
    unlinked: 'Nicht verknüpft',
    because: {
      unlinked: 'Der Router ist nicht mehr verknüpft.',
      never_connected: 'Der Router war noch nie verbunden.',
      offline: 'Der Router ist seit {since} offline: Er holt es nach, sobald er zurück ist.',
      unconfirmed: 'Der Router hat diese Änderung noch nicht bestätigt.',
      refused_incomplete: 'Der Router lehnt es ab: Er hat nicht alles davon bekommen.',
      refused_invalid: 'Der Router lehnt es ab: Sein Agent kennt nicht, was verlangt ist.',
      refused_nft: 'Der Router lehnt es ab: Seine Firewall nimmt die Regeln nicht.',
      refused_storage: 'Der Router lehnt es ab: Er hat keinen Platz, es zu speichern.',
      refused: 'Der Router lehnt es ab.',
    },
    unknown: 'Unbekannt',
  },
  home,
  devices,
  device,
  policy,
  routers,
  activity,
  import: importing,
  importRemarks,
  settings,
  signIn: {
    title: 'Bei NetPilot anmelden',
    button: 'Anmelden',
    hint: 'Sie werden zu dem Dienst geleitet, der für Sie bürgt, und zurück.',
    localHint:
      'NetPilot gibt beim Start einen Link aus, der Sie einmal anmeldet. Einen neuen gibt <command></command> im Terminal.',
  },
};

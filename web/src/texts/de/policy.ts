import type { SameShape } from '../shape.ts';
import type { policy as english } from '../en/policy.ts';

export const policy: SameShape<typeof english> = {
  title: 'Grundregeln',
  noRouter: 'Noch kein Router',
  noRouterHint: 'Kopple zuerst einen Router: Er setzt um, was du hier einstellst.',
  toRouters: 'Zu den Routern',
  mode: 'Wer darf ins Internet?',
  modes: {
    none: {
      name: 'Alle',
      effect: 'Nur Geräte, die du sperrst, haben kein Internet. Alle anderen haben volles Tempo.',
    },
    whitelist: {
      name: 'Nur erlaubte Geräte',
      effect:
        'Geräte auf der Whitelist haben volles Tempo. Alle anderen sind gebremst oder gesperrt.',
    },
    blacklist: {
      name: 'Alle außer der Blacklist',
      effect:
        'Geräte auf der Blacklist sind gebremst oder gesperrt. Alle anderen haben volles Tempo.',
    },
  },
  rates: {
    onWhitelist: 'Tempo auf der Whitelist (Mbit/s)',
    offWhitelist: 'Tempo für alle übrigen Geräte (Mbit/s)',
    onBlacklist: 'Tempo auf der Blacklist (Mbit/s)',
    offBlacklist: 'Tempo für alle übrigen Geräte (Mbit/s)',
  },
  rateHint: 'Leer bedeutet volles Tempo.',
  rateHintZero: 'Leer bedeutet volles Tempo, 0 bedeutet gesperrt.',
  outcome: '{count, plural, one {# Gerät: {rate}} other {# Geräte: {rate}}}',
  noInternet: 'gesperrt',
  fullSpeed: 'volles Tempo',
  megabits: '{rate} Mbit/s',
  preview: 'Was sich ändert',
  noDifference: 'Für die bisher bekannten Geräte ändert sich nichts.',
  less: '{count, plural, one {# Gerät bekommt weniger} other {# Geräte bekommen weniger}}',
  more: '{count, plural, one {# Gerät bekommt mehr} other {# Geräte bekommen mehr}}',
  fromTo: 'bisher {before}, dann {after}',
  andMore: 'und {count} weitere',
  reset: 'Verwerfen',
  apply: 'Anwenden',
  applied: 'Auf dem Router aktiv.',
  sent: 'Gespeichert. Wird an den Router übertragen …',
  lists: { whitelist: 'Whitelist', blacklist: 'Blacklist' },
  add: {
    whitelist: 'Gerät auf die Whitelist setzen',
    blacklist: 'Gerät auf die Blacklist setzen',
  },
  empty: 'Leer',
  inactive: 'Pausiert',
  remove: '{name} von der Liste entfernen',
  added: { whitelist: 'Auf die Whitelist gesetzt.', blacklist: 'Auf die Blacklist gesetzt.' },
  removed: { whitelist: 'Von der Whitelist entfernt.', blacklist: 'Von der Blacklist entfernt.' },
};

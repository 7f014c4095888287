import type { SameShape } from '../shape.ts';
import type { policy as english } from '../en/policy.ts';

export const policy: SameShape<typeof english> = {
  title: 'Regeln',
  router: 'Router',
  noRouter: 'Noch kein Router',
  noRouterHint: 'Verbinden Sie zuerst einen Router: Was Sie hier entscheiden, führt er aus.',
  toRouters: 'Zu den Routern',
  mode: 'Wer durchkommt',
  modes: {
    none: {
      name: 'Alle',
      effect: 'Nur was Sie von Hand sperren, wird angehalten. Alles andere hat die volle Rate.',
    },
    whitelist: {
      name: 'Nur die Whitelist',
      effect:
        'Geräte auf der Whitelist haben die volle Rate. Alle anderen sind begrenzt oder angehalten.',
    },
    blacklist: {
      name: 'Alle außer der Blacklist',
      effect:
        'Geräte auf der Blacklist sind begrenzt oder angehalten. Alle anderen haben die volle Rate.',
    },
  },
  rates: {
    onWhitelist: 'Auf der Whitelist (Mbit/s)',
    offWhitelist: 'Nicht auf der Whitelist (Mbit/s)',
    onBlacklist: 'Auf der Blacklist (Mbit/s)',
    offBlacklist: 'Nicht auf der Blacklist (Mbit/s)',
  },
  rateHint: 'Leer heißt ohne Grenze.',
  rateHintZero: 'Leer heißt ohne Grenze; 0 hält allen Verkehr an.',
  outcome: '{count, plural, one {# Gerät: {rate}} other {# Geräte: {rate}}}',
  nothing: 'nichts',
  unlimited: 'ohne Grenze',
  megabits: '{rate} Mbit/s',
  preview: 'Was das ändern würde',
  noDifference: 'Für kein jetzt bekanntes Gerät ändert sich etwas.',
  less: '{count, plural, one {# Gerät bekommt weniger} other {# Geräte bekommen weniger}}',
  more: '{count, plural, one {# Gerät bekommt mehr} other {# Geräte bekommen mehr}}',
  fromTo: 'von {before} auf {after}',
  andMore: 'und {count} weitere',
  reset: 'Verwerfen',
  apply: 'Anwenden',
  applied: 'Der Router tut es jetzt.',
  sent: 'Gespeichert. Der Router tut es, sobald er bestätigt.',
  lists: { whitelist: 'Whitelist', blacklist: 'Blacklist' },
  add: {
    whitelist: 'Gerät auf die Whitelist setzen',
    blacklist: 'Gerät auf die Blacklist setzen',
  },
  empty: 'Niemand steht darauf.',
  inactive: 'Pausiert',
  remove: '{name} von der Liste nehmen',
  added: { whitelist: 'Auf die Whitelist gesetzt.', blacklist: 'Auf die Blacklist gesetzt.' },
  removed: {
    whitelist: 'Von der Whitelist genommen.',
    blacklist: 'Von der Blacklist genommen.',
  },
};

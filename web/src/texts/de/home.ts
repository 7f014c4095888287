import type { SameShape } from '../shape.ts';
import type { home as english } from '../en/home.ts';

export const home: SameShape<typeof english> = {
  lead: {
    well: 'Alles in Ordnung.',
    quiet: 'Gerade ist nichts zu tun.',
    internetDown:
      '{since, select, none {{home} ist ohne Internet.} other {{home} ist seit {since} ohne Internet.}}',
    noInternet:
      '{count, plural, one {{since, select, none {{name} hat kein Internet.} other {{name} hat seit {since} kein Internet.}}} other {# Router haben kein Internet.}}',
    away: '{count, plural, one {{since, select, none {{name} ist nicht erreichbar} other {{name} ist seit {since} nicht erreichbar}}} other {# Router sind nicht erreichbar}}{devices, plural, =0 {.} one { – über {count, plural, one {sein} other {ihr}} Gerät ist nichts bekannt.} other { – über {count, plural, one {seine} other {ihre}} # Geräte ist nichts bekannt.}}',
    neverConnected:
      '{count, plural, one {{name} hat sich noch nie gemeldet.} other {# Router haben sich noch nie gemeldet.}}',
    refused:
      '{count, plural, one {{name} hat {refused, plural, =0 {die letzte Änderung} one {eine Änderung} other {# Änderungen}} nicht übernommen.} other {# Router haben nicht alle Änderungen übernommen.}}',
    late: '{count, plural, one {{name} hat die letzte Änderung noch nicht bestätigt.} other {# Router haben die letzte Änderung noch nicht bestätigt.}}',
    asks: '{count, plural, one {{name} bittet um {minutes, plural, one {# Minute} other {# Minuten}}.} other {# Personen bitten um mehr Zeit.}}',
    newcomers:
      '{count, plural, one {Ein neues Gerät wartet auf dein Okay: {name}.} other {# Geräte warten auf dein Okay.}}',
    asksAndNewcomers:
      '{asks, plural, one {Eine Bitte} other {# Bitten}} und {devices, plural, one {ein Gerät} other {# Geräte}} warten auf dein Okay.',
    undecided:
      '{count, plural, one {Eine Sache wartet auf eine Entscheidung.} other {# Dinge warten auf eine Entscheidung.}}',
  },
  title: 'Start',
  homes: 'Deine {count} Zuhause',
  noRouter: 'Noch ist kein Router gekoppelt.',
  here: '{count, plural, =0 {kein Gerät da} one {# Gerät da} other {# Geräte da}}',
  unknown: '{count, plural, one {# Gerät unbekannt} other {# Geräte unbekannt}}',
  roundTrip: 'Internet {ms} ms',
  down: '{rate} herunter',
  up: '{rate} hinauf',
  needsYou: 'Das braucht dich',
  trouble: {
    away: {
      title: 'Nicht erreichbar',
      todo: 'Ist er eingeschaltet, und geht seine Leitung? Von hier sieht beides gleich aus. Er meldet sich von selbst zurück und hält sich so lange an seine Regeln.',
    },
    internet_down: {
      title: 'Kein Internet',
      todo: 'Der Router ist da, aber im Internet antwortet ihm niemand. Starte das Modem neu; hilft das nicht, frag deinen Anbieter.',
    },
    never_connected: {
      title: 'Noch nie verbunden',
      todo: 'Führ auf ihm die Zeile aus „Router koppeln“ aus und gib ihm eine Minute.',
    },
  },
  since: 'seit {time}',
  notTaken: 'Hat die letzte Änderung nicht übernommen',
  notTakenSome: 'Hat nicht alle Änderungen übernommen',
  late: 'Hat die letzte Änderung noch nicht bestätigt',
  more: '{count, plural, one {und noch #} other {und noch #}}',
  toRouter: 'Ansehen',
  asksFor: '{name} bittet um {minutes, plural, one {# Minute} other {# Minuten}} Internet',
  answer: '{name} antworten',
  grant: '{minutes} Min.',
  grantOne: '{name} {minutes, plural, one {# Minute} other {# Minuten}} geben',
  refuse: 'Jetzt nicht',
  refuseAsk: '{name} absagen',
  granted: '{name} hat {minutes, plural, one {# Minute} other {# Minuten}} Internet.',
  grantedInPart:
    '{name} hat {minutes, plural, one {# Minute} other {# Minuten}} Internet, aber nicht mit {devices}: Das ist außerdem gesperrt.',
  refused: '{name} erfährt, dass es jetzt nicht geht.',
  guessed: 'wahrscheinlich {type}',
  maybeOf: 'vielleicht von {name}',
  firstSeen: 'zuerst gesehen',
  all: 'Alle {count} anzeigen',
  allowHere: 'Alle {count} erlauben, die gerade da sind',
  allowHereAt: 'Alle {count} erlauben, die gerade in {home} sind',
  allowedHere:
    '{count, plural, =0 {Kein Gerät wurde erlaubt.} one {# Gerät ist erlaubt.} other {# Geräte sind erlaubt.}}{left, plural, =0 {} one { Eins ist übrig, das wahrscheinlich ein eingeschränktes ist: Entscheide selbst.} other { # sind übrig, die wahrscheinlich eingeschränkte sind: Entscheide selbst.}}',
  people: 'Personen',
  allPeople: 'Alle Personen',
  noPeople:
    'Leg die Personen an, die bei dir leben: Dann kannst du Pausen machen und eine Schlafenszeit festlegen.',
  toPeople: 'Personen anlegen',
  presence: {
    here: '{count, plural, one {# Gerät da} other {# Geräte da}}',
    away: 'nichts da',
    unknown: 'unbekannt: der Router ist nicht erreichbar',
  },
  hereNow: 'Gerade da',
  allDevices: '{count, plural, one {Insgesamt # Gerät} other {Alle # Geräte}}',
  noneHere: 'Kein Gerät ist da.',
  noneKnown: 'Das weiß gerade niemand: Kein Router ist verbunden.',
  dots: {
    here: 'da',
    away: 'nicht da',
    waiting: 'da, wartet auf eine Entscheidung',
    blocked: 'kein Internet',
    unknown: 'unbekannt',
  },
  restricted: 'Gerade eingeschränkt',
  noneRestricted: 'Alle und alles hat volles Internet.',
  why: 'Warum?',
  whySentences: {
    router: 'Es ist der Router selbst.',
    block: 'Es ist von Hand gesperrt.',
    pause: 'Es macht Pause.',
    exception: 'Das liegt an einer Ausnahme.',
    exceptionNamed: 'Das liegt an der Ausnahme „{name}“.',
    schedule: 'Das liegt an einer Wochenregel.',
    scheduleNamed: 'Das liegt an der Wochenregel „{name}“.',
    new_device: 'Es ist neu, und noch niemand hat es erlaubt.',
    mode: 'Das liegt an der Regel für alle Geräte: siehe Regeln.',
    none: 'Nichts schränkt es ein.',
    until: 'Das gilt bis {time}.',
    noEnd: 'Es hat kein Ende: Es bleibt so, bis jemand etwas ändert.',
    next: 'Danach: {state} ab {time} ({why}).',
  },
  decidedBy:
    '{isYou, select, true {Das hast du entschieden} other {Das hat {who} entschieden}}, {time}.',
  applied: 'Der Router setzt es um.',
  allAbout: 'Alles über {name}',
  toRules: 'Regeln',
  letThroughShort: '+{count} Min.',
  letThroughOne: '{name} für {count} Minuten freigeben',
  letThrough: '{name} hat für {count} Minuten Internet.',
  letThroughEnded: '{name} ist wieder eingeschränkt.',
  traffic: 'Internet gerade jetzt',
  trafficLabel: 'Download und Upload',
  download: 'Download',
  upload: 'Upload',
  partly: 'Nicht alles ist gezählt: Schnelle Verbindungen führt der Router am Zähler vorbei.',
  lately: 'Zuletzt',
  allActivity: 'Ganzer Verlauf',
  nothingYet: 'Noch ist nichts passiert.',
  welcome: 'Willkommen bei NetPilot',
  welcomeHint:
    'Drei Schritte, dann weißt du, wer und was in deinem Netz ist, und entscheidest, wer ins Internet darf.',
  step: 'Schritt {number} von {count}.',
  done: 'erledigt',
  steps: {
    link: {
      title: 'Koppel deinen Router',
      why: 'Er sagt, was in deinem Netz ist, und setzt um, was du entscheidest.',
      do: 'Router koppeln',
    },
    people: {
      title: 'Leg deine Leute an',
      why: 'Dann kannst du jemanden pausieren und eine Schlafenszeit festlegen.',
      do: 'Personen anlegen',
    },
    newDevices: {
      title: 'Sag, was mit neuen Geräten passiert',
      why: 'Lass sie rein, brems sie, oder lass sie auf dein Okay warten.',
      do: 'Entscheiden',
    },
  },
  demoHint:
    'Nur mal schauen? Wer dieses NetPilot betreibt, kann es mit einem simulierten Zuhause starten:',
  import: 'Du kommst vom alten NetPilot? Importiere seine Dateien.',
};

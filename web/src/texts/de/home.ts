import type { SameShape } from '../shape.ts';
import type { home as english } from '../en/home.ts';

export const home: SameShape<typeof english> = {
  title: 'Start',
  welcome: 'Willkommen bei NetPilot',
  welcomeHint:
    'Kopple einen Router, um alle Geräte dahinter zu sehen. Du kommst vom alten NetPilot? Importiere seine Dateien.',
  link: 'Router koppeln',
  import: 'Alte Dateien importieren',
  onlineNow: 'gerade online',
  unknownNow: 'unbekannt: ihr Router ist nicht erreichbar',
  known: 'bekannt',
  blockedNow: 'gesperrt',
  routers: '{count, plural, one {Router} other {Router}}',
  yourRouters: 'Deine Router',
  new: 'Neue Geräte',
  noneNew: 'Keine neuen Geräte',
  limitedNow: 'gebremst',
  restricted: 'Gerade eingeschränkt',
  noneRestricted: 'Nichts ist eingeschränkt',
  people: 'Personen',
  noPeople:
    'Leg die Personen an, die bei dir leben: Dann kannst du Pausen machen und eine Schlafenszeit festlegen.',
  toPeople: 'Personen anlegen',
  guessed: 'wahrscheinlich {type}',
  all: 'Alle {count} anzeigen',
};

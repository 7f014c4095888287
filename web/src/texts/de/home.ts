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
  new: 'Neu in den letzten 24 Stunden',
  noneNew: 'Keine neuen Geräte',
  blocked: 'Gesperrt',
  noneBlocked: 'Keine gesperrten Geräte',
  all: 'Alle {count} anzeigen',
};

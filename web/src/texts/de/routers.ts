import type { SameShape } from '../shape.ts';
import type { routers as english } from '../en/routers.ts';

export const routers: SameShape<typeof english> = {
  title: 'Router',
  router: 'Router',
  all: 'Alle Router',
  link: 'Router koppeln',
  none: 'Noch kein Router',
  noneHint: 'Kopple deinen Router: Füg eine Zeile auf ihm ein, und er erscheint gleich hier.',
  id: 'ID',
  lastSeen: 'Zuletzt verbunden',
  lastScan: 'Letzte Suche',
  scan: 'Jetzt nach Geräten suchen',
  scanning: 'Sucht …',
  scanLater: 'Der Router ist offline. Er wird durchsucht, sobald er sich verbindet.',
  revision: 'Regeln',
  revisions: 'Stand {applied} von {wanted}',
  agent: 'Agent',
  reached: 'Verbindung',
  dialsIn: 'vom Router',
  isDialled: 'von NetPilot{place, select, none {} other { zu {place}}}',
  problems: {
    'no-address': 'NetPilot kann ihn nicht erreichen: Er hat keine Adresse.',
    'not-allowed':
      'NetPilot verbindet sich nicht mit ihm: Der Betreiber dieses NetPilot erlaubt seine Adresse nicht.',
    unreachable: 'Er antwortet nicht unter seiner Adresse.',
    'other-host-key':
      'Unter seiner Adresse antwortet ein anderer Host-Schlüssel als beim Koppeln. Wenn der Router neu eingerichtet wurde, kopple ihn noch einmal.',
    'key-refused': 'Er lehnt den Schlüssel von NetPilot ab. Kopple ihn noch einmal.',
    'key-sealed':
      'NetPilot kann den Schlüssel für ihn nicht lesen, weil das Geheimnis dieses NetPilot geändert wurde. Kopple ihn noch einmal.',
  },
  name: 'Name',
  nameHint: 'Leer lassen, um die ID anzuzeigen.',
  rename: 'Umbenennen',
  renameTitle: 'Router umbenennen',
  unlink: 'Entkoppeln',
  unlinkTitle: '{name} entkoppeln?',
  unlinkText:
    'Sein Schlüssel gilt ab sofort nicht mehr, und sein Netz ist wieder wie vor NetPilot. Geräte und Verlauf bleiben hier.',
  unlinkDone: '{name} ist entkoppelt.',
  delete: 'Löschen',
  deleteTitle: '{name} löschen?',
  deleteText: 'Seine Geräte, Listen, Sperren und sein Verlauf werden endgültig gelöscht.',
  deleteDone: '{name} ist gelöscht.',
  linkTitle: 'Router koppeln',
  paste: 'Melde dich per SSH als root am Router an und füg diese Zeile ein:',
  copy: 'Zeile kopieren',
  cleanOld:
    'Das alte NetPilot hat diesen Router gesteuert: seine Sperren und Grenzen dort entfernen',
  codeIs: 'Der Code ist',
  worksUntil: 'Er gilt einmal, bis',
  expired: 'Der Code ist abgelaufen.',
  again: 'Neuen Code holen',
  done: 'Erledigt',
  steps: {
    waiting: 'Warte auf den Router …',
    registered: 'Router gefunden',
    connected: 'Router verbunden',
  },
};

import type { SameShape } from '../shape.ts';
import type { routers as english } from '../en/routers.ts';

export const routers: SameShape<typeof english> = {
  title: 'Router',
  link: 'Router verbinden',
  none: 'Noch kein Router',
  noneHint: 'Verbinden Sie einen: Fügen Sie eine Zeile auf ihm ein, und er ist gleich hier.',
  id: 'Kennung',
  lastSeen: 'Zuletzt verbunden',
  revision: 'Regeln',
  revisions: 'Stand {applied} von {wanted}',
  agent: 'Agent',
  reached: 'Verbindung',
  dialsIn: 'Er wählt sich selbst ein',
  isDialled: 'NetPilot wählt ihn {place, select, none {} other {unter {place} }}an',
  problems: {
    'no-address': 'Er kann nicht angewählt werden: Er hat keine Adresse.',
    'not-allowed':
      'Er wird nicht angewählt: Der Betreiber dieses NetPilot erlaubt seine Adresse nicht.',
    unreachable: 'Er antwortet nicht unter seiner Adresse.',
    'other-host-key':
      'Unter seiner Adresse antwortet ein anderer Host-Schlüssel als bei der Verbindung. Wurde der Router neu eingerichtet, verbinden Sie ihn noch einmal.',
    'key-refused': 'Er weist den Schlüssel von NetPilot zurück. Verbinden Sie ihn noch einmal.',
    'key-sealed':
      'Der Schlüssel zu ihm ist nicht lesbar: Das Geheimnis dieses NetPilot wurde geändert. Verbinden Sie ihn noch einmal.',
  },
  name: 'Name',
  nameHint: 'Leer zeigt die Kennung.',
  rename: 'Umbenennen',
  renameTitle: 'Router umbenennen',
  unlink: 'Trennen',
  unlinkTitle: '{name} trennen?',
  unlinkText:
    'Sein Schlüssel gilt sofort nicht mehr, und er lässt sein Netz, wie es vor NetPilot war. Was über ihn bekannt ist, bleibt hier.',
  unlinkDone: '{name} ist getrennt.',
  delete: 'Löschen',
  deleteTitle: '{name} löschen?',
  deleteText: 'Seine Geräte, Listen, Sperren und sein Verlauf gehen für immer mit.',
  deleteDone: '{name} ist gelöscht.',
  linkTitle: 'Router verbinden',
  paste: 'Melden Sie sich am Router als root an (per SSH) und fügen Sie diese Zeile ein:',
  copy: 'Zeile kopieren',
  copied: 'Kopiert.',
  codeIs: 'Der Code ist',
  worksUntil: 'Er gilt einmal, bis',
  expired: 'Der Code ist abgelaufen.',
  again: 'Einen neuen holen',
  done: 'Erledigt',
  steps: {
    waiting: 'Die Zeile wird auf dem Router ausgeführt',
    registered: 'Der Router ist bekannt',
    connected: 'Der Router ist verbunden',
  },
};

import type { SameShape } from '../shape.ts';
import type { activity as english } from '../en/activity.ts';

export const activity: SameShape<typeof english> = {
  title: 'Verlauf',
  subject: 'Was',
  router: 'Router',
  allRouters: 'Alle Router',
  none: 'Hier ist nichts',
  noneHint: 'Was Sie, Ihre Router und der Betreiber tun, erscheint hier.',
  showAll: 'Alles zeigen',
  more: 'Mehr zeigen',
  subjects: {
    all: 'Alles',
    block: 'Sperren',
    device: 'Geräte',
    policy: 'Regeln',
    whitelist: 'Whitelist',
    blacklist: 'Blacklist',
    router: 'Router',
    import: 'Importe',
    session: 'Anmeldungen',
    token: 'API-Tokens',
    setting: 'Einstellungen',
    user: 'Konto',
  },
  actors: { operator: 'Betreiber', router: 'Router', system: 'NetPilot' },
  actions: {
    block: {
      started: 'Gerät gesperrt',
      ended: 'Gerät freigegeben',
    },
    device: {
      discovered: 'Ein neues Gerät ist erschienen',
      recognised: 'Ein Gerät wurde an seiner MAC erkannt',
      changed: 'Gerät geändert',
      deleted: 'Gerät vergessen',
      merged: 'Zwei Einträge zu einem Gerät erklärt',
      unmerged: 'Ein Gerät wieder getrennt',
    },
    policy: {
      changed: 'Regeln geändert',
    },
    whitelist: {
      added: 'Gerät auf die Whitelist gesetzt',
      changed: 'Eintrag der Whitelist geändert',
      removed: 'Gerät von der Whitelist genommen',
    },
    blacklist: {
      added: 'Gerät auf die Blacklist gesetzt',
      changed: 'Eintrag der Blacklist geändert',
      removed: 'Gerät von der Blacklist genommen',
    },
    router: {
      linked: 'Router verbunden',
      changed: 'Router geändert',
      unlinked: 'Router getrennt',
      deleted: 'Router gelöscht',
      crowded: 'Ein Router nennt mehr Geräte, als behalten werden',
      drift_mended: 'Regeln wiederhergestellt, die jemand am Router geändert hatte',
    },
    import: {
      finished: 'Dateien importiert',
    },
    session: {
      started: 'Angemeldet',
      ended: 'Eine Sitzung endete',
    },
    token: {
      created: 'API-Token gemacht',
      ended: 'API-Token beendet',
    },
    setting: {
      changed: 'Einstellung geändert',
      deleted: 'Einstellung entfernt',
    },
    user: {
      created: 'Das Konto wurde angelegt',
      changed: 'Konto geändert',
      linked: 'Das Konto wurde mit seiner Anmeldung verbunden',
      activated: 'Das Konto wurde aktiviert',
      deactivated: 'Das Konto wurde deaktiviert',
    },
  },
};

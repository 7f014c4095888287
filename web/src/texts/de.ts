import type { SameShape } from './shape.ts';
import type { en } from './en.ts';

import { access } from './de/access.ts';
import { activity } from './de/activity.ts';
import { alerts } from './de/alerts.ts';
import { household } from './de/household.ts';
import { child, invitation } from './de/invitation.ts';
import { people } from './de/people.ts';
import { rules } from './de/rules.ts';
import { importing } from './de/import.ts';
import { routers } from './de/routers.ts';
import { settings } from './de/settings.ts';
import { device } from './de/device.ts';
import { devices } from './de/devices.ts';
import { help } from './de/help.ts';
import { home } from './de/home.ts';
import { importRemarks } from './de/import-remarks.ts';

/** Alle Texte auf Deutsch. */
export const de: SameShape<typeof en> = {
  app: { name: 'NetPilot', skip: 'Zum Inhalt' },
  navigation: {
    label: 'Hauptmenü',
    home: 'Start',
    devices: 'Geräte',
    people: 'Personen',
    rules: 'Regeln',
    routers: 'Router',
    activity: 'Verlauf',
    settings: 'Einstellungen',
    help: 'Hilfe',
    more: 'Mehr',
  },
  action: {
    messages: 'Meldungen',
    undone: 'Rückgängig gemacht: {what}',
    openPage: 'Seite von {name} öffnen',
    cancel: 'Abbrechen',
    close: 'Schließen',
    save: 'Speichern',
    retry: 'Noch einmal versuchen',
    undo: 'Rückgängig',
    signOut: 'Abmelden',
    loadMore: 'Mehr anzeigen',
    notCopied: 'Der Browser hat es nicht kopiert: Markiere den Text und kopiere ihn.',
    copied: 'Kopiert.',
  },
  time: {
    days: '{days, plural, one {# Tag} other {# Tage}}',
    hours: '{hours} Std.',
    minutes: '{minutes} Min.',
    lessThanMinute: 'weniger als eine Minute',
    for: 'seit {length}',
    left: 'noch {length}',
    hereOfDay: 'In den letzten 24 Stunden {hours} Std. da',
  },
  delivery: {
    waits: '{done} Wartet noch auf {name}.',
    waitsSince: '{done} Wartet auf {name}, offline seit {since}.',
    refused: '{done} Aber der Router kann nicht alles davon.',
  },
  palette: {
    open: 'Alles finden',
    hint: 'Gerät, Person, Seite oder „pausieren …“',
    found: 'Treffer',
    none: 'Nichts mit diesem Namen',
    page: 'Seite',
    looks: 'Darstellung',
    light: 'Helles Design',
    dark: 'Dunkles Design',
    person: 'Person',
    device: 'Gerät',
    action: 'Aktion',
    pause: '{name} pausieren …',
    resume: '{name} wieder freigeben',
    block: '{name} sperren',
    unblock: '{name} entsperren',
    why: 'Warum hat {name} kein volles Internet?',
  },
  live: {
    lost: 'Verbindung wird wiederhergestellt … Stand {time}.',
  },
  problem: {
    gone: 'Das gibt es hier nicht (mehr)',
    goneHint:
      'Vielleicht wurde es gelöscht oder mit etwas anderem zusammengeführt, oder es gehört zu einem anderen Zuhause.',
    offlineHint:
      'Prüfe die Verbindung dieses Geräts. Die Seite ist wieder da, sobald der Server antwortet.',
    title: 'Das hat nicht geklappt',
    offline: 'Der Server ist nicht erreichbar.',
    unknown: 'Serverfehler. Versuch es später noch einmal.',
    notFound: 'Seite nicht gefunden',
    notFoundHint: 'Vielleicht wurde sie entfernt, oder die Adresse stimmt nicht.',
    home: 'Zur Startseite',
  },
  state: {
    loading: 'Lädt',
    online: 'Online',
    offline: 'Offline',
    applied: 'Angewendet',
    unknownSince: 'Unbekannt seit {since}',
    blockedRefused: 'Nicht gesperrt · Router lehnt ab',
    partial: 'Zum Teil angewendet',
    refused: {
      agent:
        'Sein Agent ist dafür zu alt: Richte den Router neu ein, dann bekommt er den aktuellen.',
      address: 'Für den Agenten auf dem Router ist das keine Adresse.',
      nft: 'Die Firewall des Routers nimmt diese Adresse nicht an.',
      other: 'Der Router kann das nicht.',
    },
    pending: 'Ausstehend',
    never: 'Nie',
    justNow: 'gerade eben',
    connected: 'Verbunden',
    unlinked: 'Nicht gekoppelt',
    because: {
      unlinked: 'Dieser Router ist nicht mehr gekoppelt.',
      never_connected: 'Der Router war noch nie verbunden.',
      offline: 'Der Router ist seit {since} offline. Er holt es nach, sobald er wieder da ist.',
      away: 'Der Router ist seit {since} offline. Bis dahin galt das bei ihm.',
      unconfirmed: 'Der Router hat diese Änderung noch nicht bestätigt.',
      refused_incomplete: 'Der Router hat das abgelehnt: Er hat nicht alles empfangen.',
      refused_invalid: 'Der Router hat das abgelehnt: Sein Agent kennt eine der Regeln nicht.',
      refused_nft: 'Der Router hat das abgelehnt: Seine Firewall nimmt die Regeln nicht an.',
      refused_too_long:
        'Der Agent auf dem Router ist zu alt für so lange Regeln. Kopple den Router noch einmal: Das erneuert den Agenten.',
      refused_storage: 'Der Router hat das abgelehnt: Er hat keinen Speicherplatz mehr.',
      refused: 'Der Router hat das abgelehnt.',
      partial:
        'Der Router hat das Übrige angewendet, kann aber nicht alles. Nimm zurück, was hier steht, oder wähl das Gerät statt seiner Adresse.',
    },
    unknown: 'Unbekannt',
  },
  access,
  help,
  home,
  people,
  rules,
  household,
  invitation,
  child,
  devices,
  device,
  routers,
  activity,
  alerts,
  import: importing,
  importRemarks,
  settings,
  signInAgain: {
    title: 'Bitte melde dich noch einmal an',
    why: {
      addChannel:
        'Um einen Weg für Meldungen hinzuzufügen, musst du dich in den letzten 10 Minuten angemeldet haben.',
      createToken:
        'Um ein Token zu erstellen, musst du dich in den letzten 10 Minuten angemeldet haben.',
      signInDevice:
        'Um ein weiteres Gerät anzumelden, musst du dich hier in den letzten 10 Minuten angemeldet haben.',
      export:
        'Um deine Daten zu exportieren, musst du dich in den letzten 10 Minuten angemeldet haben.',
      linkRouter:
        'Um einen Router zu verbinden, musst du dich in den letzten 10 Minuten angemeldet haben.',
      removeRouter:
        'Um einen Router zu entfernen, musst du dich in den letzten 10 Minuten angemeldet haben.',
      replaceRouter:
        'Um einen Router durch einen anderen zu ersetzen, musst du dich in den letzten 10 Minuten angemeldet haben.',
      invite: 'Um jemanden einzuladen, musst du dich in den letzten 10 Minuten angemeldet haben.',
      changeMember:
        'Um eine Rolle zu ändern, musst du dich in den letzten 10 Minuten angemeldet haben.',
      deleteAccount:
        'Um dein Konto zu löschen, musst du dich in den letzten 10 Minuten angemeldet haben.',
    },
    back: 'Danach geht es hier weiter.',
    byLink:
      'Führ <command></command> auf dem Rechner aus, auf dem NetPilot läuft, öffne den Link in diesem Browser und mach dann hier weiter.',
    button: 'Neu anmelden',
    continue: 'Weiter',
  },
  signIn: {
    title: 'Bei NetPilot anmelden',
    lead: 'Sieh jedes Gerät zu Hause, und entscheide, wer ins Internet darf.',
    google: 'Weiter mit Google',
    button: 'Anmelden',
    hint: 'Danach bist du wieder hier.',
    notInvited: '{email} hat hier kein Konto und ist nicht eingeladen.',
    askOperator:
      'Bitte die Person, die dieses NetPilot betreibt, dich einzuladen. Das geht auf ihrem Rechner mit <command>bin/netpilot user invite {email}</command>. Melde dich dann noch einmal an.',
    otherAccount: 'Anderes Konto verwenden',
    localHint:
      'NetPilot gibt beim Start einen Link zum Anmelden aus. Er gilt einmal. Einen neuen bekommst du mit <command></command> im Terminal des Computers, auf dem es läuft, oder in den Einstellungen auf einem Gerät, das angemeldet ist.',
  },
};

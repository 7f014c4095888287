import type { alerts as english } from '../en/alerts.ts';
import type { SameShape } from '../shape.ts';

export const alerts: SameShape<typeof english> = {
  lead: 'NetPilot meldet sich, wenn zu Hause etwas passiert, das du wissen willst. Was du hier einstellst, gilt nur für dich: Alle im Zuhause haben ihr eigenes.',
  channels: 'Wohin NetPilot dir schreibt',
  none: 'Noch bekommst du keine Meldungen',
  noneHint:
    'Sag NetPilot, wie es dich erreicht: mit einer Mitteilung auf diesem Handy, per E-Mail oder als Nachricht.',
  add: 'Meldeweg hinzufügen',
  addTitle: 'Wie soll NetPilot dich erreichen?',
  back: 'Zurück',
  kindNames: {
    web_push: 'Dieser Browser',
    email: 'E-Mail',
    ntfy: 'ntfy',
    telegram: 'Telegram',
    pushover: 'Pushover',
    gotify: 'Gotify',
    apprise: 'Apprise',
    webhook: 'Webhook',
    other: 'Etwas anderes',
    browser: 'Ein Browser',
  },
  kindHints: {
    web_push: 'Eine Mitteilung auf diesem Gerät, mit Knöpfen',
    email: 'An die Adresse, mit der du dich anmeldest',
    ntfy: 'Eine kostenlose App fürs Handy, ohne Konto',
    telegram: 'Von einem eigenen Bot',
    pushover: 'Eine App, die man einmal bezahlt',
    gotify: 'Dein eigener Gotify-Server',
    apprise: 'Dein eigenes Apprise, für hundert andere Dienste',
    webhook: 'Für Programme: signierte Ereignisse an deinen Server',
  },
  noMail:
    'Geht hier nicht: Wer dieses NetPilot betreibt, hat keinen Mailserver eingerichtet (SMTP_URL).',
  howTo: {
    email: 'Die E-Mails gehen an {email}. In jeder steht ein Link, mit dem du sie abbestellst.',
    ntfy: 'Installiere die App ntfy und abonniere darin ein Thema mit diesem Namen. Wer den Namen kennt, liest mit: Nimm einen, den niemand errät, so wie diesen.',
    telegram:
      'Schreib in Telegram an @BotFather: /newbot legt einen Bot an, und du bekommst sein Token. Schick deinem Bot dann irgendeine Nachricht und frag @userinfobot nach deiner ID: Das ist der Chat.',
    pushover:
      'Auf pushover.net siehst du deinen User Key. Leg dort eine Anwendung an („NetPilot“), dann bekommst du ihr API-Token.',
    gotify: 'Leg in Gotify unter „Apps“ eine Anwendung an und kopiere ihr Token.',
    apprise:
      'Die Adresse deiner Apprise-API und der Schlüssel einer Konfiguration, die du dort gespeichert hast.',
    webhook:
      'Jedes Ereignis kommt per POST als JSON, signiert nach Standard Webhooks. Welche es gibt, steht in der Dokumentation der API.',
  },
  fields: {
    topic: 'Thema',
    server: 'Adresse des Servers',
    token: 'Token',
    chat_id: 'Chat',
    user: 'User Key',
    key: 'Schlüssel der Konfiguration',
    tag: 'Tag',
    url: 'Adresse',
    secret: 'Geheimnis',
  },
  optional: '{field} (muss nicht sein)',
  fieldHints: {
    topic: 'Buchstaben, Ziffern, - und _',
    server: 'Mit https://',
    serverOf: 'Leer: {server}',
    token: 'Es wird versiegelt gespeichert und nicht mehr angezeigt.',
    chat_id: 'Eine Zahl oder @Name eines Kanals',
    tag: 'Leer: alle',
    secret: 'Leer: NetPilot erzeugt eins und zeigt es einmal an.',
  },
  browser: {
    ready:
      'Dein Browser fragt, ob NetPilot Mitteilungen anzeigen darf: Erlaube es. Sie kommen in diesem Browser auf diesem Gerät an, auch wenn NetPilot zu ist, bis du dich hier abmeldest.',
    denied:
      'Dieser Browser lässt NetPilot keine Mitteilungen anzeigen. Erlaube sie in seinen Einstellungen für diese Seite (das Zeichen neben der Adresse) und lade die Seite neu.',
    unreachable:
      'Dein Browser erreicht den Push-Dienst seines Herstellers nicht: Er ist in diesem Netz gesperrt oder im Browser ausgeschaltet. Versuch es in einem anderen Netz, oder nimm einen anderen Weg.',
    insecure:
      'Browser erlauben Mitteilungen nur über https://. Hier ist NetPilot ohne offen: Nimm einen anderen Weg.',
    none: 'Dieser Browser kennt keine Mitteilungen von Webseiten: Öffne NetPilot in einem anderen, oder nimm einen anderen Weg.',
    install:
      'Auf iPhone und iPad dürfen nur installierte Apps Mitteilungen anzeigen (ab iOS 16.4):',
    installShare: 'Tipp in Safari auf „Teilen“.',
    installAdd: 'Wähl „Zum Home-Bildschirm“.',
    installOpen: 'Öffne NetPilot von dort und füg diesen Browser noch einmal hinzu.',
  },
  allow: 'Erlauben und hinzufügen',
  isHere: 'Dieser Browser ist schon dabei.',
  doesNotFit: 'Das passt nicht: Schau, ob du alles kopiert hast und nichts sonst.',
  name: 'Wie du ihn nennst',
  language: 'Sprache der Meldungen',
  wanted: 'Was hier ankommt',
  wantedNone: 'Nichts ist ausgewählt: Hier kommt nichts an.',
  forChildren:
    'Für dich gibt es noch nichts zu melden. Du kannst trotzdem einen Weg hinzufügen und ihn ausprobieren.',
  kinds: {
    new_device: 'Ein neues Gerät ist im Netz',
    quarantine: 'Ein neues Gerät wartet, bis du es erlaubst',
    router_away: 'Ein Router ist fünf Minuten weg',
    router_back: 'Der Router ist wieder da, und wie lange er weg war',
    internet_down: 'Das Internet ist ausgefallen, obwohl der Router da ist',
    internet_back: 'Das Internet ist wieder da, und wie lange es weg war',
    access_asked: 'Ein Kind möchte mehr Zeit',
    access_answered: 'Dein Wunsch nach mehr Zeit ist beantwortet',
    device_came: 'Ein Gerät, das du im Blick hast, ist heimgekommen',
    device_left: 'Ein Gerät, das du im Blick hast, ist gegangen',
    weekly_digest: 'Die Woche zu Hause, in einer Nachricht',
    quiet_digest: 'Was in der Ruhezeit passiert ist',
    change_waits: 'Ein Router übernimmt eine Änderung nicht',
    test: 'Ein Test',
    other: 'Etwas Neues',
  },
  amounts: {
    everything: 'Hier kommt alles an',
    happenings: 'Alles, was passiert, kommt hier an',
    some: '{count} von {all} Arten kommen hier an',
    nothing: 'Hier kommt nichts an',
  },
  to: 'an {target}',
  added: '{name} ist eingerichtet',
  addedHint: 'Schick gleich einen Test: Dann weißt du, dass es klappt.',
  secretOnce:
    'Das Geheimnis, mit dem die Ereignisse signiert werden, siehst du nur jetzt. Trag es bei deinem Server ein.',
  copySecret: 'Geheimnis kopieren',
  test: 'Test schicken',
  testOne: 'Test schicken: {name}',
  testing: 'Wird geschickt …',
  tested: 'Abgeschickt: Schau, ob er angekommen ist.',
  notTested: 'Das hat nicht geklappt.',
  never: 'Hier ist noch nichts angekommen',
  arrived: 'Zuletzt angekommen:',
  on: 'An',
  off: 'Aus',
  switchOn: 'Einschalten',
  switchOff: 'Ausschalten',
  switchedOn: '{name} ist an.',
  switchedOff: '{name} ist aus. Was noch wartete, entfällt.',
  stopped: 'NetPilot hat ihn ausgeschaltet: {problem}',
  troubled: 'Die letzten Nachrichten kamen nicht an: {problem}',
  change: 'Ändern …',
  changeOne: '{name} ändern',
  more: 'Mehr zu {name}',
  remove: 'Entfernen …',
  removeTitle: '{name} entfernen?',
  removeText: 'Was noch wartet, entfällt, und sein Teil des Protokolls verschwindet auch.',
  removeConfirm: 'Entfernen',
  removed: 'Entfernt.',
  quiet: {
    title: 'Ruhezeiten',
    hint: 'Was in dieser Zeit passiert, erfährst du danach in einer Nachricht.',
    now: '{count, plural, =0 {Ruhe bis {until}. Nichts wartet.} one {Ruhe bis {until}. Eine Meldung wartet.} other {Ruhe bis {until}. # Meldungen warten.}}',
    when: 'Wann nichts kommt',
    none: 'Du bekommst jederzeit Bescheid.',
    letThrough: 'Was trotzdem kommt',
    letNothing: 'Nichts.',
    noZone:
      'Das Zuhause hat noch keine Zeitzone: Diese Zeiten gelten in UTC. Bitte die, die es verwalten, eine auszuwählen.',
    digest: 'Die Woche in einer Nachricht',
    noDigest: 'Nie',
    digestAt: 'Um',
  },
  watched: {
    title: 'Geräte, die du im Blick hast',
    hint: 'Du erfährst, wenn sie heimkommen und wenn sie gehen. Ein Handy, das nur schläft, ist nicht gegangen.',
    here: 'Zu Hause',
    away: 'Weg',
    stop: '{name} nicht mehr im Blick haben',
    add: 'Geräte auswählen',
    take: '{count, plural, one {# Gerät im Blick haben} other {# Geräte im Blick haben}}',
  },
  log: 'Was verschickt wurde',
  logHint: 'Alle Meldungen der letzten 30 Tage, und was aus ihnen wurde',
  logLead: 'Das sehen alle im Zuhause, aber nicht, wohin es ging.',
  logNone: 'Noch wurde nichts verschickt',
  logNoneHint: 'Hier stehen die Meldungen 30 Tage lang, und was aus ihnen wurde.',
  logNoneFiltered: 'So etwas gibt es nicht',
  states: {
    all: 'Alles',
    waiting: 'Wartet',
    delivered: 'Verschickt',
    given_up: 'Fehlgeschlagen',
    dropped: 'Entfallen',
  },
  stateOf: 'Welche',
  whose: {
    you: 'an dich, über {channel}',
    other: 'an {name}, über {channel}',
    former: 'an ein früheres Mitglied, über {channel}',
  },
  tries: '{count, plural, one {# Versuch} other {# Versuche}}',
  nextTry: 'nächster Versuch',
  problems: {
    not_a_url: 'Das ist keine Adresse im Web: Sie beginnt mit https:// und einem Namen.',
    has_credentials:
      'In der Adresse steht ein Benutzername oder ein Passwort: Lass das weg, und nimm ein Token, wenn es eins gibt.',
    bad_port: 'Diesen Port hat kein Webserver: Erreichbar sind 443 und alle ab 1024.',
    no_tls: 'Die Adresse muss mit https:// beginnen: Unverschlüsselt könnten andere mitlesen.',
    refused:
      'Die Adresse liegt nicht im Internet (sondern in einem Heimnetz, auf diesem Rechner, oder sie ist reserviert), und wer dieses NetPilot betreibt, erlaubt sie nicht (ALERT_NETWORKS).',
    name_not_found: 'Den Namen des Servers gibt es nicht: Prüf, wie er geschrieben wird.',
    no_connection: 'Der Server ist nicht erreichbar: Er ist aus, oder an diesem Port läuft nichts.',
    tls: 'Der Server hat kein gültiges Zertifikat für seinen Namen: Erneuere es, oder prüf den Namen.',
    too_slow: 'Der Server hat fünf Sekunden lang nicht geantwortet.',
    ended_early: 'Der Server hat die Verbindung beendet, ohne zu antworten.',
    mail_no_server:
      'Der Mailserver dieses NetPilot ist nicht erreichbar: Sag es denen, die es betreiben (SMTP_URL).',
    mail_tls:
      'Der Mailserver dieses NetPilot hat kein gültiges Zertifikat oder verschlüsselt nicht: Sag es denen, die es betreiben (SMTP_URL).',
    mail_no_login:
      'Der Mailserver dieses NetPilot nimmt dessen Benutzernamen und Passwort nicht an: Sag es denen, die es betreiben (SMTP_URL).',
    mail_no_recipient:
      'Der Mailserver nimmt für die Adresse deines Kontos keine E-Mails an: Prüf sie, oder füg einen anderen Weg hinzu.',
    mail_refused:
      'Der Mailserver hat die E-Mail abgelehnt. Warum, steht im Log: Frag die, die dieses NetPilot betreiben.',
    mail_too_slow: 'Der Mailserver hat nicht rechtzeitig geantwortet.',
    mail_not_now: 'Der Mailserver nimmt gerade keine E-Mails an; es wird wieder versucht.',
    no_mail:
      'Dieses NetPilot verschickt keine E-Mails mehr: Sein Mailserver wurde entfernt (SMTP_URL).',
    redirected:
      'Der Server hat uns an eine andere Adresse verwiesen ({status}). Dem folgt NetPilot nicht: Trag diese andere Adresse ein.',
    status_400:
      'Der Server hat die Nachricht nicht verstanden: Prüf die Adresse und was du eingegeben hast ({status}).',
    status_401: 'Der Server kennt das Token oder Passwort nicht: Gib es neu ein ({status}).',
    status_403: 'Mit diesem Token darf man dort nichts hinschicken ({status}).',
    status_404: 'Unter dieser Adresse hat der Server nichts: Prüf sie ({status}).',
    status_405: 'Unter dieser Adresse nimmt der Server keine Nachrichten an: Prüf sie ({status}).',
    status_410: 'Dort empfängt niemand mehr Nachrichten ({status}).',
    status_413: 'Dem Server war die Nachricht zu lang ({status}).',
    status_429:
      'Der Server hat zu viele Nachrichten bekommen; es wird später wieder versucht ({status}).',
    status_other: 'Der Server hat die Nachricht nicht angenommen ({status}).',
    status_500: 'Der Server hat selbst ein Problem ({status}).',
    ntfy_403:
      'Dieses Thema ist geschützt: Gib ein Token ein, mit dem man dort schreiben darf ({status}).',
    ntfy_429:
      'ntfy hat für diese Minute oder für heute zu viele Nachrichten bekommen; es wird später wieder versucht ({status}).',
    gotify_403:
      'Gotify will das Token einer Anwendung, und das ist ein anderes: Leg eine unter „Apps“ an ({status}).',
    telegram_400:
      'Telegram nimmt das für diesen Chat nicht an: Schreib zuerst deinem Bot, und prüf dann die Nummer des Chats ({status}).',
    telegram_403:
      'Der Bot darf in diesen Chat nicht schreiben: Lass ihn hinein, oder hör auf, ihn dort zu blockieren ({status}).',
    telegram_token:
      'Telegram kennt dieses Token nicht: Gib es so ein, wie BotFather es nennt ({status}).',
    pushover_400:
      'Pushover kennt dieses Token oder diesen Benutzerschlüssel nicht: Prüf beide ({status}).',
    pushover_429:
      'Bei Pushover sind die Nachrichten dieses Monats aufgebraucht; es wird später wieder versucht ({status}).',
    apprise_204:
      'Unter diesem Schlüssel hat Apprise nichts: Trag dort ein, wer benachrichtigt wird, oder prüf den Schlüssel ({status}).',
    apprise_424:
      'Apprise hat nicht alle erreicht, die es benachrichtigt; wen nicht, steht in seinem Log. Die anderen haben diese Nachricht ({status}).',
    unreadable:
      'Was du für diesen Weg eingegeben hast, ist nicht mehr lesbar, weil dieses NetPilot einen anderen Schlüssel hat: Entferne ihn und füg ihn neu hinzu.',
    unknown_kind: 'Diese Art kennt diese Version von NetPilot nicht.',
    not_made: 'NetPilot konnte diese Nachricht nicht erzeugen. Warum, steht in seinem Log.',
    other_version:
      'Diese Nachricht stammt von einer anderen Version von NetPilot, und diese kann sie nicht lesen.',
    stopped: 'NetPilot wurde angehalten, während es das verschickt hat.',
    switched_off: 'Der Weg wurde ausgeschaltet.',
    too_many:
      'Es waren zu viele Meldungen: Diese und die danach sind entfallen. Wähl für diesen Weg weniger aus.',
    not_again: '{problem} Das wird nicht noch einmal verschickt.',
    given_up: '{problem} Nach {days} Tagen aufgegeben.',
  },
};

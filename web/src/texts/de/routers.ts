import type { SameShape } from '../shape.ts';
import type { routers as english } from '../en/routers.ts';

export const routers: SameShape<typeof english> = {
  title: 'Router',
  router: 'Router',
  all: 'Alle Router',
  link: 'Router koppeln',
  none: 'Noch kein Router',
  technical: 'Technisches',
  now: {
    ok: { text: 'Das Internet antwortet.' },
    internet_down: {
      text: 'Kein Internet dahinter seit {since}.',
      means: 'Der Router ist da, aber draußen antwortet nichts. Was gesperrt ist, bleibt gesperrt.',
    },
    away: {
      text: 'Nicht verbunden seit {since}.',
      means:
        'Seine Leitung ist tot, oder er ist aus: Von hier aus lässt sich das nicht unterscheiden. Was gesperrt war, bleibt dort gesperrt, solange er läuft.',
    },
    unknown: {
      text: 'Verbunden. Sein Internet wird nicht gemessen.',
      means:
        'Dafür braucht er einen Agenten, der das kann, und Adressen, die er fragt. Die erste Antwort kommt eine Minute nach dem Start.',
    },
    never: { text: 'Er hat sich noch nie verbunden.' },
    hints: {
      modem: 'Schalt das Modem aus, warte eine Minute und schalt es wieder ein.',
      cable: 'Steckt das Kabel zwischen Router und Modem an beiden Enden?',
      provider: 'Wenn das nicht hilft, frag deinen Anbieter nach einer Störung.',
      power: 'Hat er Strom? Seine Lämpchen sollten leuchten.',
      line: 'Haben die Geräte dort Internet? Dann geht es dem Router gut, er erreicht nur NetPilot nicht.',
    },
  },
  figures: {
    devices: '{count, plural, =0 {kein Gerät da} one {# Gerät da} other {# Geräte da}}',
    devicesUnknown: 'Wer da ist, weiß gerade niemand',
    roundTrip: 'antwortet in {ms} ms',
    loss: '{loss} % verloren',
  },
  past: {
    line: 'Die letzten 24 Stunden: Antwort im Schnitt in {average}, höchstens {worst}; höchstens {lost} verloren',
    roundTrip: 'Antwort',
    loss: 'Verloren, in Prozent',
    ms: '{ms} ms',
    noOutage: 'Kein Ausfall in den letzten 24 Stunden.',
    outages: '{count, plural, one {# Ausfall} other {# Ausfälle}} in den letzten 24 Stunden',
    away: 'Um {at} {time} weg',
    internet_down: 'Um {at} {time} kein Internet',
    still: {
      away: 'Seit {at} weg, bisher {time}',
      internet_down: 'Seit {at} kein Internet, bisher {time}',
    },
    share:
      '{share} der letzten 30 Tage ohne Ausfall{count, plural, =0 {} one { (1 Ausfall)} other { (# Ausfälle)}}',
  },
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
  booted: 'Gestartet',
  load: 'Auslastung',
  memory: 'Freier Speicher',
  memoryOf: '{available} von {total} MiB',
  internet: 'Internet',
  internets: { up: 'verbunden', down: 'nicht verbunden', none: 'über einen anderen Router' },
  offloading: 'Flow Offloading',
  offloadings: { off: 'aus', software: 'in Software', hardware: 'in Hardware' },
  refused:
    '{rule, select, block {{name} ist nicht gesperrt.} list {Der Eintrag für {name} wirkt nicht.} other {Die Regel für {name} wirkt nicht.}}',
  old: {
    title:
      'Der Agent auf diesem Router ist älter als dieses NetPilot. Er tut alles, was er bisher tat.',
    cannot: 'Er kann nicht:',
    update:
      'Um ihn zu erneuern, drück auf „Router koppeln“ und füg die Zeile auf diesem Router ein: Geräte, Listen und Sperren bleiben.',
    lacks: {
      chunks: 'Listen mit mehr als 16.000 Einträgen annehmen',
      partial: 'das Übrige anwenden, wenn eines nicht geht',
      time: 'sich selbst an Zeiten halten',
      rates: 'einem Gerät eine eigene Rate geben',
      networks: 'ein ganzes Netz sperren oder begrenzen, oder alle Geräte darin, die neu sind',
      counts: 'nach einem Start sagen, wie viele seiner Sperren gelten',
      places: 'sagen, in welchem Netz, an welchem Anschluss oder in welchem WLAN ein Gerät ist',
      router: 'sein Modell, seine Last und seine Verbindung ins Internet melden',
      health: 'die Verbindung ins Internet messen',
      usage: 'zählen, was jedes Gerät sendet und empfängt',
      wake: 'ein Gerät aufwecken',
      update: 'ein signiertes Update annehmen',
      redial: 'sich sofort neu verbinden, wenn sein Server aufhört',
      move: 'zu einem anderen Server umziehen',
    },
  },
  update: {
    newer: 'Für diesen Router gibt es einen neueren Agenten: {version}. Er hat {present}.',
    button: 'Agenten auf {version} aktualisieren',
    allow:
      'Ein Router nimmt ihn nur, wenn du es am Router selbst erlaubst. Schreib dort einmal, als root:',
    copy: 'Befehl kopieren',
    allowByLine:
      'Dieser Agent lässt sich von hier noch nicht aktualisieren. Drück auf „Router koppeln“ und füg die Zeile auf diesem Router mit --updates am Ende ein: Ab dann geht es.',
    underWay: {
      wanted: 'Der Router bekommt gleich Agent {version}.',
      sending: 'Agent {version} ist unterwegs zum Router.',
      trying:
        'Der Router probiert Agent {version} aus. Verbindet er sich nicht binnen zwei Minuten, kehrt der Router zum alten zurück. Sperren gelten die ganze Zeit.',
    },
    kept: {
      interrupted: 'Das letzte Update wurde unterbrochen: Der Router hat seinen Agenten behalten.',
      'put-back':
        'Der neue Agent hat sich beim letzten Update nicht binnen zwei Minuten verbunden: Der Router ist zum alten zurückgekehrt.',
      'not-here': 'Dieses NetPilot hat die gewünschte Version nicht mehr.',
      incomplete:
        'Das letzte Update kam nicht vollständig an: Der Router hat seinen Agenten behalten.',
      'not-allowed': 'Der Router hat das letzte Update abgelehnt: Updates sind dort nicht erlaubt.',
      signature:
        'Der Router hat das letzte Update abgelehnt: Es ist nicht mit dem Schlüssel signiert, dem sein Agent vertraut.',
      version:
        'Der Router hat das letzte Update abgelehnt: Es ist nicht neuer als sein eigener Agent.',
      broken: 'Der Router hat das letzte Update abgelehnt: Er kann das Programm nicht ausführen.',
      storage: 'Der Router hat das letzte Update abgelehnt: Er hat keinen Platz dafür.',
    },
  },
  replace: {
    button: 'Ersetzt einen anderen …',
    title: 'Soll {name} einen anderen Router ersetzen?',
    which: 'Welchen?',
    text: '{name} tritt an die Stelle von {old}:',
    moves: {
      devices: 'Die Geräte von {old} ziehen mit Namen und Verlauf zu {name} um.',
      rules: 'Listen, Sperren und Modus ebenfalls. Sie gelten, sobald {name} sie bestätigt.',
      settings: 'Auch Name, Einstellungen und API-Tokens ziehen um.',
      old: '{old} wird entkoppelt.',
    },
    isThere: '{old} ist gerade verbunden. Ist es der richtige?',
    confirm: 'Ersetzen',
    done: '{name} ist ersetzt.',
    offer: 'Ersetzt er {name}, der offline ist? Dann übernimm dessen Geräte und Regeln.',
    offerButton: 'Ja, übernehmen …',
  },
  lookAlikes: {
    rival:
      'Zwei Geräte verbinden sich abwechselnd als dieser Router: eines mit der MAC {own}, eines mit {other}. Vielleicht wurde eine Sicherung des einen auf dem anderen eingespielt. Kopple eines davon neu: Dann hat es einen eigenen Schlüssel.',
    flapping:
      'Er hat sich seit {since} {count}-mal verbunden. Seine Leitung bricht immer wieder ab, oder etwas anderes verbindet sich mit seinem Schlüssel.',
    otherMac: 'Sein LAN hat eine andere MAC als beim Koppeln: {mac}.',
    sameMac:
      'Das LAN von {names} hat dieselbe MAC. Geräte können die beiden verwechseln: Gib einem davon eine andere MAC.',
  },
  clock: 'Uhr',
  clocks: {
    trusted: 'stimmt',
    held: 'seit dem Start nicht bekannt: Was vorher galt, gilt weiter',
    repeated: 'stimmt, aber seine Regeln sind zwei Wochen alt: Die letzte Woche wiederholt sich',
  },
  health: 'Antwort von {target}',
  noAnswer: 'keine',
  answer: '{milliseconds} ms, {loss} % verloren',
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
  copy: 'Zeile kopieren',
  send: {
    button: 'An meinen Computer senden',
    title: 'Meinen Router koppeln',
    text: 'Öffne ein Terminal und schreibe: {command}\nFüge dann dort diese Zeile ein:\n{line}',
    scan: 'Scanne das mit dem Gerät, auf dem du es brauchst.',
    code: 'QR-Code der Zeile, und wie man sie benutzt',
  },
  cleanOld:
    'Das alte NetPilot hat diesen Router gesteuert: seine Sperren und Grenzen dort entfernen',
  codeIs: 'Der Code ist',
  worksUntil: 'Er gilt einmal, bis',
  expired: 'Der Code ist abgelaufen.',
  again: 'Neuen Code holen',
  done: 'Erledigt',
  next: 'Wartet',
  linked: 'Dein Router ist gekoppelt. Seine Geräte erscheinen, sobald er sie sieht.',
  beTold: 'Bescheid bekommen, wenn etwas Neues dazukommt',
  steps: {
    fetched: 'Der Router lädt das Programm',
    registered: 'Der Router meldet sich an',
    connected: 'Der Router verbindet sich',
    devices: 'Die ersten Geräte erscheinen',
  },
  onlyHere: {
    title: 'Noch erreicht kein Router dieses NetPilot',
    text: 'Es läuft unter einer Adresse, die nur dieser Computer erreicht. Für einen Router zu Hause beende NetPilot und starte es mit <command></command>. Für einen Router anderswo braucht NetPilot eine Domain: docs/deploy.md zeigt, wie.',
  },
  guide: {
    system: 'Prüf den Router',
    needs:
      'NetPilot braucht OpenWrt 22.03 oder neuer auf dem Router. Mit der Software des Herstellers geht es nicht.',
    address: 'Adresse des Routers',
    addressHint:
      '192.168.1.1, falls niemand sie geändert hat. In den Netzwerkeinstellungen deines Computers heißt sie Router oder Gateway.',
    check:
      'Öffne seine Seite, <page></page>, und melde dich an: Unter Status → Übersicht steht bei „Firmware-Version“, welches OpenWrt er hat.',
    terminal: 'Öffne ein Terminal auf dem Router',
    line: 'Füg dort diese Zeile ein und drück die Eingabetaste',
    plain:
      'Diese Seite kam ohne HTTPS. Wer in deinem Netz den Verkehr umleiten kann, könnte sie und die Zeile geändert haben: Kopple nur in einem Netz, dem du vertraust.',
    watch: 'Sieh zu, wie es geschieht',
  },
  terminals: {
    label: 'Dein System',
    names: {
      windows: 'Windows',
      mac: 'macOS',
      linux: 'Linux',
      android: 'Android',
      luci: 'Router-Seite',
    },
    open: {
      windows: 'Drück die Windows-Taste, tipp „PowerShell“ und drück die Eingabetaste.',
      mac: 'Drück ⌘ und die Leertaste, tipp „Terminal“ und drück die Eingabetaste.',
      linux: 'Öffne das Programm „Terminal“, auf vielen Systemen mit Strg, Alt und T.',
      android: 'Installier die App „Termux“ (von f-droid.org), öffne sie und tipp einmal:',
    },
    type: 'Dann tipp das und drück die Eingabetaste:',
    questions:
      'Beim ersten Mal wirst du gefragt, ob du dem Router vertraust: Tipp „yes“. Dann tipp das Passwort seiner Seite; beim Tippen ist nichts zu sehen. Du bist da, wenn eine Zeile so beginnt: <prompt></prompt>',
    copyInstall: 'Befehl zum Installieren kopieren',
    copySsh: 'Befehl kopieren',
    luci: 'Öffne die Seite des Routers, <page></page>. Drück unter System → Software auf „Listen aktualisieren“ und installier dann <package></package>. Lade die Seite neu, öffne Dienste → Terminal und melde dich als root an.',
    luciOwner:
      'Auf den anderen Wegen merkt sich NetPilot das Gerät, das du benutzt: Es erreicht den Router immer, was du später auch sperrst. Auf diesem geht das nicht.',
  },
  late: 'Seit 30 Sekunden ist nichts gefolgt. Prüf das:',
  checks: {
    pasted: 'Ist die ganze Zeile eingefügt, und danach die Eingabetaste gedrückt?',
    onRouter:
      'Ist sie auf dem Router eingefügt? Die Zeile davor beginnt wie root@OpenWrt, nicht mit dem Namen deines Computers.',
    reaches:
      'Erreicht der Router NetPilot? Seine Firewall und die des Computers, auf dem NetPilot läuft, müssen ihn zu {service} durchlassen.',
    message:
      'Zeigt das Terminal eine Meldung, die mit „netpilot:“ beginnt? Sie sagt, was nicht stimmt.',
    said: 'Das Terminal zeigt eine Meldung, die mit „netpilot:“ beginnt. Sie sagt, was nicht stimmt.',
    version:
      'Wenn dort steht, dass etwas fehlt („is missing“), ist OpenWrt älter als 22.03: Aktualisier zuerst den Router.',
    flash:
      'Wenn dort steht, dass dropbearkey keinen Schlüssel erzeugen konnte, hat dieser Router zu wenig Speicher: Er lässt sich nicht koppeln.',
    port: 'Der Router muss auch den TCP-Port {port} erreichen: Lass ihn durch die Firewall des Computers, auf dem NetPilot läuft ({place}).',
    log: 'Auf dem Router zeigt „logread -e netpilot“, warum er sich nicht verbinden kann.',
    quiet:
      'Das kann so stimmen: Ein Gerät erscheint, wenn es etwas sendet. Verbinde ein Handy mit dem WLAN des Routers.',
  },
  changes: {
    title: 'Was das auf dem Router ändert, und wie du es rückgängig machst',
    program:
      'Ein Programm, /usr/sbin/netpilot-agent, und die Datei, die es startet, /etc/init.d/netpilot.',
    settings: 'Ein Ordner für seine Einstellungen und Schlüssel, /etc/netpilot.',
    rules:
      'Solange es läuft, eine eigene Tabelle in der Firewall, und eine Warteschlange für begrenzte Geräte.',
    nothingElse:
      'Sonst nichts: Dein WLAN, deine Passwörter und deine eigenen Firewall-Regeln bleiben, wie sie sind, und kein Port wird geöffnet.',
    undo: 'Um es rückgängig zu machen, drück auf der Seite Router auf „Entkoppeln“, oder führ auf dem Router <command></command> aus: Nichts davon bleibt.',
  },
};

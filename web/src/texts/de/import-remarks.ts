import type { REMARKS } from '../../../../src/transfer/remarks.ts';
import type { SameShape } from '../shape.ts';

export const importRemarks: SameShape<typeof REMARKS> = {
  empty_file: 'Die Datei ist leer',
  kept_record:
    'Ein Eintrag von {table} hat Felder ohne Spalte: Er wird zusätzlich vollständig gespeichert',
  differs:
    'weicht von {other} ab, das das alte Programm benutzt hat: {differences}; wird vollständig als Einstellung gespeichert',
  mode_used: 'Der Modus {mode} kommt aus dieser Datei',
  mode_differs:
    'nennt den Modus {mode}: nicht verwendet, denn der Modus {used} kommt aus {file}, das das alte Programm gelesen hat',
  rule_mode:
    'rule_mode hat im alten Programm nicht begrenzt, sondern alle Geräte außer den geschützten getrennt, und die Liste lag nur auf dem Router: Bitte die Listen prüfen',
  empty_list:
    'Der Modus ist {mode}, aber die {mode} ist leer: Mit leerer Whitelist wird jedes Gerät begrenzt, sobald der Router verbunden ist, mit leerer Blacklist keines',
  undated_entry: 'Ein Eintrag hat kein Datum: Es gilt der Zeitpunkt des Imports',
  undated_block: 'Eine Sperre hat im alten Programm kein Datum: Es gilt der Zeitpunkt des Imports',
  table_in_row:
    'Zeile {key} von {table} enthält ganze Tabellen, ein Fehler des alten Programms: Ihre Zeilen werden als Zeilen dieser Tabellen gelesen',
  block_of_history:
    'Die Sperre von {device} ist ein Überbleibsel aus der Zeit vor den neueren Dateien: Sie wird gespeichert, gilt aber nicht; das Gerät hier sperren, falls es gesperrt bleiben soll',
  unclear_block:
    'Eine Regel „block“ hat den Wert {value}, der weder an noch aus heißt: Sie wird gespeichert, aber nicht angewendet',
  block_of_router:
    'Eine Regel sperrt den Router selbst. Das geht nicht: Sie wird gespeichert, aber nicht angewendet',
  no_mac:
    'mac ist leer (nur Nullen, nur Einsen oder „unknown“): Das Gerät wird an seiner IP-Adresse erkannt',
  hour_twice:
    'first_seen liegt höchstens die Stunde nach last_seen, die es bei der Zeitumstellung zweimal gibt: last_seen gilt in der zweiten',
  no_first_seen: 'first_seen fehlt: last_seen wird übernommen',
  no_last_seen: 'last_seen fehlt: first_seen wird übernommen',
  secret_field: 'Der Wert von {name} ist dem Namen nach geheim: Er wurde weggelassen',
  history:
    'blieb liegen, als das alte Programm die neueren Dateien zu benutzen begann: Die Geräte werden als Vorgeschichte importiert, die Regeln gespeichert, gelten aber nicht',
  secrets: 'enthält Benutzername und Passwort des Routers: wird nie gelesen und nie importiert',
  vendors: 'ist eine öffentliche Liste von Herstellern ohne eigene Daten: NetPilot hat eine eigene',
  foreign_file: 'ist keine Datei des alten Programms',
  no_file: 'ist keine Datei',
  companion:
    'enthält vielleicht die letzten Änderungen der Datenbank daneben: wird nicht gelesen. Damit sie dabei sind: das alte Programm beenden, die Datenbank einmal mit SQLite öffnen (sqlite3 devices.db .tables) und noch einmal importieren',
  missing: 'fehlt',
  not_a_switch: 'ist weder an (true, 1) noch aus (false, 0)',
  not_an_object: 'ist kein Objekt',
  not_an_address: 'ist keine IPv4- oder IPv6-Adresse',
  not_a_mac:
    'ist keine MAC-Adresse wie 9a:8d:bc:e0:52:41, 9a-8d-bc-e0-52-41, 9a8d.bce0.5241 oder 9a8dbce05241',
  mac_of_group: 'ist die Adresse einer Gruppe, nicht die eines Geräts',
  no_device_address: 'ist eine Adresse, die kein Gerät haben kann',
  not_a_date: 'ist kein Zeitpunkt wie 2025-06-06T12:16:45.013710 zwischen 1970 und 2199',
  not_a_text: 'ist kein Text',
  not_a_rate: 'ist keine Rate in der Schreibweise von tc, zum Beispiel 50.0mbit',
  not_a_mode: 'ist nichts von {modes}',
  no_full_rate: 'ist keine Rate für Geräte mit vollem Tempo',
  never_seen: 'fehlt, und first_seen auch: Wann das Gerät gesehen wurde, ist unbekannt',
  seen_backwards: 'ist später als last_seen ({last_seen})',
  too_long: 'hat {length} Zeichen; höchstens {limit} lassen sich speichern',
  too_many_bytes: 'hat {length} Bytes; höchstens {limit} werden gelesen',
  endless:
    'hat nach {length} Bytes noch kein Ende, und höchstens {limit} werden gelesen; der Rest wurde nicht gelesen',
  too_large_number: 'ist eine Zahl, die zu groß zum Speichern ist',
  inexact_number:
    'ist eine ganze Zahl jenseits von 9007199254740991 und lässt sich nicht genau lesen',
  too_deep: 'ist tiefer verschachtelt als {limit}',
  holds_nul: 'enthält das Zeichen NUL (\\u0000), das sich nicht speichern lässt',
  holds_half_pair: 'enthält ein halbes Surrogatpaar, das kein Zeichen ist',
  utf16:
    'ist UTF-16 und muss UTF-8 sein: mit einem Editor als UTF-8 speichern, dann noch einmal importieren',
  not_utf8: 'ist bei Byte {offset} kein UTF-8',
  not_json: 'ist kein JSON: {detail}',
  not_json_at: 'ist bei Byte {offset} kein JSON: {detail}',
  not_expected:
    'ist bei Byte {offset} kein JSON: Dort wird {expected} erwartet; der Rest wurde nicht gelesen',
  cut_short: 'bricht bei Byte {offset} ab; alles davor wurde gelesen',
  damaged: 'ist nach Zeile {rows} beschädigt und nicht lesbar: {detail}',
  unknown_table: 'ist in {table}, einer Tabelle, die es in keinem Export gibt',
  recorded_later:
    'soll später als jetzt aufgezeichnet worden sein; ein Export enthält nur, was schon geschehen ist',
  taken: 'gibt es in der Datenbank schon anders, oder der Platz ist belegt; was dort steht, bleibt',
};

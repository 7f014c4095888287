import type { SameShape } from '../shape.ts';
import type { REMARKS } from '../../../../src/transfer/remarks.ts';

export const importRemarks: SameShape<typeof REMARKS> = {
  empty_file: 'Die Datei ist leer',
  kept_record: 'Ein Eintrag von {table} hat Felder ohne Spalte: Er ist außerdem ganz aufgehoben',
  kept_settings: 'hat Felder ohne Einstellung: Es ist außerdem ganz aufgehoben',
  differs:
    'ist anders als {other}, das das Programm benutzt hat: {differences}; es ist ganz als Einstellung aufgehoben',
  bandwidth_mode: 'ist als Einstellung bandwidth_mode aufgehoben; die Regeln sind mode.json',
  undated_entry: 'Ein Eintrag ohne Datum zählt ab dem Import',
  undated_block: 'Eine Sperre hat im alten Programm kein Datum: Sie zählt ab dem Import',
  block_of_router:
    'Eine Regel sperrt den Router selbst, was nicht geht: Sie ist aufgehoben und gilt nicht',
  no_mac:
    'mac steht für keine (nur Nullen, nur Einsen oder „unknown“): Das Gerät gilt nach seiner Adresse',
  no_first_seen: 'first_seen fehlt: genommen von last_seen',
  no_last_seen: 'last_seen fehlt: genommen von first_seen',
  secrets: 'enthält Benutzername und Passwort des Routers: nie gelesen, nie importiert',
  foreign_file: 'ist keine Datei des alten Programms',
  no_file: 'ist keine Datei',
  not_an_object: 'ist kein Objekt',
  not_an_address: 'ist keine IPv4- oder IPv6-Adresse',
  not_a_mac: 'ist keine Hardware-Adresse wie 9a:8d:bc:e0:52:41',
  mac_of_group: 'gehört nicht einem Gerät, sondern einer Gruppe',
  no_device_address: 'ist eine Adresse, die kein Gerät haben kann',
  not_a_date: 'ist kein Zeitpunkt wie 2025-06-06T12:16:45.013710, von 1970 bis 2199',
  not_a_text: 'ist kein Text',
  not_a_rate: 'ist keine Rate, wie tc sie schreibt, etwa 50.0mbit',
  not_a_mode: 'ist nichts von {modes}',
  no_full_rate: 'ist keine Rate für Geräte, die volle Geschwindigkeit haben',
  never_seen: 'fehlt, und first_seen auch: Wann das Gerät gesehen wurde, ist nicht bekannt',
  seen_backwards: 'ist später als last_seen ({last_seen})',
  too_long: 'hat {length} Zeichen; höchstens {limit} lassen sich speichern',
  too_many_bytes: 'hat {length} Bytes; höchstens {limit} werden gelesen',
  too_large_number: 'ist eine zu große Zahl, um sie aufzuheben',
  too_deep: 'ist tiefer verschachtelt als {limit}',
  holds_nul: 'enthält das Zeichen NUL (\\u0000), das sich nicht speichern lässt',
  holds_half_pair: 'enthält ein halbes Surrogatpaar, das kein Zeichen ist',
  not_utf8: 'ist kein UTF-8 bei Byte {offset}',
  not_json: 'ist kein JSON: {detail}',
  not_json_at: 'ist kein JSON bei Byte {offset}: {detail}',
  not_expected:
    'ist kein JSON bei Byte {offset}, wo {expected} stehen sollte; was folgt, wurde nicht gelesen',
  cut_short: 'bricht bei Byte {offset} ab; was davor war, wurde gelesen',
  damaged: 'lässt sich nicht lesen, die Datei ist nach Zeile {rows} beschädigt: {detail}',
  unknown_table: 'ist in {table}, einer Tabelle, die kein Export hat',
  taken: 'ist in der Datenbank eine andere Zeile, oder ihr Platz ist dort vergeben; jene bleibt',
};

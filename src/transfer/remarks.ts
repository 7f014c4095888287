/**
 * Everything an import reports about files and records: a code that never changes, and its English text with
 * places for values. Constants only: the web app imports this file too.
 */
export const REMARKS = {
  // Notes.
  empty_file: 'the file is empty',
  kept_record:
    'a record of {table} has fields that no column takes: the whole record is kept in the settings too',
  differs:
    'differs from {other}, which is the one the program used: {differences}; it is kept whole as a setting',
  mode_used: 'the mode {mode} comes from this file',
  mode_differs:
    'says the mode {mode}: not used, because the mode {used} comes from {file}, which the program read',
  rule_mode:
    'rule_mode did not limit devices in the old program, but cut off all devices except the protected ones, and kept its list only on the router: check the lists',
  empty_list:
    'the mode is {mode}, but the {mode} is empty: with an empty whitelist every device is limited as soon as the router is linked, with an empty blacklist none',
  undated_entry: 'an entry has no date: the time of the import is used',
  undated_block: 'a block has no date in the old program: the time of the import is used',
  table_in_row:
    'the row {key} of {table} holds whole tables, a defect of the old program: their rows are read as rows of those tables',
  block_of_history:
    'the block of {device} was left over from before the newer files: it is kept, but not in force; block the device here if it must stay blocked',
  unclear_block:
    'a rule "block" has the value {value}, which is neither on nor off: it is kept but not applied',
  block_of_router:
    'a rule blocks the router itself, which is not possible: the rule is kept but not applied',
  no_mac:
    'mac is empty (all zeros, all ones, or "unknown"): the device is identified by its address',
  hour_twice:
    'first_seen is later than last_seen by no more than the hour that comes twice when clocks go back: last_seen is in the second one',
  no_first_seen: 'first_seen is missing: taken from last_seen',
  no_last_seen: 'last_seen is missing: taken from first_seen',
  secret_field: 'the value of {name} is a secret by its name: it was left out',
  history:
    'was left behind when the old program began to use the newer files: its devices are imported as history, its rules are kept, but not in force',
  // Why a file is not imported.
  secrets: "holds the router's user name and password: never read, never imported",
  vendors: 'is a public list of manufacturers, with nothing of yours: NetPilot has its own',
  foreign_file: "is not one of the old program's files",
  no_file: 'is not a file',
  companion:
    'may hold the last changes of the database beside it: not read. To include them, stop the old program, open the database once with SQLite (sqlite3 devices.db .tables), then import again',
  // Why a record is rejected.
  missing: 'is missing',
  not_a_switch: 'is neither on (true, 1) nor off (false, 0)',
  not_an_object: 'is not an object',
  not_an_address: 'is not an IPv4 or IPv6 address',
  not_a_mac:
    'is not a hardware address such as 9a:8d:bc:e0:52:41, 9a-8d-bc-e0-52-41, 9a8d.bce0.5241 or 9a8dbce05241',
  mac_of_group: 'is not of one device, but of a group',
  no_device_address: 'is an address that no device can have',
  not_a_date: 'is not a date and time such as 2025-06-06T12:16:45.013710, from 1970 to 2199',
  not_a_text: 'is not a text',
  not_a_rate: 'is not a rate in the notation of tc, such as 50.0mbit',
  not_a_mode: 'is not one of {modes}',
  no_full_rate: 'is not a rate for devices that have full speed',
  never_seen: 'is missing, and so is first_seen: it is not known when the device was seen',
  seen_backwards: 'is later than last_seen ({last_seen})',
  too_long: 'has {length} characters; {limit} at most can be stored',
  too_many_bytes: 'has {length} bytes; {limit} at most are read',
  endless:
    'goes on for {length} bytes without an end, and {limit} at most are read; what follows was not read',
  too_large_number: 'is a number too large to store',
  inexact_number: 'is a whole number beyond 9007199254740991, which cannot be read exactly',
  too_deep: 'is nested deeper than {limit}',
  holds_nul: 'holds the character NUL (\\u0000), which cannot be stored',
  holds_half_pair: 'holds half a surrogate pair, which is not a character',
  utf16: 'is UTF-16, and must be UTF-8: save it as UTF-8 with an editor, then import it again',
  not_utf8: 'is not UTF-8 at byte {offset}',
  not_json: 'is not JSON: {detail}',
  not_json_at: 'is not JSON at byte {offset}: {detail}',
  not_expected:
    'is not JSON at byte {offset}, where {expected} was expected; what follows was not read',
  cut_short: 'is cut short at byte {offset}; what came before was read',
  damaged: 'cannot be read, the file is damaged after row {rows}: {detail}',
  unknown_table: 'is in {table}, which is not a table of an export',
  recorded_later:
    'says that it was recorded later than now: an export holds only what has happened',
  taken:
    'differs from the row that is in the database, or its place there is taken; the row in the database stays',
} as const;

export type RemarkCode = keyof typeof REMARKS;

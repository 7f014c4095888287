import { isDeviceMac, UNKNOWN_ADDRESS } from '../devices/address.ts';
import {
  addNote,
  countItem,
  type Import,
  type SourceTable,
  tableOf,
  tooMany,
  unlessRejected,
} from './context.ts';
import { MOST_ROW_BLOCKS } from './limits.ts';
import {
  type Device,
  DEVICE_FIELDS,
  ENTRY_FIELDS,
  type Entry,
  type List,
  readDevice,
  readEntry,
  readRule,
} from './legacy/records.ts';
import { keptElement, requireStorable, settingKeyOf } from './legacy/kept.ts';
import {
  hasOtherFields,
  isFields,
  type LegacyItem,
  type LegacyRecord,
  requireExactNumbers,
} from './legacy/record.ts';
import { readSwitch, readTableMode, type TableMode } from './legacy/mode.ts';
import { withoutSecrets } from './legacy/secrets.ts';
import { remark } from './problem.ts';

/** What one record becomes: rows of the staging tables. Throws Problem if it cannot be imported. */
type StageRecord = (context: Import, table: SourceTable, record: LegacyRecord) => void;

const STAGE_BY_TABLE = new Map<string, StageRecord>([
  ['devices', stageDevice],
  ['whitelist', stageListed('whitelist')],
  ['blacklist', stageListed('blacklist')],
  // Their names for a day, 2025-05-06.
  ['bandwidth_whitelist', stageListed('whitelist')],
  ['bandwidth_blacklist', stageListed('blacklist')],
  ['device_rules', stageRule],
  ['settings', stageMode('settings')],
  ['system_config', stageMode('system_config')],
]);

/** The tables that the program had. */
const TABLES = new Set([...STAGE_BY_TABLE.keys(), 'device_groups', 'group_members', 'rules']);

/** Counts what a reader of the old program's files gives, and stages or rejects it. */
export function stageItem(context: Import, file: string, read: LegacyItem): void {
  const { item, names } = withoutSecrets(read);
  for (const name of names) addNote(context, file, remark('secret_field', { name }));
  const inner = item.kind === 'record' ? innerTables(item) : undefined;
  if (inner !== undefined) {
    const { key, table } = inner.outer;
    addNote(context, file, remark('table_in_row', { table, key }));
    for (const record of inner.records) stageItem(context, file, record);
    return;
  }
  const table = countItem(context, file, item);
  if (item.kind !== 'record') return;
  const stage = STAGE_BY_TABLE.get(item.table) ?? keepWhole;
  unlessRejected(context, table, item, () => {
    requireExactNumbers(item.value);
    stage(context, table, item);
  });
}

/**
 * For a day in May 2025 the program put whole tables into a row: the records of those, and what else the row
 * holds as a record that is kept. Undefined for every other row.
 */
function innerTables(
  outer: LegacyRecord,
): { outer: LegacyRecord; records: LegacyItem[] } | undefined {
  const { value, table, key } = outer;
  if (!isFields(value)) return undefined;
  const tables = Object.entries(value).filter(
    ([name, rows]) =>
      TABLES.has(name) &&
      isFields(rows) &&
      Object.values(rows).every(isFields) &&
      (Object.keys(rows).length > 0 || Object.keys(value).length === 1),
  );
  if (tables.length === 0) return undefined;
  const records: LegacyItem[] = [];
  for (const [name, rows] of tables) {
    records.push({ kind: 'table', table: name });
    if (!isFields(rows)) continue;
    for (const [inner, row] of Object.entries(rows)) {
      const path = `${key}.${name}.${inner}`;
      records.push({ kind: 'record', table: name, key: path, value: row, text: undefined });
    }
  }
  const names = new Set(tables.map(([name]) => name));
  const rest = Object.entries(value).filter(([name]) => !names.has(name));
  if (rest.length > 0) {
    const kept = { table: `${table} (rest)`, key, value: Object.fromEntries(rest) };
    records.push({ kind: 'record', ...kept, text: undefined });
  }
  return { outer, records };
}

/** Stages the blocks that rows of devices say, as far as no newer row of the device says something else. */
export function settleRowBlocks(context: Import): void {
  for (const { table, mac, ip, isBlocked } of context.rowBlocks.values()) {
    if (!isBlocked) continue;
    const device = { mac, ip: ip === UNKNOWN_ADDRESS ? null : ip };
    if (table.isHistory) {
      table.note(remark('block_of_history', { device: mac ?? ip }));
      continue;
    }
    const blocks = tableOf(context, table.file, `${table.name} (block)`);
    blocks.count.read += 1;
    table.note(remark('undated_block'));
    stageEntry(context, blocks, 'block', { ...device, name: null, remark: null, at: null });
  }
}

function noteRowBlock(
  context: Import,
  table: SourceTable,
  value: unknown,
  { mac, ip, lastSeen, isRouter }: Device,
): void {
  if (!isFields(value) || !('block' in value)) return;
  const isOn = readSwitch(value['block']);
  if (isOn === undefined)
    table.note(remark('unclear_block', { value: JSON.stringify(value['block']) }));
  if (isOn === true && isRouter) table.note(remark('block_of_router'));
  const isBlocked = isOn === true && !isRouter && (mac === null || isDeviceMac(mac));
  const known = context.rowBlocks.get(mac ?? ip);
  if (known === undefined && context.rowBlocks.size >= MOST_ROW_BLOCKS)
    throw tooMany(table.file, `${MOST_ROW_BLOCKS} devices with blocks in their rows`);
  if (known === undefined || known.lastSeen <= lastSeen)
    context.rowBlocks.set(mac ?? ip, { table, mac, ip, lastSeen, isBlocked });
}

/** Keeps a record that no table takes, in the setting of its table. Throws Problem if jsonb cannot hold it. */
export function keepWhole(context: Import, table: SourceTable, record: LegacyRecord): void {
  requireStorable(record);
  const element = keptElement(table.file, record);
  const key = settingKeyOf(record.table, element.length, context.kept);
  context.staging.add('kept', table.number, [key, element]);
}

function stageDevice(context: Import, table: SourceTable, record: LegacyRecord): void {
  const device = readDevice(record.value, table);
  if (hasOtherFields(record.value, DEVICE_FIELDS)) keepToo(context, table, record);
  noteRowBlock(context, table, record.value, device);
  const { mac, ip, hostname, deviceName, deviceType, manufacturer } = device;
  const { firstSeen, lastSeen, isRouter } = device;
  const cells = [mac, ip, hostname, deviceName, deviceType, manufacturer];
  context.staging.add('devices', table.number, [...cells, firstSeen, lastSeen, isRouter]);
}

function stageListed(list: List): StageRecord {
  return (context, table, record) => {
    const entry = readEntry(list, record.value, table);
    if (hasOtherFields(record.value, ENTRY_FIELDS)) keepToo(context, table, record);
    stageEntry(context, table, list, entry);
  };
}

function stageRule(context: Import, table: SourceTable, record: LegacyRecord): void {
  const block = readRule(record.value, table);
  if (block !== null && table.isHistory) {
    const device = [block.mac, block.ip].filter((address) => address !== null).join(' ');
    table.note(remark('block_of_history', { device }));
  } else if (block !== null) {
    table.note(remark('undated_block'));
    stageEntry(context, table, 'block', block);
    return;
  }
  keepWhole(context, table, record);
}

/** A row of settings, kept whole, that may say the mode. */
function stageMode(name: TableMode['table']): StageRecord {
  return (context, table, record) => {
    const mode = readTableMode(name, record.value);
    keepWhole(context, table, record);
    // Each mode of a table once: the first of them is what counts.
    const isKnown = context.modes.some((said) => said.table === name && said.mode === mode);
    if (mode !== undefined && !isKnown) context.modes.push({ file: table.file, table: name, mode });
  };
}

function stageEntry(context: Import, table: SourceTable, list: List | 'block', entry: Entry): void {
  const { mac, ip, name, remark: why, at } = entry;
  context.staging.add('entries', table.number, [list, mac, ip, name, why, at]);
}

/** Keeps a record that is imported too: some of its fields have no column. That counts as another table. */
function keepToo(context: Import, table: SourceTable, record: LegacyRecord): void {
  table.note(remark('kept_record', { table: record.table }));
  const kept = tableOf(context, table.file, `${record.table} (kept whole)`);
  keepWhole(context, kept, record);
  kept.count.read += 1;
}

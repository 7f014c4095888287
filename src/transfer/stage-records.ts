import { countItem, type Import, type SourceTable, tableOf, unlessRejected } from './context.ts';
import {
  DEVICE_FIELDS,
  ENTRY_FIELDS,
  type Entry,
  type List,
  readDevice,
  readEntry,
  readRule,
} from './legacy/records.ts';
import { keptElement, requireStorable, settingKeyOf } from './legacy/kept.ts';
import { hasOtherFields, type LegacyItem, type LegacyRecord } from './legacy/record.ts';
import { readTableMode, type TableMode } from './legacy/mode.ts';
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

/** Counts what a reader of the old program's files gives, and stages or rejects it. */
export function stageItem(context: Import, file: string, item: LegacyItem): void {
  const table = countItem(context, file, item);
  if (item.kind !== 'record') return;
  const stage = STAGE_BY_TABLE.get(item.table) ?? keepWhole;
  unlessRejected(context, table, item, () => stage(context, table, item));
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
    if (mode !== undefined) context.modes.push({ file: table.file, table: name, mode });
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

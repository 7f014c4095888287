import { Problem, remark } from '../problem.ts';
import { isFields } from './record.ts';

/** What one row of a table says about the mode. */
export type TableMode = { file: string; table: 'settings' | 'system_config'; mode: string };

const MODES = ['none', 'whitelist', 'blacklist'];

/** Whether such a file has no mode in it, though it has a place for one: it says nothing. */
export function isModeOpen(value: unknown): boolean {
  if (!isFields(value)) return false;
  const said = [value['mode'], value['current_mode']];
  return (
    said.some((mode) => mode === null || mode === '') &&
    said.every((mode) => mode === undefined || mode === null || mode === '')
  );
}

/** Reads `mode.json` and `bandwidth_mode.json`. Throws Problem. */
export function readMode(value: unknown): string {
  const said = isFields(value) ? (value['mode'] ?? value['current_mode']) : undefined;
  if (said === undefined || said === null) throw new Problem('mode', undefined, remark('missing'));
  return requireMode('mode', said);
}

/** What a row of `settings` (a switch for each list) or `system_config` says; undefined for other rows. Throws Problem. */
export function readTableMode(table: TableMode['table'], row: unknown): string | undefined {
  if (!isFields(row)) return undefined;
  const value = row['value'] ?? row['default'];
  if (table === 'system_config') {
    if (row['key'] !== 'rule_mode') return undefined;
    return value === undefined || value === '' ? 'none' : requireMode('value', value);
  }
  const name = row['name'] ?? row['key'];
  const list = MODES.find((mode) => name === `${mode}_mode`);
  if (list === undefined) return undefined;
  const isOn = readSwitch(value);
  if (isOn === undefined) throw new Problem('value', value, remark('not_a_switch'));
  return isOn ? list : 'none';
}

/** The mode that the rows of one table give together; undefined if none says anything. */
export function modeOfTables(
  modes: readonly TableMode[],
  table: TableMode['table'],
): TableMode | undefined {
  const rows = modes.filter((row) => row.table === table);
  return rows.find(({ mode }) => mode !== 'none') ?? rows[0];
}

/** On or off as the program wrote it, a missing value being off; undefined for anything else. */
export function readSwitch(value: unknown): boolean | undefined {
  if (value === undefined || value === null) return false;
  const text = JSON.stringify(value).replaceAll(/^"|"$/g, '').trim().toLowerCase();
  if (text === '1' || text === 'true') return true;
  return text === '' || text === '0' || text === 'false' ? false : undefined;
}

function requireMode(field: string, value: unknown): string {
  const mode = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (MODES.includes(mode)) return mode;
  throw new Problem(field, value, remark('not_a_mode', { modes: MODES.join(', ') }));
}

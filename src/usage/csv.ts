/** Usage as a table for spreadsheets (RFC 4180): a row for each step and device. */
import { sql } from 'kysely';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError } from '../errors.ts';
import type { Whose } from './history.ts';
import type { Period } from './periods.ts';

/** A year of 250 devices that are never silent, and nothing that a spreadsheet opens has many more. */
const MOST_ROWS = 100_000;

type Row = {
  at: string;
  device_id: string | null;
  router_id: string | null;
  name: string | null;
  mac: string | null;
  person: string | null;
  down: number;
  up: number;
};

const COLUMNS = ['at', 'device_id', 'router_id', 'name', 'mac', 'person', 'down', 'up'] as const;

/** The whole table as text. Throws ConflictError if it has more than 100,000 rows. */
export async function writeUsageTable(
  transaction: TenantTransaction,
  { user_id, home_id, router_id, device_id, person_id }: Whose,
  period: Period,
): Promise<string> {
  const { rows } = await sql<Row>`
    select * from usage_rows(${user_id}, ${home_id}, ${router_id ?? null}, ${device_id ?? null}, ${person_id ?? null}, ${period}, ${MOST_ROWS + 1})`.execute(
    transaction,
  );
  if (rows.length > MOST_ROWS)
    throw new ConflictError(
      `The table would have more than ${MOST_ROWS} rows: choose a shorter period, a person or a device.`,
    );
  return writeTable(rows);
}

export function writeTable(rows: readonly Row[]): string {
  const lines = rows.map((row) => COLUMNS.map((column) => writeCell(row[column])).join(','));
  return [COLUMNS.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

/** What some spreadsheet takes for a formula: also in the wide forms of East Asian keyboards, and after what nobody sees. */
const FORMULA = /^[\s\p{C}]*[=+\-@|%＝＋－＠｜％]|^[\t\r\n]/u;

/** A text that a spreadsheet would take for a formula begins with an apostrophe, which makes it a text there. */
function writeCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

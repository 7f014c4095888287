import type { Remark } from './remarks.ts';
import type { Note, TableCount } from './report.ts';
import type { Reject } from './staging.ts';

const LISTED_REJECTS = 1_000;

/** What a statement of sql/ counted for one table of a file. */
export type Counted = { source: number; written: number; unchanged: number };

/** The account of an import: what was read, and what the database says became of it. */
export type Book = {
  /** The number of a table of a file; the same for the same. */
  source: (file: string, table: string) => number;
  read: (source: number) => void;
  reject: (source: number, reject: Reject) => void;
  /** Rejects found by the database, beyond those listed. */
  rejectMore: (source: number, count: number) => void;
  /** Adds what the database counted. */
  count: (counted: readonly Counted[]) => void;
  note: (file: string, remark: Remark) => void;
  rowsWritten: (table: string, rows: number) => void;
  tables: readonly TableCount[];
  totals: () => { read: number; written: number; unchanged: number; rejected: number };
  notes: () => Note[];
  rejects: readonly Reject[];
  rows: Record<string, number>;
  /** Throws where a record is in no count: something was lost, or counted twice. */
  check: () => void;
};

export function createBook(): Book {
  const tables: TableCount[] = [];
  const numbers = new Map<string, number>();
  const notes = new Map<string, Note>();
  const rejects: Reject[] = [];
  const rows: Record<string, number> = {};
  const at = (source: number): TableCount => {
    const table = tables[source];
    if (table === undefined) throw new RangeError(`the import has no table number ${source}`);
    return table;
  };
  return {
    source: (file, table) => {
      const name = JSON.stringify([file, table]);
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, tables.length);
      return tables.push({ file, table, read: 0, written: 0, unchanged: 0, rejected: 0 }) - 1;
    },
    read: (source) => {
      at(source).read += 1;
    },
    reject: (source, reject) => {
      at(source).rejected += 1;
      if (rejects.length < LISTED_REJECTS) rejects.push(reject);
    },
    rejectMore: (source, count) => {
      at(source).rejected += count;
    },
    count: (counted) => {
      for (const { source, written, unchanged } of counted) {
        at(source).written += written;
        at(source).unchanged += unchanged;
      }
    },
    note: (file, { text, code, values }) => {
      const name = JSON.stringify([file, text]);
      const known = notes.get(name);
      if (known === undefined) notes.set(name, { file, note: text, count: 1, code, values });
      else known.count += 1;
    },
    rowsWritten: (table, count) => {
      if (count === 0) return;
      rows[table] = (rows[table] ?? 0) + count;
    },
    tables,
    totals: () => ({
      read: sum(tables, 'read'),
      written: sum(tables, 'written'),
      unchanged: sum(tables, 'unchanged'),
      rejected: sum(tables, 'rejected'),
    }),
    notes: () => [...notes.values()],
    rejects,
    rows,
    check: () => {
      for (const { file, table, read, written, unchanged, rejected } of tables) {
        if (read === written + unchanged + rejected) continue;
        throw new Error(
          `${file}, ${table}: ${read} records were read, but ${written} written, ${unchanged} unchanged and ${rejected} rejected. Nothing was imported.`,
        );
      }
    },
  };
}

function sum(
  tables: readonly TableCount[],
  column: 'read' | 'written' | 'unchanged' | 'rejected',
): number {
  return tables.reduce((total, table) => total + table[column], 0);
}

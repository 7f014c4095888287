import { InvalidInputError } from '../errors.ts';
import type { Remark } from './problem.ts';
import type { RemarkCode } from './remarks.ts';

/** A generation of the old program's storage, or a file that `netpilot export` wrote. */
export type Generation = 'sqlite' | 'tinydb' | 'lists' | 'split' | 'export';

/** What became of the records: read = written + unchanged + rejected. */
export type Totals = { read: number; written: number; unchanged: number; rejected: number };

/** The same for one table of one file. */
export type TableCount = { file: string; table: string } & Totals;

/** Something a person should know about a file. `code` and `values` say it to programs, as in a reject. */
export type Note = { file: string; note: string; count: number } & Pick<Remark, 'code' | 'values'>;

/** A record that was not imported, as it is listed and kept. */
export type Reject = {
  file: string;
  key: string;
  field: string;
  value: string | null;
  reason: string;
} & Pick<Remark, 'code' | 'values'>;

/** What an import did, or would do. JSON as it stands. */
export type ImportReport = {
  /** `stopped`: records were rejected, and nothing was written. */
  outcome: 'imported' | 'nothing new' | 'dry run' | 'stopped';
  /** Null for an export without routers. */
  router_id: string | null;
  /** Where dates without a zone were read. */
  timezone: string;
  generations: { generation: Generation; files: string[] }[];
  tables: TableCount[];
  totals: Totals;
  /** Rows inserted and changed, by table of the database. */
  rows_written: Record<string, number>;
  left_out: { file: string; reason: string; code: RemarkCode }[];
  notes: Note[];
  /** The first of them; all are counted in `totals`. */
  rejects: Reject[];
};

export function totalsOf(tables: readonly TableCount[]): Totals {
  const totals = { read: 0, written: 0, unchanged: 0, rejected: 0 };
  for (const table of tables) {
    totals.read += table.read;
    totals.written += table.written;
    totals.unchanged += table.unchanged;
    totals.rejected += table.rejected;
  }
  return totals;
}

/** Records were rejected and must not be skipped: nothing was written. The report lists them. */
export class RejectedRecordsError extends InvalidInputError {
  readonly report: ImportReport;

  constructor(report: ImportReport) {
    const { rejected } = report.totals;
    super(
      report.rejects.slice(0, 100).map(({ file, key, field, value, reason }) => ({
        field: [file, key, field].filter((part) => part !== '').join(': '),
        ...(value !== null && { value }),
        expected: `something else: it ${reason}`,
      })),
      `${rejected === 1 ? '1 record cannot be imported as it stands' : `${rejected} records cannot be imported as they stand`}; nothing was written. The first: ${describeReject(report.rejects[0])}.`,
    );
    this.report = report;
  }

  override get extensions(): object {
    return { report: this.report };
  }
}

function describeReject(reject: Reject | undefined): string {
  if (reject === undefined) return 'none';
  const { file, key, field, value, reason } = reject;
  const place = [file, key && `record ${key}`, field].filter((part) => part !== '').join(', ');
  return `${place} ${value === null ? '' : `(${value}) `}${reason}`;
}

/** The report as a person reads it, in lines. */
export function formatReport(report: ImportReport): string {
  const { totals } = report;
  const outcome = {
    imported: 'Imported.',
    'nothing new': 'Everything was there already: nothing was written.',
    'dry run': 'A dry run: nothing was kept.',
    stopped: 'Stopped: nothing was written.',
  }[report.outcome];
  const generations = report.generations.map(
    ({ generation, files }) => `  ${generation}: ${files.join(', ')}`,
  );
  const heading = ['file', 'table', 'read', 'written', 'unchanged', 'rejected'];
  const rows = [...report.tables, { file: 'all', table: '', ...totals }].map((count) => [
    count.file,
    count.table,
    ...[count.read, count.written, count.unchanged, count.rejected].map(String),
  ]);
  const shown = report.rejects.slice(0, 100);
  const sections = [
    [
      outcome,
      ...(report.router_id === null ? [] : [`Router ${report.router_id}.`]),
      `Dates without a zone were read as ${report.timezone}.`,
    ],
    ['Found:', ...generations],
    formatTable([heading, ...rows]),
    report.left_out.map(({ file, reason }) => `Left out: ${file}: ${reason}.`),
    report.notes.map(
      ({ file, note, count }) => `Note: ${file}: ${note}${count > 1 ? ` (${count} times)` : ''}.`,
    ),
    shown.map((reject) => `Rejected: ${describeReject(reject)}.`),
    totals.rejected > shown.length
      ? [`… and ${totals.rejected - shown.length} more rejected.`]
      : [],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** Columns as wide as their widest cell, numbers to the right. */
function formatTable(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}

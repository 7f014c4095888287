import { type Static, Type } from 'typebox';
import { Nullable } from '../api/schema.ts';
import { InvalidInputError } from '../errors.ts';
import { REMARKS, type RemarkCode } from './remarks.ts';

/** What a remark says, for programs that say it in another language. */
const REMARK = {
  code: Type.Unsafe<RemarkCode>(Type.Enum(Object.keys(REMARKS))),
  values: Type.Record(Type.String(), Type.Unsafe<string | number>({ type: ['string', 'number'] })),
};
const COUNTS = {
  read: Type.Integer(),
  written: Type.Integer(),
  unchanged: Type.Integer(),
  rejected: Type.Integer(),
};

/** A generation of the old program's storage, or a file that `netpilot export` wrote. */
const Generation = Type.Enum(['sqlite', 'tinydb', 'lists', 'split', 'export']);
export type Generation = Static<typeof Generation>;

const Totals = Type.Object(COUNTS, { description: 'read = written + unchanged + rejected' });
export type Totals = Static<typeof Totals>;

/** What became of the records of one table of one file. */
const TableCount = Type.Object({ file: Type.String(), table: Type.String(), ...COUNTS });
export type TableCount = Static<typeof TableCount>;

/** Something a person should know about a file. */
const Note = Type.Object({
  file: Type.String(),
  note: Type.String(),
  count: Type.Integer({ description: 'How often it was noticed.' }),
  ...REMARK,
});
export type Note = Static<typeof Note>;

/** A record that was not imported, as it is listed and kept. */
const Reject = Type.Object({
  file: Type.String(),
  table: Type.String({ description: 'Empty if the file is one record.' }),
  key: Type.String(),
  field: Type.String(),
  value: Nullable(Type.String()),
  reason: Type.String(),
  ...REMARK,
});
export type Reject = Static<typeof Reject>;

/** What an import did, or would do. */
export const ImportReport = Type.Object({
  outcome: Type.Enum(['imported', 'nothing new', 'dry run', 'stopped'], {
    description: '`stopped`: records were rejected, and nothing was written.',
  }),
  router_id: Nullable(Type.String({ description: 'Null for an export without routers.' })),
  timezone: Type.String({ description: 'Where dates without a zone were read.' }),
  generations: Type.Array(
    Type.Object({ generation: Generation, files: Type.Array(Type.String()) }),
  ),
  tables: Type.Array(TableCount),
  totals: Totals,
  rows_written: Type.Record(Type.String(), Type.Integer(), {
    description: 'Rows inserted and changed, by table of the database.',
  }),
  mode: Type.Optional(
    Type.Object(
      { before: Type.String(), after: Type.String() },
      {
        description:
          'The mode of the router: `none`, `whitelist` or `blacklist`. Absent: an export, or `stopped`.',
      },
    ),
  ),
  left_out: Type.Array(
    Type.Object({ file: Type.String(), reason: Type.String(), code: REMARK.code }),
  ),
  notes: Type.Array(Note),
  rejects: Type.Array(Reject, { description: 'The first of them; `totals` counts all.' }),
});
export type ImportReport = Static<typeof ImportReport>;

export function totalsOf(tables: readonly TableCount[]): Totals {
  const sum = (column: keyof Totals) => tables.reduce((total, table) => total + table[column], 0);
  return {
    read: sum('read'),
    written: sum('written'),
    unchanged: sum('unchanged'),
    rejected: sum('rejected'),
  };
}

/** Records were rejected and must not be skipped: nothing was written. The report lists them. */
export class RejectedRecordsError extends InvalidInputError {
  readonly report: ImportReport;

  constructor(report: ImportReport) {
    const { rejected } = report.totals;
    const records = rejected === 1 ? '1 record' : `${rejected} records`;
    const [first] = report.rejects;
    super(
      report.rejects.slice(0, 100).map(({ file, table, key, field, value, reason }) => ({
        field: [file, table, key, field].filter((part) => part !== '').join(': '),
        ...(value !== null && { value }),
        expected: `something else: it ${reason}`,
      })),
      `${records} cannot be imported as ${rejected === 1 ? 'it stands' : 'they stand'}; nothing was written. The first: ${first === undefined ? 'none' : describeReject(first)}.`,
    );
    this.report = report;
  }

  override get extensions(): object {
    return { report: this.report };
  }
}

function describeReject({ file, table, key, field, value, reason }: Reject): string {
  const place = [file, table && `table ${table}`, key && `record ${key}`, field]
    .filter((part) => part !== '')
    .join(', ');
  return `${place} ${value === null ? '' : `(${value}) `}${reason}`;
}

/** The report as a person reads it, in lines. */
export function formatReport(report: ImportReport): string {
  const { totals, router_id } = report;
  const outcome = {
    imported: 'Imported.',
    'nothing new': 'Everything was there already: nothing was written.',
    'dry run': 'A dry run: nothing was kept.',
    stopped: 'Stopped: nothing was written.',
  }[report.outcome];
  const shown = report.rejects
    .slice(0, 100)
    .map((reject) => `Rejected: ${describeReject(reject)}.`);
  const more = totals.rejected - shown.length;
  const router = router_id === null ? [] : [`Router ${router_id}.`];
  const sections = [
    [outcome, ...router, `Dates without a zone were read as ${report.timezone}.`],
    [
      'Found:',
      ...report.generations.map(({ generation, files }) => `  ${generation}: ${files.join(', ')}`),
    ],
    formatCounts([...report.tables, { file: 'all', table: '', ...totals }]),
    report.left_out.map(({ file, reason }) => `Left out: ${file}: ${reason}.`),
    report.notes.map(
      ({ file, note, count }) => `Note: ${file}: ${note}${count > 1 ? ` (${count} times)` : ''}.`,
    ),
    shown,
    more > 0 ? [`… and ${more} more rejected.`] : [],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** A heading and a line for each, in columns. */
function formatCounts(counts: readonly TableCount[]): string[] {
  const names = Math.max(...counts.map(({ file }) => file.length));
  const tables = Math.max(...counts.map(({ table }) => table.length), 'table'.length);
  const line = (file: string, table: string, ...cells: readonly (string | number)[]) =>
    [
      file.padEnd(names),
      table.padEnd(tables),
      ...cells.map((cell) => String(cell).padStart(9)),
    ].join('  ');
  return [
    line('file', 'table', 'read', 'written', 'unchanged', 'rejected'),
    ...counts.map(({ file, table, read, written, unchanged, rejected }) =>
      line(file, table, read, written, unchanged, rejected),
    ),
  ];
}

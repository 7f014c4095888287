import { type Static, Type } from 'typebox';
import { Nullable } from '../api/schema.ts';
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

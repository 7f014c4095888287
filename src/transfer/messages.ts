/**
 * What the process that reads files (import-worker.ts) says to the one that imports them: a line of JSON each.
 * Whatever it says is checked here: a file may have taken that process over.
 */
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { parseJson } from '../parse-json.ts';
import { LONGEST_KEY } from './limits.ts';
import { REMARKS, type RemarkCode } from './remarks.ts';
import type { FileKind } from './source.ts';

const Name = Type.String({ maxLength: LONGEST_KEY });
const Text = Type.String();
const Reason = Type.Object({
  code: Type.Unsafe<RemarkCode>(Type.Enum(Object.keys(REMARKS))),
  values: Type.Record(
    Type.String(),
    Type.Union([Type.String({ maxLength: 2 * LONGEST_KEY }), Type.Number()]),
  ),
});
const kind = <const Kind extends string>(name: Kind) => ({ kind: Type.Literal(name) });

const Source = Type.Object({
  ...kind('source'),
  files: Type.Array(
    Type.Object({
      name: Name,
      size: Type.Integer({ minimum: 0 }),
      kind: Type.Unsafe<FileKind>(Type.Enum(['sqlite', 'tables', 'document', 'export'])),
    }),
  ),
  leftOut: Type.Array(Type.Object({ file: Name, code: Reason.properties.code })),
});

const Message = Type.Union([
  /** The first one. */
  Source,
  /** What follows is in this file. */
  Type.Object({ ...kind('file'), name: Name }),
  /** How much of it is read, in bytes. */
  Type.Object({ ...kind('read'), bytes: Type.Integer({ minimum: 0 }) }),
  Type.Object({ ...kind('table'), table: Name }),
  /** Belongs before the first text of the next message. */
  Type.Object({ ...kind('part'), text: Text }),
  /** Keys and texts: each text is the JSON of a record. */
  Type.Object({
    ...kind('records'),
    table: Name,
    records: Type.Array(Type.Tuple([Name, Text])),
  }),
  Type.Object({
    ...kind('unreadable'),
    table: Name,
    key: Name,
    field: Type.Optional(Name),
    reason: Reason,
    text: Text,
    foreign: Type.Optional(Type.Boolean()),
  }),
  /** A file that is one record; a text that is not JSON has a reason. */
  Type.Object({ ...kind('document'), text: Text, reason: Type.Optional(Reason) }),
  /** Nothing can be imported. */
  Type.Object({
    ...kind('refused'),
    fields: Type.Array(
      Type.Object({
        field: Type.String(),
        value: Type.Optional(Type.Unknown()),
        expected: Type.String(),
      }),
    ),
    message: Type.String(),
  }),
  /** The last one: everything was read. */
  Type.Object(kind('end')),
]);
export type Message = Static<typeof Message>;
export type SourceMessage = Static<typeof Source>;

const compiled = Compile(Message);

/** Parses a line; undefined if it is none of these messages. */
export function parseMessage(line: string): Message | undefined {
  const value = parseJson(line);
  return compiled.Check(value) ? value : undefined;
}

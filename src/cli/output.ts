import { styleText } from 'node:util';
import { describeIgnored } from '../config/dot-env.ts';
import type { Environment } from '../config/reader.ts';
import { INVISIBLE } from '../invisible.ts';

type Style = Parameters<typeof styleText>[0];

/** Colours a text for a terminal; for a pipe, a file, or with NO_COLOR it stays as it is. */
export function paint(
  style: Style,
  text: string,
  stream: NodeJS.WriteStream = process.stdout,
): string {
  return styleText(style, text, { stream, validateStream: true });
}

/** `--no-color` overrides the environment (https://no-color.org). */
export function withoutColor(): void {
  delete process.env['FORCE_COLOR'];
  process.env['NO_COLOR'] = '1';
}

/** Prints the result on standard output: one JSON document for programs, a text for people. */
export function printResult(json: boolean, data: unknown, text: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(data, null, 2)}\n` : `${text()}\n`);
}

/** Says on standard error which names in `.env` are no settings. */
export function printIgnored(json: boolean, dotEnv: Environment): void {
  const ignored = describeIgnored(dotEnv);
  if (ignored !== undefined) printNote(json, printable(ignored));
}

/** Prints a note for people on standard error. */
export function printNote(json: boolean, text: string): void {
  if (!json) process.stderr.write(`${text}\n`);
}

const HIDDEN = new RegExp(INVISIBLE, 'gu');

/**
 * Escapes what is invisible in text from outside, so that a device's name cannot control the operator's terminal, or
 * be taken for another one. Line ends stay.
 */
export function printable(text: string): string {
  return text.replaceAll(HIDDEN, (character) => {
    if (character === '\n') return character;
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`;
  });
}

/** Rows in columns under a heading; empty cells show a dash. */
export function formatTable(heading: readonly string[], rows: readonly Cell[][]): string {
  const cells = rows.map((row) => row.map(formatCell));
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [paint('bold', line(heading)), ...cells.map(line)].join('\n');
}

type Cell = string | number | boolean | null;

function formatCell(cell: Cell): string {
  if (cell === null || cell === '') return '-';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return printable(String(cell)).replaceAll('\n', ' ');
}

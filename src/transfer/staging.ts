import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { runStatement } from './statements.ts';

/** A table of sql/create-staging.sql, without its prefix. */
export type StagedTable = 'devices' | 'entries' | 'kept' | 'rejects' | 'rows';
export type Cell = string | number | boolean | null;

/** Temporary tables, filled by COPY as the files are read. */
export type Staging = {
  /** Adds a row: the number of its table of a file, the order of reading, and these cells. */
  add: (table: StagedTable, source: number, cells: readonly Cell[]) => void;
  /** Sends the tables that have enough rows to be worth it. Reading goes on while they travel. */
  flush: () => Promise<void>;
  /** Sends the rest, and waits until all of it is there. */
  finish: () => Promise<void>;
};

/** In characters. */
const WORTH_SENDING = 262_144;
/** A longer text is sent in pieces, in characters: others have their turn in between. */
const PIECE = 65_536;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Rows of a table in COPY's text format, but for long texts, which are as they were given. */
type Waiting = { parts: (string | { long: string })[]; size: number };

export async function createStaging(client: Client): Promise<Staging> {
  await runStatement(client, 'create-staging');
  const waiting = new Map<StagedTable, Waiting>();
  let order = 0;
  let underWay: Promise<void> = Promise.resolve();
  const send = async (least: number) => {
    for (const [table, { parts, size }] of waiting) {
      if (size < least) continue;
      waiting.delete(table);
      await underWay;
      underWay = copy(client, table, parts);
      // It is awaited before the next one; until then nobody has to handle its failure.
      underWay.catch(() => undefined);
    }
  };
  return {
    add: (table, source, cells) => {
      const rows: Waiting = waiting.get(table) ?? { parts: [], size: 0 };
      let fields = [String(source), String(order)];
      for (const cell of cells) {
        if (typeof cell === 'string' && cell.length > PIECE) {
          rows.parts.push(`${fields.join('\t')}\t`, { long: cell });
          rows.size += cell.length;
          fields = [''];
        } else fields.push(formatCell(cell));
      }
      const line = `${fields.join('\t')}\n`;
      order += 1;
      rows.parts.push(line);
      rows.size += line.length;
      waiting.set(table, rows);
    },
    flush: () => send(WORTH_SENDING),
    finish: async () => {
      await send(0);
      await underWay;
    },
  };
}

function copy(client: Client, table: StagedTable, parts: Waiting['parts']): Promise<void> {
  const stream = client.query(copyFrom(`copy staged_${table} from stdin`));
  return pipeline(Readable.from(formatParts(parts)), stream);
}

async function* formatParts(parts: Waiting['parts']): AsyncGenerator<string> {
  let ready: string[] = [];
  for (const part of parts) {
    if (typeof part === 'string') {
      ready.push(part);
      continue;
    }
    yield ready.join('');
    ready = [];
    for (let at = 0; at < part.long.length;) {
      // Not between the halves of a character.
      const isBetween = (part.long.codePointAt(at + PIECE - 1) ?? 0) > 0xff_ff;
      const end = at + PIECE - Number(isBetween);
      yield formatCell(part.long.slice(at, end));
      at = end;
      await setImmediate();
    }
  }
  yield ready.join('');
}

/** In COPY's text format (PostgreSQL manual, COPY, Text Format). */
function formatCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? String.raw`\N` : String(cell);
  return cell.replaceAll(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}

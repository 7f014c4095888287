import { finished } from 'node:stream/promises';
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
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

export async function createStaging(client: Client): Promise<Staging> {
  await runStatement(client, 'create-staging');
  const waiting = new Map<StagedTable, { lines: string[]; size: number }>();
  let order = 0;
  let underWay: Promise<void> = Promise.resolve();
  const send = async (least: number) => {
    for (const [table, { lines, size }] of waiting) {
      if (size < least) continue;
      waiting.delete(table);
      await underWay;
      underWay = copy(client, table, lines.join(''));
      // It is awaited before the next one; until then nobody has to handle its failure.
      underWay.catch(() => undefined);
    }
  };
  return {
    add: (table, source, cells) => {
      const line = `${[source, order, ...cells].map(formatCell).join('\t')}\n`;
      order += 1;
      const rows = waiting.get(table) ?? { lines: [], size: 0 };
      rows.lines.push(line);
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

async function copy(client: Client, table: StagedTable, lines: string): Promise<void> {
  const stream = client.query(copyFrom(`copy staged_${table} from stdin`));
  stream.end(lines);
  await finished(stream);
}

/** In COPY's text format (PostgreSQL manual, COPY, Text Format). */
function formatCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? String.raw`\N` : String(cell);
  return cell.replaceAll(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}

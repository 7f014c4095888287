import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';

const FOLDER = join(import.meta.dirname, 'sql');

/**
 * Runs a file of sql/; gives how many rows were written. The statements take no parameters: whose rows
 * they are comes from the transaction's settings, `netpilot.user_id` and `netpilot.router_id`.
 * @param names what stands for `{list}` and the like: names of tables and columns, never values
 */
export async function runStatement(
  client: Client,
  statement: string,
  names: Record<string, string> = {},
): Promise<number> {
  const text = readStatement(statement).replaceAll(/\{(\w+)\}/g, (_, name) => names[name] ?? '');
  return (await client.query(text)).rowCount ?? 0;
}

/** Runs a file of sql/ that is a query; gives its rows. */
export async function queryStatement<Row extends object>(
  client: Client,
  statement: string,
): Promise<Row[]> {
  return (await client.query<Row>(readStatement(statement))).rows;
}

function readStatement(statement: string): string {
  return readFileSync(join(FOLDER, `${statement}.sql`), 'utf8');
}

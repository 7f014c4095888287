import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';

const FOLDER = join(import.meta.dirname, 'sql');

/**
 * Runs a file of sql/. They take no parameters: whose rows they are comes from the transaction's
 * settings, `netpilot.user_id` and `netpilot.router_id`. Gives how many rows were written.
 */
export async function runStatement(client: Client, name: string): Promise<number> {
  return (await client.query(readStatement(name))).rowCount ?? 0;
}

/** Runs a file of sql/ that is a query; gives its rows. */
export async function queryStatement<Row extends object>(
  client: Client,
  name: string,
): Promise<Row[]> {
  return (await client.query<Row>(readStatement(name))).rows;
}

function readStatement(name: string): string {
  return readFileSync(join(FOLDER, `${name}.sql`), 'utf8');
}

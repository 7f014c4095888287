import { type Client, escapeIdentifier } from 'pg';
import type { DatabaseAddress } from '../src/config/database-address.ts';
import { withClient } from '../src/database/roles.ts';

/**
 * Every row of every table, as PostgreSQL writes it, sorted; a partitioned table as a whole.
 * @param admin a superuser: it reads past the policies
 */
export function readContent(admin: DatabaseAddress): Promise<Record<string, string[]>> {
  return withClient(admin, async (client) => {
    const content: Record<string, string[]> = {};
    for (const name of await tableNames(client)) {
      const { rows } = await client.query<{ row: string }>(
        `select t::text as row from ${escapeIdentifier(name)} t order by 1`,
      );
      content[name] = rows.map(({ row }) => row);
    }
    return content;
  });
}

/** A row as JSON has it, by column. */
export type Row = Record<string, unknown>;

/**
 * Every row of every table, column by column.
 * @param admin a superuser: it reads past the policies
 */
export function readRows(admin: DatabaseAddress): Promise<Record<string, Row[]>> {
  return withClient(admin, async (client) => {
    const content: Record<string, Row[]> = {};
    for (const name of await tableNames(client)) {
      const { rows } = await client.query<{ row: Row }>(
        `select to_jsonb(t) as row from ${escapeIdentifier(name)} t`,
      );
      content[name] = rows.map(({ row }) => row);
    }
    return content;
  });
}

/** One number for each table that changes with any of its rows: for content that is too much to list. */
export function hashContent(admin: DatabaseAddress): Promise<Record<string, string>> {
  return withClient(admin, async (client) => {
    const content: Record<string, string> = {};
    for (const name of await tableNames(client)) {
      const { rows } = await client.query<{ hash: string }>(
        `select count(*) || ' rows, ' || md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as hash
         from ${escapeIdentifier(name)} t`,
      );
      content[name] = rows[0]?.hash ?? '';
    }
    return content;
  });
}

/** How many rows each table has. */
export async function countRows(admin: DatabaseAddress): Promise<Record<string, number>> {
  const content = await readContent(admin);
  return Object.fromEntries(Object.entries(content).map(([name, rows]) => [name, rows.length]));
}

async function tableNames(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
       and relname not like 'kysely%' order by 1`,
  );
  return rows.map(({ name }) => name);
}

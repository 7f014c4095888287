/** The SQL functions, one file each in functions/: a database has them as they are there, whatever it had before. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { UnavailableError } from '../errors.ts';
import { OWNER_ROLE } from '../config/database-address.ts';

const FOLDER = join(import.meta.dirname, 'functions');

/** Runs one statement without parameters: on a client, or through Kysely. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as pg's and Kysely's own: the caller knows its rows
export type Query = <Row extends object>(text: string) => Promise<{ rows: Row[] }>;

type FunctionFile = { name: string; text: string; checksum: string };

/** A function of the database; its comment is the checksum of the file that made it. */
type StoredFunction = {
  name: string;
  signature: string;
  checksum: string | null;
  /** Whether a trigger, a policy, a default or another function needs it: then it is replaced, never dropped. */
  isUsed: boolean;
};

const STORED_FUNCTIONS = `
  select proname as name, p.oid::regprocedure::text as signature, obj_description(p.oid, 'pg_proc') as checksum,
         exists (select from pg_depend where refclassid = 'pg_proc'::regclass and refobjid = p.oid) as "isUsed"
  from pg_proc p
  where pronamespace = 'public'::regnamespace and pg_get_userbyid(proowner) = '${OWNER_ROLE}'
  order by 2`;

/** Names of the functions that the database lacks, or has in another version. */
export async function findStaleFunctions(query: Query): Promise<string[]> {
  const { rows } = await query<StoredFunction>(STORED_FUNCTIONS);
  return staleAmong(rows).map(({ name }) => name);
}

/**
 * Makes the functions that are missing and replaces those whose file has changed; gives their names. Comes before the
 * migrations, which need the functions, so bodies are not checked against tables and signatures must have PostgreSQL's
 * own types only. A function that nothing depends on is dropped first: so its parameters and its result may change.
 */
export async function applyFunctions(client: ClientBase): Promise<string[]> {
  await client.query('set local check_function_bodies = off');
  const { rows: before } = await client.query<StoredFunction>(STORED_FUNCTIONS);
  const stale = staleAmong(before);
  for (const { name, text } of stale) {
    await drop(
      client,
      before.filter((stored) => stored.name === name && !stored.isUsed),
    );
    await client.query(text).catch((error: Error) => {
      throw new UnavailableError(
        `The function ${name} cannot be made, nothing was changed: ${error.message}`,
        { cause: error },
      );
    });
  }
  const { rows: after } = await client.query<StoredFunction>(STORED_FUNCTIONS);
  for (const { name, checksum } of stale)
    for (const { signature } of after.filter((stored) => stored.name === name))
      await client.query(`comment on function ${signature} is '${checksum}'`);
  return stale.map(({ name }) => name);
}

/** Drops the functions that have no file any more: all of them where no table is left that needs one. */
export async function dropUnneededFunctions(client: ClientBase, hasTables: boolean): Promise<void> {
  const needed = hasTables ? readFunctionFiles().map(({ name }) => name) : [];
  const { rows } = await client.query<StoredFunction>(STORED_FUNCTIONS);
  await drop(
    client,
    rows.filter(({ name }) => !needed.includes(name)),
  );
}

async function drop(client: ClientBase, functions: readonly StoredFunction[]): Promise<void> {
  if (functions.length === 0) return;
  await client.query(`drop function ${functions.map(({ signature }) => signature).join(', ')}`);
}

function staleAmong(stored: readonly StoredFunction[]): FunctionFile[] {
  return readFunctionFiles().filter(
    ({ name, checksum }) =>
      !stored.some((found) => found.name === name && found.checksum === checksum),
  );
}

function readFunctionFiles(): FunctionFile[] {
  return readdirSync(FOLDER)
    .toSorted()
    .map((file) => {
      const text = readFileSync(join(FOLDER, file), 'utf8');
      const checksum = createHash('sha256').update(text).digest('hex');
      return { name: file.slice(0, -'.sql'.length), text, checksum };
    });
}

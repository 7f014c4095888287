import type { ClientBase } from 'pg';
import type { BackupTable } from './format.ts';

/** Rows of `pg_class`: tables of the current role, the owner; a partitioned one as a whole. */
export const IS_OWN_TABLE = `relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
       and relowner = current_user::regrole`;

/** Every table of the current role, the owner, each after the tables it refers to; not the migrator's own. */
export async function readOwnTables(client: ClientBase): Promise<BackupTable[]> {
  const tables = await client.query<BackupTable>(
    `select relname as name,
            json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) order by attnum) as columns
     from pg_class
     join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
     where ${IS_OWN_TABLE} and relname not like 'kysely\\_%'
     group by relname order by relname`,
  );
  const references = await client.query<{ name: string; target: string }>(
    `select conrelid::regclass::name as name, confrelid::regclass::name as target
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
  return inReferenceOrder(tables.rows, references.rows);
}

function inReferenceOrder(
  tables: readonly BackupTable[],
  references: readonly { name: string; target: string }[],
): BackupTable[] {
  const ordered: BackupTable[] = [];
  let waiting = [...tables];
  while (waiting.length > 0) {
    const waitingNames = new Set(waiting.map(({ name }) => name));
    const ready = waiting.filter(
      (table) =>
        !references.some(
          ({ name, target }) =>
            name === table.name && target !== table.name && waitingNames.has(target),
        ),
    );
    if (ready.length === 0)
      throw new Error(`Tables refer to each other: ${[...waitingNames].join(', ')}`);
    ordered.push(...ready);
    waiting = waiting.filter((table) => !ready.includes(table));
  }
  return ordered;
}

import type { DatabaseAddress } from '../src/config/database-address.ts';
import { withClient } from '../src/database/roles.ts';

/**
 * All there is in schema public but rows, a line for each thing: tables with their security and
 * grants, columns, constraints, indexes, policies, functions, triggers, sequences, types. Two
 * databases with the same lines are the same to a program. Partitions are left out: which there are depends on the day.
 */
export function describeCatalog(address: DatabaseAddress): Promise<string[]> {
  return withClient(address, async (client) => {
    const { rows } = await client.query<{ line: string }>(
      CATALOG.map((select) => `(${select})`).join(' union all ') + ' order by 1',
    );
    return rows.map(({ line }) => line);
  });
}

/** The condition that a table, or the one that an index is of, is no partition. */
const isWhole = (table: string) =>
  `not exists (select from pg_class part where part.oid = coalesce((select indrelid from pg_index where indexrelid = ${table}), ${table}) and part.relispartition)`;

const CATALOG = [
  `select format('relation %s kind %s owner %s rls %s forced %s grants %s options %s', relname, relkind,
          relowner::regrole, relrowsecurity, relforcerowsecurity, relacl, reloptions) as line
   from pg_class where relnamespace = 'public'::regnamespace and ${isWhole('pg_class.oid')}`,
  `select format('column %s.%s %s collation %s not null %s default %s generated %s identity %s grants %s', attrelid::regclass, attname,
          format_type(atttypid, atttypmod), attcollation::regcollation, attnotnull, pg_get_expr(adbin, adrelid), attgenerated, attidentity, attacl)
   from pg_attribute join pg_class on pg_class.oid = attrelid
   left join pg_attrdef on adrelid = attrelid and adnum = attnum
   where relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped and ${isWhole('attrelid')}`,
  `select format('constraint %s on %s %s valid %s deferrable %s', conname, conrelid::regclass, pg_get_constraintdef(oid), convalidated, condeferrable)
   from pg_constraint where connamespace = 'public'::regnamespace and ${isWhole('conrelid')}`,
  `select format('index %s valid %s', pg_get_indexdef(indexrelid), indisvalid)
   from pg_index join pg_class on pg_class.oid = indexrelid where relnamespace = 'public'::regnamespace and ${isWhole('indrelid')}`,
  `select format('policy %s on %s %s %s to %s using %s check %s', policyname, tablename, permissive, cmd, roles, qual, with_check)
   from pg_policies where schemaname = 'public' and ${isWhole('tablename::regclass')}`,
  `select format('function %s owner %s grants %s comment %s %s', oid::regprocedure, proowner::regrole, proacl,
          obj_description(oid, 'pg_proc'), pg_get_functiondef(oid))
   from pg_proc where pronamespace = 'public'::regnamespace and prokind <> 'a'`,
  `select format('trigger on %s enabled %s %s', tgrelid::regclass, tgenabled, pg_get_triggerdef(pg_trigger.oid))
   from pg_trigger where not tgisinternal and ${isWhole('tgrelid')}`,
  `select format('internal triggers of %s: %s, enabled %s', tgrelid::regclass, count(*), string_agg(distinct tgenabled::text, ''))
   from pg_trigger where tgisinternal and ${isWhole('tgrelid')} group by tgrelid`,
  `select format('type %s kind %s', typname, typtype) from pg_type
   where typnamespace = 'public'::regnamespace and typtype in ('e', 'd', 'r')`,
  `select format('schema grants %s', nspacl) from pg_namespace where nspname = 'public'`,
];

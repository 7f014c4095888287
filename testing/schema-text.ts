/** The database's schema as one text to read: src/database/schema.sql. */
import { join } from 'node:path';
import type { DatabaseAddress } from '../src/config/database-address.ts';
import { withClient } from '../src/database/roles.ts';

export const SCHEMA_TEXT_FILE = join(import.meta.dirname, '../src/database/schema.sql');

const HEAD = `-- The database as migrations/ and functions/ make it: to read, not to run. \`npm run generate\` writes it, and a test
-- compares it with a new database. Everything belongs to netpilot_owner. Row-level security is forced on every table. Partitions have what their
-- table has: functions/keep_partitions.sql makes and drops them.`;

/** The content SCHEMA_TEXT_FILE should have for this database. */
export function describeSchema(admin: DatabaseAddress): Promise<string> {
  return withClient(admin, async (client) => {
    const { rows } = await client.query<{ text: string }>(
      `select text from (${[TABLES, VIEWS, FUNCTIONS].join(' union all ')}) part order by place, name`,
    );
    const text = [HEAD, ...rows.map((row) => row.text)].join('\n\n');
    return `${readable(text)}\n`;
  });
}

/** PostgreSQL's own writing without what only PostgreSQL needs: casts of literals, aliases, schema, capitals. */
function readable(text: string): string {
  const short = text
    .replaceAll('public.', '')
    .replaceAll(/::(text|character varying|jsonb|name|bigint)(\[\])?/g, '')
    .replaceAll('character varying', 'varchar')
    .replaceAll('timestamp with time zone', 'timestamptz')
    .replaceAll(/\bSELECT (\w+\(\)) AS \w+/g, 'SELECT $1')
    .replaceAll(' USING btree', '')
    .replaceAll(' ON ONLY ', ' ON ')
    .replaceAll(/\( /g, '(');
  // Capitals outside of literals are keywords: nothing of ours has any.
  return short.replaceAll(/'[^']*'|\b[A-Z]{2,}\b/g, (word) =>
    word.startsWith("'") ? word : word.toLowerCase(),
  );
}

/** A line for each row of `query`, which selects `line` and `place`. */
const lines = (query: string, separator = '\n') =>
  `coalesce((select string_agg(line, E'${separator}' order by place) from (${query}) l), '')`;

const COLUMNS = `
  select format('  %s %s%s%s', attname, format_type(atttypid, atttypmod), case when attnotnull then ' not null' end,
           ' default ' || pg_get_expr(adbin, adrelid)) as line, '1' || lpad(attnum::text, 4, '0') as place
  from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where attrelid = c.oid and attnum > 0 and not attisdropped`;

const CONSTRAINTS = `
  select format('  constraint %s %s', conname, regexp_replace(pg_get_constraintdef(oid, true), '\\s+', ' ', 'g')), '2' || translate(contype::text, 'pucf', '1234') || conname
  from pg_constraint where conrelid = c.oid and contype in ('p', 'u', 'c', 'f')`;

const INDEXES = `
  select pg_get_indexdef(indexrelid, 0, true) || ';' as line, indexrelid::regclass::text as place
  from pg_index where indrelid = c.oid and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))`;

const POLICIES = `
  select format('create policy %s on %s%s to %s using (%s)%s;', polname, c.relname,
           case polcmd when 'r' then ' for select' when '*' then '' else ' for ' || polcmd::text end,
           (select string_agg(role::regrole::text, ', ') from unnest(polroles) role), pg_get_expr(polqual, polrelid, true),
           ' with check (' || nullif(pg_get_expr(polwithcheck, polrelid), pg_get_expr(polqual, polrelid)) || ')') as line, polname as place
  from pg_policy where polrelid = c.oid`;

const TRIGGERS = `
  select pg_get_triggerdef(oid, true) || ';' as line, tgname as place
  from pg_trigger where tgrelid = c.oid and not tgisinternal`;

const GRANTS = `
  select format('grant %s on %s to %s;', string_agg(lower(privilege_type), ', ' order by privilege_type), c.relname, grantee::regrole) as line, grantee::regrole::text as place
  from aclexplode(c.relacl) where grantee <> c.relowner group by grantee
  union all
  select format('grant %s (%s) on %s to %s;', lower(privilege_type), attname, c.relname, grantee::regrole), grantee::regrole || attname
  from pg_attribute, aclexplode(attacl) where attrelid = c.oid and attacl is not null`;

const OF_PUBLIC = `c.relnamespace = 'public'::regnamespace and c.relname <> 'kysely_migration'`;

const TABLES = `
  select 1 as place, relname::text as name, concat_ws(E'\\n',
    format(E'create table %s (\\n%s\\n)%s%s;', relname, ${lines(`${COLUMNS} union all ${CONSTRAINTS}`, ',\\n')},
      ' partition by ' || pg_get_partkeydef(c.oid), ' with (' || array_to_string(reloptions, ', ') || ')'),
    ${[INDEXES, TRIGGERS, POLICIES, GRANTS].map((query) => `nullif(${lines(query)}, '')`).join(', ')}) as text
  from pg_class c where relkind in ('r', 'p') and not relispartition and ${OF_PUBLIC}`;

const VIEWS = `
  select 2, relname, concat_ws(E'\\n', format(E'create view %s%s as\\n%s', relname,
    ' with (' || array_to_string(reloptions, ', ') || ')', pg_get_viewdef(oid, true)), nullif(${lines(GRANTS)}, ''))
  from pg_class c where relkind = 'v' and ${OF_PUBLIC}`;

const FUNCTIONS = `
  select 3, '', E'-- The functions, each in its file of functions/:\\n' || string_agg(format('-- %s(%s) returns %s', proname,
    pg_get_function_arguments(oid), pg_get_function_result(oid)), E'\\n' order by proname)
  from pg_proc where pronamespace = 'public'::regnamespace`;

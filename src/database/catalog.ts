import type { Client } from 'pg';
import { OWNER_ROLE, SERVICE_ROLE } from '../config/database-address.ts';

/** What the catalog says of one of NetPilot's tables. */
export type CatalogTable = {
  name: string;
  owner: string;
  /** Whether it is a part of another one. */
  isPartition: boolean;
  /** Whether it has a user_id, and so belongs to tenants row by row. */
  hasUserId: boolean;
  /** Whether its primary key begins with user_id. */
  keyBeginsWithUserId: boolean;
  /** Row-level security is on, and holds for the table's owner, too. */
  isForced: boolean;
  /** Whether a policy lets the service at some rows. */
  hasPolicy: boolean;
  /** Policies that let the service (or everybody) at all rows, by name. */
  openPolicies: string[];
  /** Whether a policy lets the owner at every row for maintenance: without one, a backup lacks them. */
  isMaintainable: boolean;
  /** Foreign keys to a tenant's rows that don't begin with user_id, by name; but for members, who are users themselves. */
  looseReferences: string[];
  /** Whether a transaction that is limited to one home does not see all its rows. */
  isLimitedToHome: boolean;
};

/** What has nothing but numbers. */
const OF_ALL_HOMES = new Set(['event_counters']);

/** Every table of the two roles but the migrations' own, and every partition, by name. Any role may ask. */
export async function readTables(client: Client): Promise<CatalogTable[]> {
  const { rows } = await client.query<CatalogTable>(
    `with ${SERVICE_POLICIES}
     select c.relname as name,
            pg_get_userbyid(c.relowner) as owner,
            c.relispartition as "isPartition",
            exists (select from pg_attribute a
                    where a.attrelid = c.oid and a.attname = 'user_id' and not a.attisdropped) as "hasUserId",
            exists (select from pg_constraint k
                    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
                    where k.conrelid = c.oid and k.contype = 'p' and a.attname = 'user_id') as "keyBeginsWithUserId",
            c.relrowsecurity and c.relforcerowsecurity as "isForced",
            exists (select from policies p where p.polrelid = c.oid) as "hasPolicy",
            array(select p.polname::text from policies p
                  where p.polrelid = c.oid and p.is_open order by 1) as "openPolicies",
            exists (select from pg_policy p
                    where p.polrelid = c.oid and p.polpermissive and p.polcmd = '*' and p.polroles @> array[c.relowner]
                      and pg_get_expr(p.polqual, p.polrelid) like '%maintenance_is_on()%') as "isMaintainable",
            array(select k.conname::text from pg_constraint k
                  join pg_attribute own on own.attrelid = k.conrelid and own.attnum = k.conkey[1]
                  join pg_attribute target on target.attrelid = k.confrelid and target.attnum = k.confkey[1]
                  where k.conrelid = c.oid and k.contype = 'f'
                    and not (own.attname = 'member_id' and k.confrelid = to_regclass('public.users'))
                    and (own.attname <> 'user_id'
                         or target.attname <> case when k.confrelid = to_regclass('public.users') then 'id' else 'user_id' end)
                  order by 1) as "looseReferences",
            exists (select from pg_policy p
                    where p.polrelid = c.oid and not p.polpermissive and p.polcmd = '*' and p.polname = 'home'
                      and pg_get_expr(p.polqual, p.polrelid) like '%current_home_id()%') as "isLimitedToHome"
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and c.relname <> 'kysely_migration'
       and pg_get_userbyid(c.relowner) in ($1, $2)
     order by c.relname`,
    [SERVICE_ROLE, OWNER_ROLE],
  );
  return rows;
}

/** Tables that break a rule of isolation, with the rule each breaks. Empty when all is well. */
export function findUnprotected(
  tables: readonly CatalogTable[],
): { name: string; lacks: string }[] {
  return tables.flatMap(({ name, ...table }) => {
    const lacks = [
      !table.isForced && 'forced row-level security',
      !table.hasPolicy && 'a policy',
      table.openPolicies.length > 0 && `a condition in its policy ${table.openPolicies.join(', ')}`,
      table.hasUserId && !table.keyBeginsWithUserId && 'a primary key that begins with user_id',
      (table.hasUserId || name === 'users') &&
        !OF_ALL_HOMES.has(name) &&
        !table.isLimitedToHome &&
        'a policy that limits it to the chosen home (limit_to_home)',
      !table.isMaintainable && "a policy for the owner's maintenance",
      ...table.looseReferences.map((key) => `user_id as the beginning of its foreign key ${key}`),
    ].filter((lack) => lack !== false);
    return lacks.map((lack) => ({ name, lacks: lack }));
  });
}

/** Permissive policies of the service's, or everybody's (role 0). An open one has no condition, or `true`. */
const SERVICE_POLICIES = `policies as (
  select polrelid, polname,
         coalesce(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid), 'true') = 'true' as is_open
  from pg_policy
  where polpermissive
    and (polroles && array[0::oid, (select oid from pg_roles where rolname = $1)]))`;

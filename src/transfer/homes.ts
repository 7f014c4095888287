/** Homes of an export: their ids are of the whole database, because a path that names one chooses whose it is. */
import type { Client } from 'pg';

/**
 * Gives the staged homes whose ids are another user's ids of their own, the same each time, wherever rows name them. Nobody can see
 * another user's rows; that an id is taken shows when it is inserted.
 */
export async function renameForeignHomes(client: Client): Promise<void> {
  await client.query(`create temp table foreign_homes (id uuid, own_id uuid) on commit drop`);
  await client.query(
    `with wanted as (
       select distinct (record ->> 'id')::uuid as id from staged_rows
       where table_name = 'homes' and pg_input_is_valid(record ->> 'id', 'uuid')
     ), own as materialized (
       select w.id from wanted w join homes h on h.user_id = current_user_id() and h.id = w.id
     ), free as (
       insert into homes (user_id, id) select current_user_id(), w.id from wanted w where w.id not in (select own.id from own)
       on conflict do nothing returning id
     )
     insert into foreign_homes
     select w.id, md5(current_user_id() || w.id::text)::uuid from wanted w
     where w.id not in (select own.id from own) and w.id not in (select free.id from free)`,
  );
  // They were there only to find out.
  await client.query(
    `delete from homes where user_id = current_user_id() and xmin = pg_current_xact_id()::xid`,
  );
  for (const [column, tables] of [
    ['id', `'homes'`],
    ['home_id', `'people', 'user_routers', 'access_rules'`],
  ])
    await client.query(
      `update staged_rows s set record = (s.record::jsonb || jsonb_build_object('${column}', f.own_id))::json
       from foreign_homes f where s.table_name in (${tables}) and lower(s.record ->> '${column}') = f.id::text`,
    );
}

/** A new account has a home that nobody has touched: the restored ones take its place. */
export async function leaveFirstHome(client: Client): Promise<void> {
  await client.query(
    `delete from homes h
     where h.user_id = current_user_id() and h.name = 'Home' and h.timezone is null and h.updated_at = h.created_at
       and h.id not in (select (s.record ->> 'id')::uuid from staged_rows s where s.table_name = 'homes')
       and exists (select from homes o where o.user_id = h.user_id and o.xmin = pg_current_xact_id()::xid)
       and not exists (select from user_routers r where r.user_id = h.user_id and r.home_id = h.id)
       and not exists (select from people p where p.user_id = h.user_id and p.home_id = h.id)
       and not exists (select from access_rules a where a.user_id = h.user_id and a.home_id = h.id)
       and not exists (select from home_members m where m.user_id = h.user_id and m.home_id = h.id)
       and not exists (select from home_invitations i where i.user_id = h.user_id and i.home_id = h.id)
       and not exists (select from pairing_codes c where c.user_id = h.user_id and c.home_id = h.id)`,
  );
}

import { type Selectable, type Updateable, sql } from 'kysely';
import type { Homes } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { requireRoomFor } from '../database/quotas.ts';
import { ConflictError, NotFoundError } from '../errors.ts';

export type Home = Selectable<Homes>;

/** A home of the transaction's user, and what is in it. */
export type DescribedHome = Pick<Home, 'id' | 'name' | 'timezone' | 'created_at'> & {
  routers: number;
  people: number;
  /** What a device gets there that nobody has reviewed yet. */
  new_devices: {
    access: 'allow' | 'limit' | 'block';
    down_rate: number | null;
    up_rate: number | null;
    /** Somebody has said so. */
    is_chosen: boolean;
  };
};

type OfHome = { user_id: string; id: string };

/** The user's homes that the transaction sees, the oldest first. */
export async function listHomes(
  transaction: TenantTransaction,
  user_id: string,
): Promise<DescribedHome[]> {
  const { rows } = await sql<DescribedHome>`
    select h.id, h.name, h.timezone, h.created_at,
           (select count(*) from user_routers r where r.user_id = h.user_id and r.home_id = h.id) as routers,
           (select count(*) from people p where p.user_id = h.user_id and p.home_id = h.id) as people,
           coalesce(
             (select jsonb_build_object('access', n.access, 'down_rate', n.down_rate, 'up_rate', n.up_rate, 'is_chosen', true)
              from access_rules n
              where n.user_id = h.user_id and n.home_id = h.id and n.kind = 'new_device' and n.target = 'everyone'
                and n.is_active),
             '{"access": "allow", "down_rate": null, "up_rate": null, "is_chosen": false}') as new_devices
    from homes h where h.user_id = ${user_id} order by h.created_at, h.id`.execute(transaction);
  return rows;
}

/** One of them. Throws NotFoundError. */
export async function describeHome(
  transaction: TenantTransaction,
  { user_id, id }: OfHome,
): Promise<DescribedHome> {
  const found = (await listHomes(transaction, user_id)).find((home) => home.id === id);
  if (found === undefined) throw new NotFoundError('home', id);
  return found;
}

/** Throws NotFoundError if the user does not have it. */
export function findHome(transaction: TenantTransaction, { user_id, id }: OfHome): Promise<Home> {
  return homeOf(transaction, { user_id, id }).executeTakeFirstOrThrow(
    () => new NotFoundError('home', id),
  );
}

/** The same, locked until the transaction ends. */
export function lockHome(transaction: TenantTransaction, { user_id, id }: OfHome): Promise<Home> {
  return homeOf(transaction, { user_id, id })
    .forUpdate()
    .executeTakeFirstOrThrow(() => new NotFoundError('home', id));
}

/** Throws QuotaExceededError. */
export async function createHome(
  transaction: TenantTransaction,
  user_id: string,
  { name, timezone = null }: { name: string; timezone?: string | null | undefined },
): Promise<Home> {
  await requireRoomFor(transaction, 'homes');
  return transaction
    .insertInto('homes')
    .values({ user_id, name, timezone })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function updateHome(
  transaction: TenantTransaction,
  { user_id, id }: OfHome,
  change: Updateable<Homes>,
): Promise<Home> {
  return transaction
    .updateTable('homes')
    .set(change)
    .where((row) => row.and({ user_id, id }))
    .returningAll()
    .executeTakeFirstOrThrow(() => new NotFoundError('home', id));
}

/** Deletes a home, its people and its rules. Throws ConflictError if a router is in it, or if it is the user's last one. */
export async function deleteHome(
  transaction: TenantTransaction,
  { user_id, id }: OfHome,
): Promise<void> {
  // All of them are locked, so that two requests do not each leave the other's.
  const homes = await transaction
    .selectFrom('homes')
    .select('id')
    .where('user_id', '=', user_id)
    .orderBy('id')
    .forUpdate()
    .execute();
  const router = await transaction
    .selectFrom('user_routers')
    .select('router_id')
    .where((row) => row.and({ user_id, home_id: id }))
    .limit(1)
    .executeTakeFirst();
  if (router !== undefined)
    throw new ConflictError(
      'There are routers in this home: move them to another home, or delete them, then delete the home.',
    );
  if (homes.length <= 1)
    throw new ConflictError('This is your only home: create another one, then delete this one.');
  await transaction
    .deleteFrom('homes')
    .where((row) => row.and({ user_id, id }))
    .execute();
}

function homeOf(transaction: TenantTransaction, { user_id, id }: OfHome) {
  return transaction
    .selectFrom('homes')
    .selectAll()
    .where((row) => row.and({ user_id, id }));
}

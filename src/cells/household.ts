/** Who is moved together, and what must be so that they can be moved. Each check throws ConflictError. */
import type { ClientBase } from 'pg';
import { ConflictError, NotFoundError } from '../errors.ts';

/** A person who is moved: who was asked for, and everybody who shares a home with somebody of them. */
export type Mover = { id: string; email: string; is_active: boolean; moved_to: number | null };

/**
 * Who would be moved: homes tie their members together, foreign keys say that they live in the owner's cell. Throws NotFoundError, and
 * ConflictError if they are on the way here.
 */
export async function readHousehold(
  client: ClientBase,
  cell: number,
  email: string,
): Promise<Mover[]> {
  const { rows } = await client.query<Mover>(
    `with recursive household (id) as (
       select id from users where email = $1
       union
       select unnest(array[m.user_id, m.member_id]) from household h
       join home_members m on m.user_id = h.id or m.member_id = h.id
     )
     select u.id, u.email, u.is_active, c.moved_to from household join users u using (id)
     left join event_counters c on c.user_id = u.id order by (u.email = $1) desc, u.email`,
    [email],
  );
  if (rows.length === 0) throw new NotFoundError(`user of cell ${cell}`, email);
  if (rows.some(({ moved_to }) => moved_to === cell))
    throw new ConflictError(
      `${email} is on the way to cell ${cell}: run the command again that began it, in the cell that they come from.`,
    );
  return rows;
}

/** A router must find the host key that it knows, or it would be lost. */
export async function requireSameHostKeys(source: ClientBase, target: ClientBase): Promise<void> {
  const read = async (client: ClientBase) =>
    (await client.query<{ public_key: string }>('select public_key from server_keys order by 1'))
      .rows;
  const [one, other] = [await read(source), await read(target)];
  const known = new Set(other.map(({ public_key }) => public_key));
  if (one.length === 0 || one.some(({ public_key }) => !known.has(public_key)))
    throw new ConflictError(
      'The two cells have different host keys, so that routers would not trust the other one: run `netpilot cell add` in both, and restart the one that says so.',
    );
}

/** An agent that does not know the word would go on dialling here. */
export async function requireAgents(source: ClientBase, ids: readonly string[]): Promise<void> {
  const { rows } = await source.query<{ name: string }>(
    `select coalesce(r.router_name, r.router_id) || ' (' || u.email || ')' as name from user_routers r
     join users u on u.id = r.user_id
     join router_keys k on k.user_id = r.user_id and k.router_id = r.router_id and k.revoked_at is null
     where r.user_id = any ($1::uuid[]) and r.is_active and r.agent_version is not null
       and not 'move' = any (r.agent_features) order by 1`,
    [ids],
  );
  if (rows.length > 0)
    throw new ConflictError(
      `These routers have an agent that cannot be moved: ${rows.map(({ name }) => name).join(', ')}. Bring them the newer one first (\`netpilot router update\`), or unlink them.`,
    );
}

/**
 * Moves a household from this cell to another. Each step is a commit of its own, in an order in which one, the second to last of the
 * old cell's, decides: before it the old cell has them, and a repeated run begins again; after it the new one has, and a repeated run ends it.
 */
import type { ClientBase } from 'pg';
import { DatabaseError } from 'pg';
import { type DatabaseAddress, OWNER_ROLE } from '../config/database-address.ts';
import { withClient } from '../database/roles.ts';
import { ConflictError, UnavailableError } from '../errors.ts';
import { copyUsers, readUserTables, requireSameTables } from './copying.ts';
import type { Directory } from './directory.ts';
import { type Mover, readHousehold, requireAgents, requireSameHostKeys } from './household.ts';
import { requireItsDatabase } from './its-database.ts';

/** Milliseconds that writers may take to finish before the move gives up: nobody's changes wait for longer. */
const LONGEST_WAIT = '5s';
const NOT_AVAILABLE = '55P03';
const UNIQUE_VIOLATION = '23505';

/** After which of its commits a move is. */
export const STEPS = ['announced', 'locked', 'copied', 'decided', 'arrived', 'settled'] as const;
export type Step = (typeof STEPS)[number];

export type Move = {
  directory: Directory;
  /** The database of the cell that they live in, by a login that may become the owner; and of the one that they come to. */
  from: { cell: number; admin: DatabaseAddress };
  to: { cell: number; admin: DatabaseAddress };
  email: string;
  onStep?: ((step: Step) => void | Promise<void>) | undefined;
};

/** Who would be moved. Throws NotFoundError, and ConflictError if somebody cannot be. */
export function findHousehold({ from, email }: Pick<Move, 'from' | 'email'>): Promise<Mover[]> {
  return asOwner(from.admin, (client) => readHousehold(client, from.cell, email));
}

/** Moves them; repeated after it was killed, ends what it began. Throws ConflictError or UnavailableError if nothing was moved. */
export async function moveHousehold(move: Move): Promise<{ people: Mover[]; rows: number | null }> {
  const { directory, from, to, onStep = () => undefined } = move;
  return asOwner(from.admin, (source) =>
    asOwner(to.admin, async (target) => {
      const people = await readHousehold(source, from.cell, move.email);
      const ids = people.map(({ id }) => id);
      const isDecided = people.some(({ moved_to }) => moved_to !== null);
      let rows: number | null = null;
      await requireItsDatabase(directory, target, to.cell);
      if (!isDecided) {
        requireSameTables(await readUserTables(source), await readUserTables(target));
        await requireSameHostKeys(source, target);
        await requireAgents(source, ids);
        // Who has never changed anything has no counter yet.
        await source.query(
          `insert into event_counters (user_id, last_number) select id, 1 from unnest($1::uuid[]) u (id) order by id
           on conflict do nothing`,
          [ids],
        );
        await announce(directory, people, from.cell, to.cell);
        await onStep('announced');
        try {
          rows = await copyAndDecide(move, source, target, ids, onStep);
        } catch (error) {
          await takeBack(directory, ids, from.cell).catch(() => undefined);
          throw error;
        }
        // What a connection says of its end is not an event any more.
        await source.query(
          'update user_routers set is_connected = false, connection_id = null where user_id = any ($1::uuid[])',
          [ids],
        );
        await onStep('decided');
      } else if (people.some(({ moved_to }) => moved_to !== to.cell)) {
        throw new ConflictError(`${move.email} lives in cell ${people[0]?.moved_to} now.`);
      }
      await arrive(directory, target, ids, to.cell);
      await onStep('arrived');
      await directory.run(
        `update directory.people set cell = $2, state = 'settled', moving_to = null where user_id = any ($1::uuid[])`,
        [ids, to.cell],
      );
      await onStep('settled');
      return { people, rows };
    }),
  );
}

/** Deletes what is left here of those who were moved away: at once, or what a day is over for. Gives how many people. */
export function purgeMoved(admin: DatabaseAddress, cell: number, isAll: boolean): Promise<number> {
  return asOwner(admin, (client) =>
    inTransaction(client, async () => {
      const { rowCount } = await client.query(
        `delete from users where id in (
           select user_id from event_counters where moved_to <> $1
             and moved_at < now() - case when $2 then interval '5 minutes' else interval '24 hours' end)`,
        [cell, isAll],
      );
      return rowCount ?? 0;
    }),
  );
}

async function asOwner<Result>(
  admin: DatabaseAddress,
  work: (client: ClientBase) => Promise<Result>,
): Promise<Result> {
  return withClient(admin, async (client) => {
    await client.query(
      `set role ${OWNER_ROLE}; set netpilot.maintenance = 'on'; set timezone = 'UTC'`,
    );
    return work(client);
  });
}

async function inTransaction<Result>(
  client: ClientBase,
  work: () => Promise<Result>,
  begin = 'begin',
): Promise<Result> {
  await client.query(begin);
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function announce(
  directory: Directory,
  people: readonly Mover[],
  from: number,
  to: number,
): Promise<void> {
  const announced = await directory.run(
    `update directory.people p set state = 'moving', moving_to = $3, was_active = u.is_active
     from unnest($1::uuid[], $2::boolean[]) u (id, is_active)
     where p.user_id = u.id and p.cell = $4 returning p.user_id`,
    [people.map(({ id }) => id), people.map(({ is_active }) => is_active), to, from],
  );
  if (announced.length < people.length)
    throw new ConflictError(
      `The directory does not have all of them in cell ${from}: run \`netpilot cell enroll\` there first.`,
    );
}

/** They stay where they are; if that was decided otherwise after all, a repeated run says so again. */
async function takeBack(directory: Directory, ids: readonly string[], cell: number): Promise<void> {
  await directory.run(
    `update directory.people set state = 'settled', moving_to = null where user_id = any ($1::uuid[]) and cell = $2`,
    [ids, cell],
  );
}

/** From the lock to the decision nobody changes anything of theirs; the new cell's copy is committed before the decision. */
async function copyAndDecide(
  { from, to }: Move,
  source: ClientBase,
  target: ClientBase,
  ids: readonly string[],
  onStep: (step: Step) => void | Promise<void>,
): Promise<number> {
  try {
    return await inTransaction(source, async () => {
      await shutGate(source, ids);
      await onStep('locked');
      // Its snapshot is from after the lock.
      const rows = await asOwner(from.admin, (reader) =>
        inTransaction(
          reader,
          () => inTransaction(target, () => takeIn(reader, target, ids, to.cell)),
          'begin isolation level repeatable read read only',
        ),
      );
      await onStep('copied');
      await letGo(source, ids, to.cell);
      return rows;
    });
  } catch (error) {
    const code = error instanceof DatabaseError ? error.code : undefined;
    if (code === NOT_AVAILABLE)
      throw new UnavailableError(
        'Something of theirs is being changed for longer than 5 seconds, an import perhaps: nothing was moved, try again later.',
        { cause: error },
      );
    if (code === UNIQUE_VIOLATION)
      throw new ConflictError(
        // Which one is only said to who may read it.
        `Cell ${to.cell} has something of theirs already (${error instanceof DatabaseError ? (error.detail ?? error.constraint) : ''}): nothing was moved.`,
        { cause: error },
      );
    throw error;
  }
}

/** Waits for the transactions that have passed the users' counters of events, and holds up all others. */
async function shutGate(source: ClientBase, ids: readonly string[]): Promise<void> {
  await source.query(`set local lock_timeout = '${LONGEST_WAIT}'`);
  await source.query(
    'select from event_counters where user_id = any ($1::uuid[]) order by user_id for update',
    [ids],
  );
}

/** Takes in the users' rows, inactive, in place of what an earlier try, or an earlier stay, has left. */
async function takeIn(
  reader: ClientBase,
  target: ClientBase,
  ids: readonly string[],
  cell: number,
): Promise<number> {
  await target.query(
    `delete from users where id in (
       select user_id from event_counters where moved_to is not null and user_id = any ($1::uuid[]))`,
    [ids],
  );
  const rows = await copyUsers(reader, target, ids, cell);
  // Where they were moved away from before, their secrets lead back here.
  await target.query(
    `insert into moved_secrets (hash, cell, until) select hash, $2, until from (${SECRETS}) s
     on conflict (hash) do update set cell = excluded.cell`,
    [ids, cell],
  );
  return rows;
}

/** All by which somebody, or a router, is known, of the users of $1. */
const SECRETS = `
  select token_hash as hash, expires_at as until from user_sessions where user_id = any ($1::uuid[]) and is_active
  union all select fingerprint, null from router_keys where user_id = any ($1::uuid[])
  union all select code_hash, expires_at from pairing_codes where user_id = any ($1::uuid[])
  union all select token_hash, expires_at from alert_links where user_id = any ($1::uuid[])
  union all select unsubscribe_hash, null from alert_channels where user_id = any ($1::uuid[]) and unsubscribe_hash is not null`;

/** What decides: from its commit on, the old cell changes nothing of theirs, and says where they are. */
async function letGo(source: ClientBase, ids: readonly string[], cell: number): Promise<void> {
  await source.query(
    `insert into moved_secrets (hash, cell, until) select hash, $2, until from (${SECRETS}) s
     on conflict (hash) do update set cell = excluded.cell`,
    [ids, cell],
  );
  await source.query(
    'update event_counters set moved_to = $2, moved_at = now() where user_id = any ($1::uuid[])',
    [ids, cell],
  );
  // Routers that are dialled are from now on dialled from there.
  await source.query('delete from router_dials where user_id = any ($1::uuid[])', [ids]);
  await source.query('update users set is_active = false where id = any ($1::uuid[])', [ids]);
}

/** From here on the new cell acts for them. Repeated, it changes nothing. */
async function arrive(
  directory: Directory,
  target: ClientBase,
  ids: readonly string[],
  cell: number,
): Promise<void> {
  const active = await directory.run<{ user_id: string }>(
    'select user_id from directory.people where user_id = any ($1::uuid[]) and was_active',
    [ids],
  );
  await inTransaction(target, async () => {
    const arrived = await target.query<{ user_id: string }>(
      'update event_counters set moved_to = null where user_id = any ($1::uuid[]) and moved_to = $2 returning user_id',
      [ids, cell],
    );
    const [here, may] = [arrived.rows, active].map((rows) => rows.map(({ user_id }) => user_id));
    await target.query(
      'update users set is_active = true where id = any ($1::uuid[]) and id = any ($2::uuid[])',
      [here, may],
    );
    await target.query(
      // Who has just been told that there is no such session here finds the reason for a minute more.
      `update moved_secrets set until = now() + interval '1 minute' where cell = $2 and hash in (select hash from (${SECRETS}) s)`,
      [ids, cell],
    );
  });
}

/** Who has asked for more time, and what became of it. */
import { type Selectable, sql } from 'kysely';
import type { Sender } from '../api/actor.ts';
import type { AccessAsks } from '../database/schema.generated.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError, NotFoundError, TooManyRequestsError } from '../errors.ts';
import type { HomeKey } from './queries.ts';

export const ASK_AGAIN_SECONDS = 5 * 60;
/** Who has not been answered for so long has asked for nothing any more. */
export const OPEN_HOURS = 24;
/** How many of one person are kept, the newest. */
const MOST_OF_PERSON = 100;
const MOST_LISTED = 200;

/** A row of access_asks, with what the person is called, and when what was granted ends; null: nothing was, or somebody has ended it. */
export type Ask = Selectable<AccessAsks> & { person_name: string; granted_until: string | null };
export type PersonOfHome = HomeKey & { person_id: string };

const COLUMNS = sql`ask.*, person.name as person_name, rule.until_at as granted_until
  from access_asks ask join people person on person.user_id = ask.user_id and person.id = ask.person_id
  left join access_rules rule on rule.user_id = ask.user_id and rule.id = ask.rule_id and rule.is_active`;
const IS_OPEN = sql`ask.answer is null and ask.asked_at > now() - make_interval(hours => ${OPEN_HOURS})`;

/** Of a home, the newest first; those that wait for an answer, or all that are kept, 200 at most. */
export async function listAsks(
  transaction: TenantTransaction,
  { user_id, home_id }: HomeKey,
  state: 'open' | 'all',
): Promise<Ask[]> {
  const { rows } = await sql<Ask>`
    select ${COLUMNS} where ask.user_id = ${user_id} and ask.home_id = ${home_id} and ${state === 'all' ? sql`true` : IS_OPEN}
    order by ask.id desc limit ${MOST_LISTED}`.execute(transaction);
  return rows;
}

/** One as it is now. */
export async function findAsk(
  transaction: TenantTransaction,
  { user_id, id }: Pick<Ask, 'user_id' | 'id'>,
): Promise<Ask> {
  const { rows } = await sql<Ask>`
    select ${COLUMNS} where ask.user_id = ${user_id} and ask.id = ${id}`.execute(transaction);
  const [ask] = rows;
  if (ask === undefined) throw new NotFoundError('ask', id);
  return ask;
}

/** The last one of a person. */
export async function findLastAsk(
  transaction: TenantTransaction,
  { user_id, person_id }: Pick<PersonOfHome, 'user_id' | 'person_id'>,
): Promise<Ask | undefined> {
  const { rows } = await sql<Ask>`
    select ${COLUMNS} where ask.user_id = ${user_id} and ask.person_id = ${person_id}
    order by ask.asked_at desc limit 1`.execute(transaction);
  return rows[0];
}

/** One that nobody has answered yet, locked until the transaction ends. Throws NotFoundError, or ConflictError. */
export async function lockOpenAsk(
  transaction: TenantTransaction,
  { user_id, home_id, id }: HomeKey & { id: string },
): Promise<Ask> {
  const { rows } = await sql<Ask>`
    select ${COLUMNS} where ask.user_id = ${user_id} and ask.home_id = ${home_id} and ask.id = ${id}
    for no key update of ask`.execute(transaction);
  const [ask] = rows;
  if (ask === undefined) throw new NotFoundError('ask', id);
  if (ask.answer === 'replaced')
    throw new ConflictError(`${ask.person_name} has asked again since: answer that.`);
  if (ask.answer !== null)
    throw new ConflictError(`Somebody has answered this already: it was ${ask.answer}.`);
  return ask;
}

/**
 * Stores what a person asks for, in place of what they asked before and nobody answered.
 * @throws {TooManyRequestsError} they have just asked
 */
export async function insertAsk(
  transaction: TenantTransaction,
  { user_id, home_id, person_id }: PersonOfHome,
  { minutes, message }: { minutes: number; message: string | null },
): Promise<Ask> {
  await refuseAgain(transaction, { user_id, person_id });
  await sql`
    update access_asks set answer = 'replaced', answered_at = now()
    where user_id = ${user_id} and person_id = ${person_id} and answer is null`.execute(
    transaction,
  );
  await sql`
    delete from access_asks where user_id = ${user_id} and id in (
      select id from access_asks where user_id = ${user_id} and person_id = ${person_id}
      order by asked_at desc offset ${MOST_OF_PERSON - 1})`.execute(transaction);
  const { id } = await transaction
    .insertInto('access_asks')
    .values({ user_id, home_id, person_id, minutes, message })
    .returning('id')
    .executeTakeFirstOrThrow();
  return findAsk(transaction, { user_id, id });
}

export async function storeAnswer(
  transaction: TenantTransaction,
  { userId, actorId }: Sender,
  { id }: Pick<Ask, 'id'>,
  answer: Pick<Ask, 'answer' | 'granted_minutes' | 'rule_id'>,
): Promise<void> {
  // A member's; the owner's is not stored.
  const name = sql<string | null>`nullif(current_setting('netpilot.actor_name', true), '')`;
  await transaction
    .updateTable('access_asks')
    .set({
      ...answer,
      answered_at: sql`now()`,
      answered_by: sql`case when ${name} is not null then ${actorId}::uuid end`,
      answered_by_name: name,
    })
    .where((row) => row.and({ user_id: userId, id }))
    .execute();
}

/** Of two simultaneous requests one waits here for the other. */
async function refuseAgain(
  transaction: TenantTransaction,
  { user_id, person_id }: Pick<PersonOfHome, 'user_id' | 'person_id'>,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`netpilot.ask ${person_id}`}, 0))`.execute(
    transaction,
  );
  const { rows } = await sql<{ seconds: number }>`
    select ceil(${ASK_AGAIN_SECONDS} - extract(epoch from now() - max(asked_at)))::integer as seconds from access_asks
    where user_id = ${user_id} and person_id = ${person_id}
    having max(asked_at) > now() - make_interval(secs => ${ASK_AGAIN_SECONDS})`.execute(
    transaction,
  );
  const [last] = rows;
  if (last !== undefined)
    throw new TooManyRequestsError(
      `You have just asked: ask again in ${Math.ceil(last.seconds / 60)} minutes.`,
      last.seconds,
      'asks',
    );
}

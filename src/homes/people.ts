/** The people of a home: the rows as the API shows them, and what changes them. */
import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Row } from '../database/models.ts';
import { QUOTAS, requireWithin } from '../database/quotas.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { COLOURS, type Colour } from './colours.ts';
import { findHome, lockHome } from './homes.ts';
import { ConflictError, NotFoundError, QuotaExceededError } from '../errors.ts';

/** A home, and everything that belongs to one. */
export type OfHome = { user_id: string; home_id: string };
export type PersonKey = OfHome & Row;

/** A person as the API shows them. */
export type Person = PersonKey & {
  name: string;
  colour: string;
  has_picture: boolean;
  member_id: string | null;
  /** How many devices they have: one that several routers know counts once. */
  devices: number;
};

/** All people of a home, by name. Throws NotFoundError if the user does not have the home. */
export async function listPeople(transaction: TenantTransaction, home: OfHome): Promise<Person[]> {
  const { rows } = await selectPeople(home).execute(transaction);
  if (rows.length > 0) return rows;
  await findHome(transaction, { user_id: home.user_id, id: home.home_id });
  return [];
}

/** One person. Throws NotFoundError if the home does not have them. */
export async function findPerson(transaction: TenantTransaction, key: PersonKey): Promise<Person> {
  const { rows } = await selectPeople(key, sql`and p.id = ${key.id}`).execute(transaction);
  const [person] = rows;
  if (person === undefined) throw new NotFoundError('person', key.id);
  return person;
}

function selectPeople({ user_id, home_id }: OfHome, condition: RawBuilder<unknown> = sql``) {
  return sql<Person>`
    select p.user_id, p.home_id, p.id, p.name, p.colour, p.picture is not null as has_picture, (
      select m.member_id from home_members m where m.user_id = p.user_id and m.person_id = p.id) as member_id, (
      select count(distinct coalesce(d.mac::text, d.id::text)) from user_devices d
      where d.user_id = p.user_id and d.person_id = p.id and d.shown_as is null) as devices
    from people p
    where p.user_id = ${user_id} and p.home_id = ${home_id} ${condition}
    order by lower(p.name), p.id`;
}

/** Locks a person until the transaction ends. Throws NotFoundError. */
export async function lockPerson(transaction: TenantTransaction, key: PersonKey): Promise<Person> {
  const { user_id, home_id, id } = key;
  await transaction
    .selectFrom('people')
    .select('id')
    .where((row) => row.and({ user_id, home_id, id }))
    .forUpdate()
    .executeTakeFirstOrThrow(() => new NotFoundError('person', id));
  return findPerson(transaction, key);
}

/**
 * Adds a person, in a colour that few have if none is given. Throws NotFoundError for a home that the user does not
 * have, ConflictError if a person there has the name, and QuotaExceededError.
 */
export async function insertPerson(
  transaction: TenantTransaction,
  home: OfHome,
  { name, colour }: { name: string; colour?: Colour | undefined },
): Promise<Person> {
  await lockHome(transaction, { user_id: home.user_id, id: home.home_id });
  const others = await listPeople(transaction, home);
  if (others.length >= QUOTAS.people)
    throw new QuotaExceededError('people', QUOTAS.people, others.length);
  await refuseSameName(transaction, home, name);
  const { user_id, home_id } = home;
  const { id } = await transaction
    .insertInto('people')
    .values({ user_id, home_id, name, colour: colour ?? rarestColour(others) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return findPerson(transaction, { ...home, id });
}

/** The first of the colours that the fewest people have. */
function rarestColour(people: readonly Pick<Person, 'colour'>[]): Colour {
  const count = (colour: Colour) => people.filter((person) => person.colour === colour).length;
  return COLOURS.reduce((rarest, colour) => (count(colour) < count(rarest) ? colour : rarest));
}

/** Writes a person's name or colour. Throws ConflictError if another person of the home has the name. */
export async function updatePerson(
  transaction: TenantTransaction,
  key: PersonKey,
  change: { name?: string; colour?: Colour },
): Promise<void> {
  const { user_id, home_id, id } = key;
  if (change.name !== undefined) await refuseSameName(transaction, key, change.name, id);
  await transaction
    .updateTable('people')
    .set(change)
    .where((row) => row.and({ user_id, home_id, id }))
    .execute();
}

/** Of simultaneous transactions that give one name, the second waits here for the end of the first. */
async function refuseSameName(
  transaction: TenantTransaction,
  home: OfHome,
  name: string,
  except?: string,
): Promise<void> {
  await lockHome(transaction, { user_id: home.user_id, id: home.home_id });
  const { rows } = await sql<{ name: string }>`
    select name from people
    where user_id = ${home.user_id} and home_id = ${home.home_id} and lower(name) = lower(${name})
      and id is distinct from ${except ?? null}::uuid`.execute(transaction);
  const [other] = rows;
  if (other !== undefined)
    throw new ConflictError(
      `There is already a person with the name ${JSON.stringify(other.name)} in this home: choose another name.`,
    );
}

/** Deletes a person, with the rules for them; their devices stay, and are nobody's. */
export async function deletePerson(
  transaction: TenantTransaction,
  { user_id, home_id, id }: PersonKey,
): Promise<void> {
  await transaction
    .deleteFrom('people')
    .where((row) => row.and({ user_id, home_id, id }))
    .execute();
}

/** The bytes of a person's picture; null if they have none. Throws NotFoundError for the person. */
export async function readPicture(
  transaction: TenantTransaction,
  { user_id, home_id, id }: PersonKey,
): Promise<Buffer | null> {
  const { picture } = await transaction
    .selectFrom('people')
    .select('picture')
    .where((row) => row.and({ user_id, home_id, id }))
    .executeTakeFirstOrThrow(() => new NotFoundError('person', id));
  return picture;
}

/** Writes or removes a person's picture. Throws QuotaExceededError. */
export async function writePicture(
  transaction: TenantTransaction,
  { user_id, home_id, id }: PersonKey,
  picture: Buffer | null,
): Promise<void> {
  await transaction
    .updateTable('people')
    .set({ picture })
    .where((row) => row.and({ user_id, home_id, id }))
    .execute();
  if (picture === null) return;
  const { rows } = await sql<{ bytes: number }>`
    select coalesce(sum(octet_length(picture)), 0)::bigint as bytes from people
    where user_id = ${user_id}`.execute(transaction);
  requireWithin('picture_bytes', rows[0]?.bytes ?? 0);
}

/** What a picture's entity tag is made of. */
export function tagOfPicture(picture: Buffer | null): { picture: string | null } {
  return { picture: picture && createHash('sha256').update(picture).digest('base64url') };
}

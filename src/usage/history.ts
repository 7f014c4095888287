/** What was used in a period: of a home, a device, or a person. */
import { sql } from 'kysely';
import { timestampOf } from '../access/schema.ts';
import type { OfRouter, Row } from '../database/models.ts';
import { wholeOf } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';
import { findHome } from '../homes/homes.ts';
import { type PersonKey, findPerson } from '../homes/people.ts';
import type { Period } from './periods.ts';

/** Bytes received and sent. */
type Bytes = { down: number; up: number };

/** As load_usage() gives it: times are seconds of the epoch. */
type Loaded = Bytes & {
  from: number;
  until: number;
  counting: 'counted' | 'partly' | 'none';
  series: (Bytes & { at: number })[];
  devices: (Bytes & { device_id: string; router_id: string; person_id: string | null })[];
  people: (Bytes & { person_id: string })[];
  others: Bytes;
};

/** Whose usage: of a home, of a device of a router in it, or of a person in it. */
export type Whose = {
  user_id: string;
  home_id: string;
  router_id?: string | undefined;
  device_id?: string | undefined;
  person_id?: string | undefined;
};

/** The home. Throws NotFoundError if the user does not have it. */
export async function homeOf(
  transaction: TenantTransaction,
  user_id: string,
  home_id: string,
): Promise<Whose> {
  const home = await findHome(transaction, { user_id, id: home_id });
  return { user_id, home_id: home.id };
}

/** The person. Throws NotFoundError if the home does not have them. */
export async function personOf(transaction: TenantTransaction, key: PersonKey): Promise<Whose> {
  const { user_id, home_id, id } = await findPerson(transaction, key);
  return { user_id, home_id, person_id: id };
}

/** The device, of its router. Throws NotFoundError if the router does not have it. */
export async function deviceOf(
  transaction: TenantTransaction,
  { user_id, router_id, id }: OfRouter & Row,
): Promise<Whose> {
  const { rows } = await sql<{ home_id: string; device_id: string }>`
    select r.home_id, d.id as device_id
    from user_devices d join user_routers r on r.user_id = d.user_id and r.router_id = d.router_id
    where d.user_id = ${user_id} and d.router_id = ${router_id} and d.id = ${wholeOf(user_id, id)}`.execute(
    transaction,
  );
  const [found] = rows;
  if (found === undefined) throw new NotFoundError('device', id);
  return { user_id, router_id, ...found };
}

export async function loadUsage(
  transaction: TenantTransaction,
  { user_id, home_id, router_id, device_id, person_id }: Whose,
  period: Period,
) {
  const { rows } = await sql<{ usage: Loaded }>`
    select load_usage(${user_id}, ${home_id}, ${router_id ?? null}, ${device_id ?? null}, ${person_id ?? null}, ${period}) as usage`.execute(
    transaction,
  );
  const [row] = rows;
  if (row === undefined) throw new NotFoundError('home', home_id);
  const { from, until, series, ...rest } = row.usage;
  return {
    period,
    from: timestampOf(from),
    until: timestampOf(until),
    ...rest,
    series: series.map(({ at, down, up }) => ({ at: timestampOf(at), down, up })),
  };
}

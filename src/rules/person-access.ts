/** What the rules of a home say for a person, with or without devices. */
import { accessAt } from '../access/access-at.ts';
import { presentInstant } from '../access/answers.ts';
import { loadHome } from '../access/load-home.ts';
import { type AccessAnswer, answerAccess } from '../access/schema.ts';
import type { AccessDevice } from '../access/types.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import type { OfHome, Person } from '../homes/people.ts';

export type PersonWithAccess = Person & { access: AccessAnswer };

/** Adds to a person what holds for a device of theirs for which nothing else is said. */
export async function withAccess(
  transaction: TenantTransaction,
  person: Person,
): Promise<PersonWithAccess> {
  return (await loadPersonAccess(transaction, person))(person);
}

/** The same for any number of people of one home, in one round trip. */
export async function loadPersonAccess(
  transaction: TenantTransaction,
  { user_id, home_id }: OfHome,
): Promise<(person: Person) => PersonWithAccess> {
  const { homes, timings } = await loadHome(transaction, { user_id, home_id, device_ids: [] });
  const home = homes.get(home_id);
  if (home === undefined) throw new Error(`The home ${home_id} was not loaded.`);
  const routers = [...home.routers.keys()];
  const isArmed = routers.length > 0 && routers.every((id) => timings.get(id)?.is_armed === true);
  const instant = presentInstant();
  return (person) => ({
    ...person,
    access: answerAccess(accessAt(home, anyDeviceOf(person), instant), isArmed),
  });
}

function anyDeviceOf({ id, home_id }: Person): AccessDevice {
  return {
    id,
    part_ids: [],
    router_id: '',
    home_id,
    is_router: false,
    person_id: id,
    network: null,
    is_reviewed: true,
    blocked_since: null,
    is_listed: false,
  };
}

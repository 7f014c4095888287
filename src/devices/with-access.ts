/** Devices together with what their homes have decided for them: access is not in SQL, but what accessAt() says. */
import { sql } from 'kysely';
import { type Decided, answersOf, presentInstant } from '../access/answers.ts';
import type { Access } from '../access/types.ts';
import { type HomeRows, loadHome, readHomes } from '../access/load-home.ts';
import type { Position } from '../api/page.ts';
import { type Sortable, orderRows, selectSortValue } from '../api/keyset.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import {
  ACCESS_STATES,
  type DeviceFilter,
  type ListedDevice,
  type Page,
  type ShownDevice,
  listRows,
  matching,
} from './listing.ts';

/** So many devices are looked at in one round trip, if they are filtered by access: all of any home. */
const MOST_AT_ONCE = 20_000;

/** One page of the user's devices, and one row more than `limit` if there is a next page. Two round trips. */
export async function listDevices(
  transaction: TenantTransaction,
  userId: string,
  filter: DeviceFilter,
  page: Page,
): Promise<(ShownDevice & Sortable)[]> {
  const wanted = filter.state && ACCESS_STATES.get(filter.state);
  if (wanted === undefined) {
    const rows = await listRows(transaction, userId, filter, page);
    return withAccess(transaction, userId, filter.router_id, rows);
  }
  const found = await findByAccess(transaction, userId, filter, wanted, page);
  const rows = await listRows(transaction, userId, filter, page, [...found.keys()]);
  return rows.flatMap((row) => withDecided(row, found));
}

/** Adds their access to devices of a user; all are of one router, if it is given. */
export async function withAccess<Row extends ListedDevice>(
  transaction: TenantTransaction,
  userId: string,
  routerId: string | undefined,
  rows: readonly Row[],
): Promise<(Row & Decided)[]> {
  if (rows.length === 0) return [];
  const loaded = await loadHome(transaction, {
    user_id: userId,
    router_id: routerId,
    device_ids: rows.map(({ id }) => id),
  });
  const answers = answersOf(loaded, presentInstant());
  return rows.flatMap((row) => withDecided(row, answers));
}

/** None if it has just been deleted. */
function withDecided<Row extends ListedDevice>(
  row: Row,
  answers: ReadonlyMap<string, Decided>,
): (Row & Decided)[] {
  const decided = answers.get(row.id);
  return decided === undefined ? [] : [{ ...row, ...decided }];
}

/** The devices of a page that have this access; of users with very many devices in several steps. */
async function findByAccess(
  transaction: TenantTransaction,
  userId: string,
  filter: DeviceFilter,
  wanted: Access,
  { sort, after, limit }: Page,
): Promise<Map<string, Decided>> {
  const found = new Map<string, Decided>();
  const instant = presentInstant();
  for (let from: Position | undefined = after; ;) {
    const { rows }: { rows: (HomeRows & { last: Position | null })[] } = await sql<
      HomeRows & { last: Position | null }
    >`
      with chunk as materialized (
        select id, ${selectSortValue(sort)}, row_number() over (order by ${orderRows(sort)}) as place
        from devices_now device
        where ${matching(userId, filter, { sort, after: from })}
        order by ${orderRows(sort)}
        limit ${MOST_AT_ONCE}
      )
      select loaded.*, (
        select jsonb_build_object('value', sort_value::text, 'id', id) from chunk where place = ${MOST_AT_ONCE}) as last
      from load_home(${userId}, null, ${filter.router_id ?? null}, array(select id from chunk)) loaded`.execute(
      transaction,
    );
    const [row = { homes: [], routers: [], devices: [], last: null }] = rows;
    const loaded = readHomes(row);
    const answers = answersOf(loaded, instant);
    for (const device of loaded.devices) {
      const answer = answers.get(device.id);
      if (answer?.access.access === wanted) found.set(device.id, answer);
    }
    if (row.last === null || found.size > limit) return found;
    from = row.last;
  }
}

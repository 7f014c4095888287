/** Nobody cuts off the device in use by mistake: a change that would needs `confirm`. If the device is not known, nothing is asked. */
import { type RawBuilder, sql } from 'kysely';
import { Type } from 'typebox';
import type { FastifyRequest } from '../api/app.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError } from '../errors.ts';
import { parseAddress } from '../parse-address.ts';
import { presentInstant } from './answers.ts';
import { type HomeRows, type LoadedHomes, readHomes } from './load-home.ts';
import { situationOf } from './situation.ts';
import { cutOffAt } from './timeline.ts';
import { timestampOf } from './schema.ts';

/** Of a body, and of the query of a DELETE. */
export const confirm = Type.Optional(
  Type.Boolean({
    description:
      'Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`.',
  }),
);

/** A conflict that the caller can resolve: the problem names `confirm`. */
export class OwnDeviceError extends ConflictError {
  constructor(at: number, now: number) {
    const when = at <= now ? 'once this holds' : `from ${timestampOf(at)} on`;
    super(
      `This cuts off the device you are using: ${when}, it cannot reach anything through its router. Send "confirm": true if you want that.`,
    );
  }

  override get extensions() {
    return { errors: [{ field: 'confirm', expected: 'true, to cut off the device in use' }] };
  }
}

/**
 * Runs a change, and compares what the device that sends the request gets before it and after it.
 * @throws {OwnDeviceError} it would be cut off, now or later, and the request does not confirm that; the transaction must end
 */
export async function keepOwnDevice<Result>(
  transaction: TenantTransaction,
  request: FastifyRequest,
  { userId }: { userId: string },
  isConfirmed: boolean | undefined,
  change: () => Promise<Result>,
): Promise<Result> {
  if (isConfirmed === true) return change();
  const before = await loadOwnDevice(transaction, userId, request);
  const result = await change();
  if (before.devices.length > 0)
    refuseCutOff(before, await loadOwnDevice(transaction, userId, request));
  return result;
}

/** Throws OwnDeviceError if one of the devices is blocked after a change at an instant, now or later, at which it was not before. */
export function refuseCutOff(before: LoadedHomes, after: LoadedHomes): void {
  const now = presentInstant();
  const at = findCutOff(before, after, now);
  if (at !== undefined) throw new OwnDeviceError(at, now);
}

/** The first such instant; undefined: there is none. */
export function findCutOff(
  before: LoadedHomes,
  after: LoadedHomes,
  now: number,
): number | undefined {
  for (const device of before.devices) {
    const then = after.devices.find(({ part_ids }) =>
      part_ids.some((id) => device.part_ids.includes(id)),
    );
    const [homeBefore, homeAfter] = [
      before.homes.get(device.home_id),
      then && after.homes.get(then.home_id),
    ];
    if (then === undefined || homeBefore === undefined || homeAfter === undefined) continue;
    const at = cutOffAt(situationOf(homeBefore, device), situationOf(homeAfter, then), now);
    if (at !== undefined) return at;
  }
  return undefined;
}

/** The device that sends a request, as far as its address shows; on several routers there can be several at it. */
export async function loadOwnDevice(
  transaction: TenantTransaction,
  userId: string,
  request: FastifyRequest,
): Promise<LoadedHomes> {
  const { rows } = await sql<HomeRows>`select own.* from ${ownDevice(userId, request)} own`.execute(
    transaction,
  );
  return readHomes(rows[0] ?? { homes: [], routers: [], devices: [] });
}

/** The same as a table of one row (`HomeRows`), to be part of another statement. */
export function ownDevice(userId: string, { ip }: FastifyRequest): RawBuilder<HomeRows> {
  const own = parseAddress(ip) ?? null;
  const atAnyRouter = sql`user_id = ${userId} and router_id in (select router_id from user_routers where user_id = ${userId})`;
  return sql<HomeRows>`load_home(${userId}, null, null, array(
    select id from user_devices where ${atAnyRouter} and holds_ip and ip = ${own}::inet
    union
    select device_id from device_addresses where ${atAnyRouter} and is_current and ip = ${own}::inet))`;
}

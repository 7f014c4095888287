/** What the Commands-Server's calls do. They throw NotFoundError and ConflictError as the protocol says. */
import type { Static, TObject } from 'typebox';
import { Value } from 'typebox/value';
import { endSessions } from '../accounts/sessions.ts';
import { type AnswerOf, CALLS, type Call, type RequestOf } from '../commands-client/protocol.ts';
import { type Block, type OfRouter, blocksOf } from '../database/models.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { ConflictError } from '../errors.ts';
import { setBlocked } from '../policy/blocking.ts';
import type { RefusedLine } from '../policy/refused-lines.ts';
import { findDelivery } from '../policy/revision.ts';
import { type Asking, askRouter } from './holder.ts';
import type { Caller } from './session.ts';

/** Milliseconds that a change waits for the router's answer; then it is `pending`. */
const CHANGE_TIMEOUT = 10_000;
/** Milliseconds that a question waits for a silent router, a few seconds less than the client waits. */
const QUESTION_TIMEOUT = 25_000;

/** What a call works with. */
export type Context = Asking & { caller: Caller };

/** A call, and what carries it out. */
export type Command = Call & { run: (context: Context, request: unknown) => Promise<unknown> };

export const COMMANDS: readonly Command[] = [
  command(CALLS.startSession, async (_context, { sessionId }) => ({ sessionId, active: true })),
  command(CALLS.endSession, async ({ caller, database }, { sessionId }) => {
    await tenantTransaction(database, caller.userId, (transaction) =>
      endSessions(transaction, caller, { only: caller.sessionRowId }),
    );
    return { sessionId, active: false };
  }),
  command(CALLS.block, (context, request) => change(context, request, true)),
  command(CALLS.unblock, (context, request) => change(context, request, false)),
  command(CALLS.blocked, async (context, { routerId }) => {
    const key = { user_id: context.caller.userId, router_id: routerId };
    // First the router is asked whether its rules are those of the database.
    await askRouter(context, key, { verb: 'check' }, QUESTION_TIMEOUT);
    return tenantTransaction(context.database, key.user_id, async (transaction) => {
      const { state, reason, refused = [] } = await findDelivery(transaction, key);
      if (state === 'pending') throw new ConflictError(reason ?? 'The router is out of date.');
      const blocks = await blocksOf(transaction, key).where('is_active', '=', true).execute();
      return {
        blocked: blocks
          .filter((block) => !isRefused(block, refused))
          .map((block) => ({ ip: block.device_ip, mac: block.device_mac })),
      };
    });
  }),
  command(CALLS.scan, async (context, { routerId }) => {
    const key = { user_id: context.caller.userId, router_id: routerId };
    const { devices = [] } = await askRouter(context, key, { verb: 'scan' }, QUESTION_TIMEOUT);
    return { devices, scannedAt: new Date().toISOString() };
  }),
];

function command<Request extends TObject, Answer extends TObject>(
  call: Call<Request, Answer>,
  run: (context: Context, request: Static<Request>) => Promise<Static<Answer>>,
): Command {
  return { ...call, run: (context, request) => run(context, Value.Parse(call.request, request)) };
}

/** Stores a change as the API does, and waits a moment for the router to confirm it. */
async function change(
  context: Context,
  { routerId, ip }: RequestOf<'block'>,
  blocked: boolean,
): Promise<AnswerOf<'block'>> {
  const { caller, database } = context;
  const key = { user_id: caller.userId, router_id: routerId };
  const stored = await tenantTransaction(database, caller.userId, async (transaction) => {
    await setBlocked(transaction, caller, key, ip, blocked);
    return findDelivery(transaction, key);
  });
  if (stored.state === 'pending') await waitFor(context, key, stored.policy_revision);
  return tenantTransaction(database, caller.userId, async (transaction) => {
    const delivery = await findDelivery(transaction, key);
    const { refused = [], reason } = delivery;
    const blocks = await blocksOf(transaction, key).where('is_active', '=', true).execute();
    const isOdd = blocks.some((block) => block.device_ip === ip && isRefused(block, refused));
    const isDone = delivery.state === 'applied' || (delivery.state === 'partial' && !isOdd);
    // The protocol knows two states: what nobody can confirm is pending.
    const answer = { routerId, ip, blocked };
    if (isDone) return { ...answer, state: 'applied' };
    return { ...answer, state: 'pending', ...(reason !== undefined && { reason }) };
  });
}

/** Whether the router does not do it. */
function isRefused(
  { device_ip, device_mac }: Pick<Block, 'device_ip' | 'device_mac'>,
  refused: readonly RefusedLine[],
): boolean {
  return refused.some(({ address }) => address === device_ip || address === device_mac);
}

/** Waits a moment for the router's answer to a revision; what became of it, the database says. */
async function waitFor(context: Context, key: OfRouter, revision: number): Promise<void> {
  try {
    await askRouter(context, key, { verb: 'settled', revision }, CHANGE_TIMEOUT);
  } catch (error) {
    // It is stored, and reaches the router once that can be reached.
    if (!(error instanceof ConflictError)) throw error;
  }
}

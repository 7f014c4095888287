/** Asks whichever Commands-Server holds a router: this one, or another. */
import { sql } from 'kysely';
import type { Database } from '../database/pool.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { ConflictError } from '../errors.ts';
import type { OfRouter } from '../database/models.ts';
import type { RouterConnections } from '../fleet/connections.ts';
import { type Answer, type Question, answerQuestion, parseAnswer } from '../fleet/questions.ts';
import { findRouter } from '../routers/queries.ts';
import { NoAnswerError, NobodyThereError } from '../wakes/questions.ts';
import type { Wakes } from '../wakes/wakes.ts';

/** Milliseconds more for the way to another process and back. */
const WAY = 1_000;
/** Seconds after which the database knows where a router is that has just moved, or whose Commands-Server has gone. */
const MOVES_SOON = { retryAfterSeconds: 5 };

/** What asking works with. */
export type Asking = {
  database: Database;
  connections: Pick<RouterConnections, 'find'>;
  wakes: Pick<Wakes, 'ask'>;
};

type What = { verb: 'scan' } | { verb: 'check' } | { verb: 'settled'; revision: number };
type Done = Extract<Answer, { state: 'done' }>;

/**
 * The answer of a router, within so many milliseconds altogether, wherever it is connected. Throws NotFoundError; ConflictError if it is
 * not connected anywhere, or does not answer.
 */
export async function askRouter(
  asking: Asking,
  router: OfRouter,
  what: What,
  milliseconds: number,
): Promise<Done> {
  const until = performance.now() + milliseconds;
  const left = () => Math.max(1, Math.round(until - performance.now()));
  let answer = await askOnce(asking, router, what, left());
  // It has just moved: where to, the database says.
  if (answer.state === 'not-mine') answer = await askOnce(asking, router, what, left());
  if (answer.state === 'done') return answer;
  if (answer.state === 'failed') throw new ConflictError(answer.reason);
  if (answer.state === 'silent') throw new ConflictError('The router did not answer in time.');
  throw new ConflictError('The router connects elsewhere just now.', MOVES_SOON);
}

async function askOnce(
  { database, connections, wakes }: Asking,
  router: OfRouter,
  what: What,
  milliseconds: number,
): Promise<Answer> {
  const { connection_id, instance, address } = await findHolder(database, router);
  const question: Question = { ...router, ...what, connection_id, milliseconds };
  const isHere = connections.find(router)?.held.connection_id === connection_id;
  if (isHere) return answerQuestion(connections, question);
  if (instance === null) throw goneError();
  try {
    const node = { instance, url: address };
    const text = await wakes.ask(node, JSON.stringify(question), milliseconds + WAY);
    return parseAnswer(text) ?? { state: 'failed', reason: 'Its answer was not understood.' };
  } catch (error) {
    if (error instanceof NobodyThereError) throw goneError();
    if (!(error instanceof NoAnswerError)) throw error;
    throw new ConflictError(
      `The router is connected to another Commands-Server, which did not answer: ${error.message}.`,
      MOVES_SOON,
    );
  }
}

function goneError(): ConflictError {
  return new ConflictError(
    'The router is not connected: its Commands-Server has gone, and it connects to another one.',
    MOVES_SOON,
  );
}

type Holder = { connection_id: string; instance: string | null; address: string | null };

async function findHolder(database: Database, router: OfRouter): Promise<Holder> {
  const { user_id, router_id } = router;
  return tenantTransaction(database, user_id, async (transaction) => {
    // For its error: whose it is comes before where it is.
    await findRouter(transaction, router);
    const { rows } = await sql<Holder>`
      select connection_id, instance, address from router_holder(${user_id}, ${router_id})`.execute(
      transaction,
    );
    if (rows[0] === undefined) throw new ConflictError('The router is not connected.');
    return rows[0];
  });
}

/** What one process asks another of a router that is connected there. */
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { OfRouter } from '../database/models.ts';
import type { Neighbour } from '../devices/neighbour.ts';
import { ConflictError } from '../errors.ts';
import { parseJson } from '../parse-json.ts';
import { within } from '../timeout.ts';
import { type Answerer, isShort } from '../wakes/questions.ts';
import type { RouterConnections } from './connections.ts';

const Name = Type.String({ maxLength: 255 });
const OfConnection = {
  user_id: Name,
  router_id: Name,
  /** It is answered for this connection only. */
  connection_id: Name,
  /** How long the router has. */
  milliseconds: Type.Integer({ minimum: 1, maximum: 60_000 }),
};

/**
 * `scan`: which devices are online. `check`: asks the router whether its rules are those of the database. `settled`: waits until it has
 * answered to a revision; what it has answered is in the database.
 */
const Question = Type.Union([
  Type.Object({ ...OfConnection, verb: Type.Literal('scan') }),
  Type.Object({ ...OfConnection, verb: Type.Literal('check') }),
  Type.Object({ ...OfConnection, verb: Type.Literal('settled'), revision: Type.Integer() }),
]);
export type Question = Static<typeof Question>;

const Answer = Type.Union([
  Type.Object({
    state: Type.Literal('done'),
    /** Of a scan, each address of each device that is online. */
    devices: Type.Optional(
      Type.Array(
        Type.Object({
          ip: Type.String(),
          mac: Type.String(),
          hostname: Type.Union([Type.String(), Type.Null()]),
        }),
      ),
    ),
  }),
  /** The connection is not here, or counts no more. */
  Type.Object({ state: Type.Literal('not-mine') }),
  Type.Object({ state: Type.Literal('silent') }),
  Type.Object({ state: Type.Literal('failed'), reason: Type.String() }),
]);
export type Answer = Static<typeof Answer>;

const DONE: Answer = { state: 'done' };

const TOO_MANY =
  'The router sees more devices than one answer may have (1 MB): read them from the inventory, which has them now.';

/** Undefined if it is no answer. */
export function parseAnswer(text: string): Answer | undefined {
  const value = parseJson(text);
  return Value.Check(Answer, value) ? value : undefined;
}

/** Answers for the routers of this process. Rejects as what it asks does. */
export async function answerQuestion(
  connections: Pick<RouterConnections, 'find'>,
  question: Question,
): Promise<Answer> {
  const { milliseconds, connection_id } = question;
  const connection = connections.find(routerOf(question));
  if (connection?.held.connection_id !== connection_id) return { state: 'not-mine' };
  if (question.verb === 'settled') {
    await connection.settled(question.revision, milliseconds);
    return DONE;
  }
  const ask = async () => {
    if (question.verb === 'scan') return onlineOf(await connection.scan());
    await connection.check();
    return DONE;
  };
  return within(milliseconds, ask(), (): Answer => ({ state: 'silent' }));
}

function onlineOf(neighbours: readonly Neighbour[]): Answer {
  const online = neighbours.filter((neighbour) => neighbour.online);
  const devices = online.map(({ ip, mac, hostname }) => ({ ip, mac, hostname }));
  const answer = { state: 'done', devices } as const;
  return isShort(JSON.stringify(answer)) ? answer : { state: 'failed', reason: TOO_MANY };
}

function routerOf({ user_id, router_id }: Question): OfRouter {
  return { user_id, router_id };
}

/** The same, for questions of other processes. */
export function createAnswerer(
  connections: Pick<RouterConnections, 'find'>,
  onError: (error: unknown) => void,
): Answerer {
  return async (text) => {
    const question = parseJson(text);
    if (!Value.Check(Question, question)) throw new Error('a question that nobody asks here');
    try {
      return JSON.stringify(await answerQuestion(connections, question));
    } catch (error) {
      if (error instanceof ConflictError)
        return JSON.stringify({ state: 'failed', reason: error.message } satisfies Answer);
      onError(error);
      throw error;
    }
  };
}

/** Whether the processes can tell and ask each other by NATS, if that is configured. */
import { randomUUID } from 'node:crypto';
import { type NatsConnection, connect, errors } from '@nats-io/transport-node';
import type { Config } from '../config/config.ts';
import { connectionOptions } from '../wakes/nats-options.ts';
import { heartbeatsSubject, inboxPrefix, questionsSubject, subjectOf } from '../wakes/subjects.ts';
import { type Result, fail, ok, reasonOf, warn } from './check.ts';

const FIX =
  'start a server, or correct NATS_URL and its files. Until then changes take seconds, and only the Commands-Server that holds a router can ask it.';

/** Checks that a server lets this login in, and for which roles its permissions are enough, by hints about ids that nobody has. */
export async function checkNats({ nats, cell }: Pick<Config, 'nats' | 'cell'>): Promise<Result> {
  if (nats === undefined)
    return ok(
      'Not configured (NATS_URL): processes tell each other by PostgreSQL, and a node that cannot reach it keeps its routers.',
    );
  const number = cell?.number ?? 0;
  let connection: NatsConnection;
  try {
    connection = await connect(connectionOptions(nats, inboxPrefix(number)));
  } catch (error) {
    return fail(`It cannot be used: ${reasonOf(error)}.`, FIX);
  }
  const { version = 'of an unknown version', server_name: name = '' } = connection.info ?? {};
  const roles = await findRoles(connection, number);
  if (roles.length === 0)
    return warn(
      `nats-server ${version} (${name}) lets this login in, but allows it none of the roles: nobody would be told.`,
      'give it the permissions of its role in deploy/cluster/nats.conf, or choose another NATS_NKEY_FILE.',
    );
  return ok(`nats-server ${version} (${name}) allows ${roles.join(', ')}.`);
}

/** The roles that this login may have. Ends the connection. */
async function findRoles(connection: NatsConnection, cell: number): Promise<string[]> {
  const [user, node] = [randomUUID(), randomUUID()];
  const users = subjectOf(cell, 'user', { key: user });
  const routers = subjectOf(cell, 'router', { node });
  const questions = questionsSubject(cell, node);
  const heartbeats = heartbeatsSubject(cell);
  const needs = {
    api: { told: [users, routers], heard: [users] },
    'commands-server': {
      told: [users, routers, questions, heartbeats],
      heard: [routers, questions, heartbeats],
    },
    worker: { told: [users, routers], heard: [subjectOf(cell, 'alerts', {})] },
  };
  const refused = new Set<string>();
  const reading = (async () => {
    for await (const status of connection.status())
      if (status.type === 'error' && status.error instanceof errors.PermissionViolationError)
        refused.add(`${status.error.operation} ${status.error.subject}`);
  })();
  for (const { told, heard } of Object.values(needs)) {
    for (const subject of told) connection.publish(subject);
    for (const subject of heard) connection.subscribe(subject, { callback: () => undefined });
  }
  await connection.flush();
  await connection.close();
  await reading;
  return Object.entries(needs).flatMap(([role, { told, heard }]) =>
    told.some((subject) => refused.has(`publish ${subject}`)) ||
    heard.some((subject) => refused.has(`subscription ${subject}`))
      ? []
      : [role],
  );
}

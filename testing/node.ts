/** A process of the role `commands-server` with both its sides, as several run on one database. */
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import {
  type CommandsServerClient,
  createCommandsServerClient,
} from '../src/commands-client/client.ts';

import { createHttpServer } from '../src/commands-server/http-server.ts';
import { serveQuestions } from '../src/commands-server/questions-route.ts';
import { type Database, openDatabase } from '../src/database/pool.ts';
import type { CommandsServer, CommandsServerOptions } from '../src/fleet/start.ts';
import { tellSaid } from '../src/wakes/postgresql.ts';
import type { Wakes } from '../src/wakes/wakes.ts';
import { startTestCommandsServer } from './commands-server-role.ts';
import type { TestDatabase } from './database.ts';

export const TOKEN = 'a-token-for-tests';
export const SECRET_KEY = 'a key for tests only, 32 characters or more';

export type TestNode = CommandsServer & {
  /** Of its calls and questions. */
  url: string;
  client: CommandsServerClient;
  /** Told of by its own wakes. */
  database: Database;
};

/** Stopped after the test, with its wakes. */
export async function startTestNode(
  database: TestDatabase,
  wakes: Wakes,
  options: Partial<CommandsServerOptions> = {},
): Promise<TestNode> {
  onTestFinished(wakes.close);
  const service = openDatabase(database.addresses.service, {
    role: 'netpilot_service',
    onSaid: tellSaid(wakes),
  });
  onTestFinished(service.close);
  const own = { ...database, service: service.database, wakes };
  const server = await startTestCommandsServer(own, options);
  const app = createHttpServer({
    database: service.database,
    connections: server.connections,
    wakes,
    token: TOKEN,
    log: pino({ level: 'silent' }),
  });
  serveQuestions(app, SECRET_KEY, server);
  onTestFinished(() => app.close());
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  await server.lease.announce({ address: url });
  const client = createCommandsServerClient({ url, token: TOKEN, retryDelay: 1 });
  return { ...server, url, client, database: service.database };
}

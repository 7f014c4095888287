import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import {
  type CommandsServer,
  type CommandsServerOptions,
  startCommandsServer,
} from '../src/fleet/start.ts';
import { readOrMakeHostKey } from '../src/fleet/openwrt/host-key.ts';
import type { TestDatabase } from './database.ts';

/** A Commands-Server that routers of the test dial; stopped after it. */
export async function startTestCommandsServer(
  { service, addresses }: TestDatabase,
  options: Partial<CommandsServerOptions> = {},
): Promise<CommandsServer> {
  const server = await startCommandsServer({
    database: service,
    serviceAddress: addresses.service,
    hostKey: await readOrMakeHostKey(service, 'a key for tests only, 32 characters or more'),
    log: pino({ level: 'silent' }),
    host: '127.0.0.1',
    port: 0,
    onSightings: () => Promise.resolve(),
    ...options,
  });
  onTestFinished(server.stop);
  return server;
}

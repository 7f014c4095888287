import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import {
  type CommandsServer,
  type CommandsServerOptions,
  startCommandsServer,
} from '../src/fleet/start.ts';
import { createOpenWrtDriver } from '../src/fleet/openwrt/driver.ts';
import { readOrMakeHostKeys } from '../src/fleet/openwrt/host-key.ts';
import type { TestDatabase } from './database.ts';

/** A Commands-Server that routers of the test dial; stopped after it. */
export async function startTestCommandsServer(
  { service, wakes }: TestDatabase,
  options: Partial<CommandsServerOptions> = {},
): Promise<CommandsServer> {
  const log = pino({ level: 'silent' });
  const hostKeys = await readOrMakeHostKeys(service, 'a key for tests only, 32 characters or more');
  const server = await startCommandsServer({
    database: service,
    wakes,
    driver: createOpenWrtDriver({ hostKeys, log }),
    log,
    host: '127.0.0.1',
    port: 0,
    ...options,
  });
  onTestFinished(server.stop);
  return server;
}

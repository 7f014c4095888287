import { once } from 'node:events';
import { afterAll } from 'vitest';
import { type TestApp, createTestApp } from '../testing/app.ts';
import { type Child, runChild } from '../testing/child.ts';
import { type TestDatabase, createTestDatabase } from '../testing/database.ts';
import { parseConfig } from '../src/config/config.ts';
import type { DialRules } from '../src/config/dialling.ts';
import { readOrMakeHostKeys } from '../src/fleet/openwrt/host-key.ts';
import { NODE, expose } from './cloud.ts';
import { INTERNET4, type Lab, type Started } from './lab.ts';

export const SECRET = 'a key for tests only, 32 characters or more';

/** A Commands-Server in a process of its own, that a test may kill. */
export type CommandsServer = { child: Child; port: number };

/** NetPilot's service as the lab's router reaches it: the API at port 8080 of the lab's internet. */
export type Service = TestApp & {
  database: TestDatabase;
  /**
   * One on this machine, to `expose` at port 2222; runs until the tests of the file are over.
   * @param ahead milliseconds that its clock is ahead of ours
   */
  startCommandsServer: (ahead?: number) => Promise<CommandsServer>;
  /** One in the lab's internet: it reaches the router, and the router it. */
  startInside: () => Promise<Started>;
};

const NO_CALLS: DialRules = { networks: [], tunnels: undefined };

/** Starts the API; a Commands-Server is the test's to start. */
export async function startService(lab: Lab, dial = NO_CALLS): Promise<Service> {
  const database = await createTestDatabase();
  const { ed25519, rsa } = await readOrMakeHostKeys(database.service, SECRET);
  const served = await createTestApp(database, {
    config: { ...parseConfig({}), publicUrl: `http://${INTERNET4}:8080`, dial },
    secretKey: SECRET,
    routerAccess: {
      host: INTERNET4,
      port: 2222,
      hostKeys: [ed25519.publicKey, rsa.publicKey],
    },
  });
  const api = new URL(await served.app.listen({ host: '127.0.0.1', port: 0 }));
  afterAll(await expose(lab, 8080, Number(api.port)));
  const children: Child[] = [];
  afterAll(() => {
    for (const child of children) child.process.kill('SIGKILL');
  });
  const program = (host: string, port: number, ahead = 0) => `
    const now = Date.now;
    Date.now = () => now() + ${ahead};
    import { pino } from 'pino';
    import { startCommandsServer } from './src/fleet/start.ts';
    import { createOpenWrtDriver } from './src/fleet/openwrt/driver.ts';
    import { openDatabase } from './src/database/pool.ts';
    import { readOrMakeHostKeys } from './src/fleet/openwrt/host-key.ts';
    import { createWakes, tellSaid } from './src/wakes/postgresql.ts';
    const serviceAddress = ${JSON.stringify(database.addresses.service)};
    const wakes = createWakes(serviceAddress, () => undefined);
    const { database } = openDatabase(serviceAddress, { role: 'netpilot_service', onSaid: tellSaid(wakes) });
    const hostKeys = await readOrMakeHostKeys(database, '${SECRET}');
    const log = pino({ level: 'silent' });
    const { port } = await startCommandsServer({ database, wakes, log, driver: createOpenWrtDriver({ hostKeys, log }),
      dial: { rules: ${JSON.stringify(dial)}, secretKey: '${SECRET}' },
      host: '${host}', port: ${port} });
    console.log('port ' + port + '.');
  `;
  return {
    ...served,
    database,
    startCommandsServer: async (ahead) => {
      const child = runChild(program('127.0.0.1', 0, ahead));
      children.push(child);
      let said = '';
      child.process.stdout.on('data', (text: string) => (said += text));
      await child.says('.');
      return { child, port: Number(/port (\d+)/.exec(said)?.[1]) };
    },
    startInside: async () => {
      const started = lab.internet.start(...NODE, program(INTERNET4, 2222));
      await once(started.process.stdout, 'data');
      return started;
    },
  };
}

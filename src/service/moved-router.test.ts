/** Somebody is moved from one cell to another while they block and unblock: nothing that was acknowledged is lost, and their router follows. */
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { startCells } from '../../testing/cells.ts';
import { freePort } from '../../testing/free-port.ts';
import { openEventStream } from '../../testing/event-stream.ts';
import { moveHousehold } from '../cells/moving.ts';
import { enroll, shareServerKeys } from '../cells/operating.ts';
import { createOpenWrtDriver } from '../fleet/openwrt/driver.ts';
import { hostKeyCredential, readOrMakeHostKeys } from '../fleet/openwrt/host-key.ts';
import { startCommandsServer } from '../fleet/start.ts';
import { maintenanceTransaction } from '../database/transaction.ts';
import { createAgent } from '../simulator/agent.ts';
import { dial } from '../simulator/dial.ts';
import { createHome } from '../simulator/home.ts';
import { makeIdentity } from '../simulator/identity.ts';
import { openCells } from '../cells/cells.ts';
import { destinationOf } from './cells.ts';

const { cell, directory, directoryAddress, publicUrl } = await startCells([3, 7]);
const [three, seven] = [cell(3), cell(7)];
const ROUTER = 'mac-1';
const log = pino({ level: 'silent' });

/** The Commands-Server of a cell, at a port that the directory names. */
async function holdRouters(of: typeof three) {
  const { database, number } = of;
  const { secretKey } = of.services;
  const hostKeys = await readOrMakeHostKeys(database.service, secretKey);
  const port = await freePort();
  await directory.run(
    `update directory.cells set routers_host = '127.0.0.1', routers_port = $2 where cell = $1`,
    [number, port],
  );
  const cells = await openCells({ number, directory: directoryAddress }, () => undefined);
  const refresh = async () =>
    Object.assign(cells, await openCells({ number, directory: directoryAddress }, () => undefined));
  const server = await startCommandsServer({
    host: '127.0.0.1',
    port,
    database: database.service,
    wakes: database.wakes,
    driver: createOpenWrtDriver({ hostKeys, log }),
    log,
    findDestination: (fingerprint) => destinationOf(database.service, cells, fingerprint),
  });
  onTestFinished(async () => {
    await server.stop();
    await cells.close();
  });
  return { server, hostKeys, port, refresh };
}

test('0 acknowledged changes are lost, and the router is at its new cell', async () => {
  const credentials = (['ed25519', 'rsa'] as const).map((kind) =>
    hostKeyCredential(three.services.secretKey, kind),
  );
  await readOrMakeHostKeys(three.database.service, three.services.secretKey);
  for (const one of [three, seven])
    await shareServerKeys(one.database.owner, directory, credentials);
  const [here, there] = [await holdRouters(three), await holdRouters(seven)];
  await Promise.all([here.refresh(), there.refresh()]);
  expect(here.hostKeys).toEqual(there.hostKeys);

  // Ann lives in cell 3, with a router that is simulated, but for its SSH.
  const ann = await three.enter();
  await enroll(three.database.owner, directory, 3);
  const send = (method: string, path: string, body?: object) =>
    fetch(`${publicUrl}/api/v1${path}`, {
      method,
      headers: {
        cookie: ann.cookie,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  const { code } = Object(await (await send('POST', '/pairing-codes')).json());
  const identity = makeIdentity(1);
  const linked = await fetch(`${publicUrl}/agent/register`, {
    method: 'POST',
    body: new URLSearchParams({
      code,
      router_id: ROUTER,
      public_key: identity.public_key,
    }),
  });
  expect(linked.status).toBe(200);
  const agent = createAgent(createHome(1, 3));
  let offlineSince = 0;
  const offline: number[] = [];
  const router = dial({
    access: { host: '127.0.0.1', port: here.port, hostKeys: [here.hostKeys.ed25519.publicKey] },
    privateKey: identity.private_key,
    agent,
    onChange: (change) => {
      if (change === 'disconnected') offlineSince = performance.now();
      else if (offlineSince > 0) offline.push(performance.now() - offlineSince);
    },
  });
  onTestFinished(router.stop);
  const own = `/routers/${ROUTER}`;
  const isConnected = async () => Object(await (await send('GET', own)).json()).is_connected;
  await expect.poll(isConnected, { timeout: 20_000 }).toBe(true);
  const stream = await openEventStream(`${publicUrl}/api/v1/events`, { cookie: ann.cookie });

  // One device after the other is blocked; who is told to try again does.
  const acknowledged: string[] = [];
  const refused = new Set<number>();
  const over = new AbortController();
  const changing = (async () => {
    for (let turn = 1; !over.signal.aborted && turn < 900; turn += 1) {
      const device_ip = `198.51.${Math.floor(turn / 250)}.${(turn % 250) + 1}`;
      for (let isDone = false; !isDone;) {
        const answer = await send('POST', `${own}/blocks`, { device_ip });
        await answer.arrayBuffer();
        // 409: stored, though the answer said to try again.
        isDone = answer.ok || answer.status === 409;
        if (isDone) acknowledged.push(device_ip);
        else refused.add(answer.status);
      }
    }
  })();
  await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(20);

  const began = performance.now();
  const email = Object(await (await send('GET', '/me')).json()).email;
  await moveHousehold({
    directory,
    from: { cell: 3, admin: three.database.addresses.admin },
    to: { cell: 7, admin: seven.database.addresses.admin },
    email,
  });
  const took = performance.now() - began;
  const before = acknowledged.length;
  await expect.poll(() => there.server.connections.size(), { timeout: 20_000 }).toBe(1);
  await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before + 5);
  over.abort();
  await changing;
  process.stdout.write(
    `moved in ${Math.round(took)} ms under changes; router offline for ${offline.map(Math.round).join(' + ')} ms; ${acknowledged.length} changes acknowledged\n`,
  );

  // By the old cookie and at the old cell: it is the new one that answers.
  const me = await send('GET', '/me');
  expect(await me.json()).toMatchObject({ id: ann.userId });
  const stored = await maintenanceTransaction(seven.database.owner, (transaction) =>
    transaction.selectFrom('user_blocked_devices').select('device_ip').execute(),
  );
  const wanted = acknowledged.toSorted();
  expect(stored.map(({ device_ip }) => device_ip ?? '').toSorted()).toEqual(wanted);
  // Only these answers make somebody try again.
  expect([...refused].filter((status) => status !== 503)).toEqual([]);
  // And the router does that, and nothing else.
  await expect
    .poll(
      () =>
        agent
          .policy()
          .document.filter((line) => line.startsWith('block '))
          .map((line) => line.slice(6))
          .toSorted(),
      { timeout: 20_000 },
    )
    .toEqual(wanted);
  expect(agent.isUnlinked()).toBe(false);
  expect(here.server.connections.size()).toBe(0);
  stream.close();
});

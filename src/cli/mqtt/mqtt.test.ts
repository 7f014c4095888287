/** `netpilot mqtt`, as a process, between a service with a simulated router and Debian's mosquitto. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findRefusals, type Watcher, watchBroker } from '../../../testing/home-assistant.ts';
import { createHomeCommands } from '../../../testing/home-commands.ts';
import { type Mosquitto, hasMosquitto, startMosquitto } from '../../../testing/mosquitto.ts';
import { createToken, endToken } from '../../accounts/tokens.ts';
import type { Scope } from '../../api/access.ts';
import { type TenantTransaction, tenantTransaction } from '../../database/transaction.ts';
import { routerKey } from '../../mqtt/topics.ts';
import { withService } from '../database.ts';
import { requireActive } from '../person.ts';

const { run, runWith, document, start, restart, addresses, url } = await createHomeCommands();

const { homes } = Object(await document('home', 'list'));
const home: string = homes[0].id;
const ps5 = Object(await document('device', 'show', 'PS5'));
const BASE = `netpilot/${home}`;
const of = (name: string) => `${BASE}/device/${ps5.id}/${name}`;
const config = `homeassistant/device/netpilot_${home}_device_${ps5.id}/config`;

/** As the only user. */
function inTenant<Result>(
  work: (transaction: TenantTransaction, userId: string) => Promise<Result>,
) {
  return withService(addresses.service, async (database) => {
    const { id: userId } = await requireActive(addresses, undefined, '--user');
    return tenantTransaction(database, userId, (transaction) => work(transaction, userId));
  });
}

const makeToken = (scopes: readonly Scope[], router_id?: string) =>
  inTenant((transaction, userId) =>
    createToken(
      transaction,
      { userId, kind: 'user' },
      { token_name: 'bridge', scopes, ...(router_id !== undefined && { router_id }) },
    ),
  );

test('without a broker, or without a token that lasts, it says what is missing', async () => {
  expect(await run('mqtt')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^netpilot: MQTT_URL: expected the broker at home/),
  });
  expect(await runWith({ MQTT_URL: 'mqtt://127.0.0.1' }, 'mqtt')).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('create an API token'),
  });
  const wrong = { MQTT_URL: 'mqtt://127.0.0.1', NETPILOT_URL: url, NETPILOT_TOKEN: 'np_none' };
  expect(await runWith(wrong, 'mqtt')).toMatchObject({
    code: 6,
    stderr: expect.stringMatching(/^netpilot: NetPilot does not accept this token/),
  });
});

describe.skipIf(!hasMosquitto)('The bridge', () => {
  let broker: Mosquitto;
  let watcher: Watcher;
  beforeAll(async () => {
    broker = await startMosquitto();
    watcher = await watchBroker(broker.port);
  });
  afterAll(async () => {
    await watcher?.end();
    await broker?.remove();
  });

  function startBridge(token: string) {
    const running = start(['mqtt'], {
      MQTT_URL: `mqtt://127.0.0.1:${broker.port}`,
      NETPILOT_URL: url,
      NETPILOT_TOKEN: token,
    });
    onTestFinished(async () => {
      running.child.kill('SIGKILL');
      await running.ended;
    });
    return running;
  }

  test('switches a device and a person, once the router has confirmed it; and ends in order', async () => {
    await document('person', 'add', 'Tim');
    const { people } = Object(await document('person', 'list'));
    const { token } = await makeToken(['control']);
    const { child, ended } = startBridge(token);
    await watcher.until(`${BASE}/status`, 'online');
    const configs = [...watcher.retained].filter(([topic]) => topic.endsWith('/config'));
    expect(configs.flatMap(([topic, payload]) => findRefusals(topic, payload))).toEqual([]);
    expect(JSON.parse(watcher.retained.get(config) ?? '')).toMatchObject({
      device: { connections: [['mac', ps5.mac]], name: expect.stringContaining('PS5') },
      components: { internet: { platform: 'switch' } },
    });
    expect(watcher.retained.get(`${BASE}/router/${routerKey(ps5.router_id)}/status`)).toBe(
      'online',
    );

    await watcher.until(of('internet'), 'ON');
    await watcher.send(of('internet/set'), 'OFF');
    await watcher.until(of('internet'), 'OFF');
    expect(await document('status')).toMatchObject({ blocked: [{ id: ps5.id }] });
    await watcher.send(of('internet/set'), 'ON');
    await watcher.until(of('internet'), 'ON');
    await watcher.send(of('pause/press'), 'PRESS');
    await watcher.until(of('internet'), 'OFF');
    await watcher.until(of('minutes_left'), /^(29|30)$/);
    await watcher.send(of('allow/press'), 'PRESS');
    await watcher.until(of('access'), /"reason":"exception".*"is_applied":true/);
    await watcher.until(of('internet'), 'ON');

    const tim = `${BASE}/person/${people[0].id}`;
    await watcher.until(`${tim}/internet`, 'ON');
    await watcher.send(`${tim}/internet/set`, 'OFF');
    await watcher.until(`${tim}/internet`, 'OFF');
    await watcher.send(`${tim}/internet/set`, 'ON');
    await watcher.until(`${tim}/internet`, 'ON');
    await document('person', 'remove', 'Tim', '--yes');
    await watcher.until(`${tim}/internet`, undefined);

    child.kill('SIGTERM');
    const { code, stderr } = await ended;
    expect(code).toBe(0);
    expect(stderr).toContain(`NetPilot at ${url} is connected: "Home".`);
    expect(stderr).not.toContain(token);
    await watcher.until(`${BASE}/status`, 'offline');
  });

  test('is offline when it is killed, and there again when the service was restarted', async () => {
    const { child, ended } = startBridge((await makeToken(['control'])).token);
    await watcher.until(`${BASE}/status`, 'online');
    await restart();
    await watcher.until(`${BASE}/status`, 'online');
    // What is asked for works as before.
    await watcher.until(`${BASE}/router/${routerKey(ps5.router_id)}/status`, 'online');
    await watcher.send(of('internet/set'), 'OFF');
    await watcher.until(of('internet'), 'OFF');
    await watcher.send(of('internet/set'), 'ON');
    await watcher.until(of('internet'), 'ON');
    child.kill('SIGKILL');
    await ended;
    await watcher.until(`${BASE}/status`, 'offline');
    expect(watcher.retained.get(of('internet'))).toBe('ON');
  });

  test('only shows with a token that only reads, and ends when that does', async () => {
    const { token, row } = await makeToken(['read']);
    const { ended } = startBridge(token);
    await watcher.until(config, /"internet":\{"platform":"switch"\}/);
    await watcher.until(`${BASE}/status`, 'online');
    await inTenant((transaction, userId) =>
      endToken(transaction, { userId, kind: 'user' }, row.id),
    );
    const { code, stderr } = await ended;
    expect(code).toBe(6);
    expect(stderr).toContain('The token may only read: there are no switches.');
    expect(stderr).toMatch(
      /netpilot: NetPilot does not accept this token: .*`netpilot login`\.\n$/,
    );
    await watcher.until(`${BASE}/status`, 'offline');
  });

  test('blocks, and has no pauses and people, with a token for one router', async () => {
    startBridge((await makeToken(['control'], ps5.router_id)).token);
    await watcher.until(
      config,
      /"internet":\{"platform":"switch","unique_id.*"pause":\{"platform":"button"\}/,
    );
    await watcher.send(of('internet/set'), 'OFF');
    await watcher.until(of('internet'), 'OFF');
    expect(await document('status')).toMatchObject({ blocked: [{ id: ps5.id }] });
    await watcher.send(of('internet/set'), 'ON');
    await watcher.until(of('internet'), 'ON');
  });
});

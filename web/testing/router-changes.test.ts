/** A router gets a newer agent, takes the place of another one, and says what passes for it. */
import { expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { recordEvent } from '../../src/activity/record-event.ts';
import { tenantTransaction } from '../../src/database/transaction.ts';
import { readOrMakeHostKeys } from '../../src/fleet/openwrt/host-key.ts';
import { updateRouter } from '../../src/routers/queries.ts';
import { createAgent } from '../../src/simulator/agent.ts';
import { dial } from '../../src/simulator/dial.ts';
import { createHome } from '../../src/simulator/home.ts';
import { makeIdentity, routerIdOf } from '../../src/simulator/identity.ts';
import { register } from '../../src/simulator/register.ts';
import { activeRouters, codeIn } from './linking.ts';
import { startWebApp } from './web-app.ts';

const database = await createTestDatabase();
const web = await startWebApp(database, {
  // As at home: what the line names is not loopback.
  config: parseConfig({}, { lan: '192.168.178.20' }),
  readRelease: () => Promise.resolve({ version: '9.1.0', program: '', signature: '' }),
});

test('an agent is updated: what the owner writes on the router first, then how far it has come', async () => {
  const { page, person, home, complaints } = await web.openHome('/routers');
  const router = { user_id: person.userId, router_id: home.routerId };
  const says = (change: Parameters<typeof updateRouter>[2]) =>
    tenantTransaction(database.service, person.userId, async (transaction) => {
      await updateRouter(transaction, router, change);
      await recordEvent(transaction, 'router.connected', router);
    });
  await says({ agent_version: '1.2.0', agent_features: [] });
  await page.getByText('with --updates at its end').waitFor();
  await says({ agent_version: '2.0.0', agent_features: ['chunks'] });
  await page.getByText('There is a newer agent for this router: 9.1.0. It has 2.0.0.').waitFor();
  await page.getByText('netpilot-agent updates on').waitFor();
  const button = page.getByRole('button', { name: 'Update the agent to 9.1.0' });
  expect(await button.count()).toBe(0);
  await says({ agent_features: ['chunks', 'update'] });
  await button.click();
  await page.getByText('The router is about to get agent 9.1.0.').waitFor();
  await says({ update_state: 'trying' });
  await page.getByText('The router is trying agent 9.1.0.').waitFor();
  await says({ update_state: 'signature' });
  await page.getByText('it is not signed with the key that its agent trusts').waitFor();
  await button.waitFor();
  await says({ agent_version: '9.1.0', update_version: null, update_state: null });
  await button.waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});

test('a router that is linked while another one is away may replace it, and takes over what it had', async () => {
  const { page, person, home, complaints } = await web.openHome('/routers');
  await tenantTransaction(database.service, person.userId, (transaction) =>
    updateRouter(
      transaction,
      { user_id: person.userId, router_id: home.routerId },
      { is_connected: false, connection_id: null },
    ),
  );
  await page.getByRole('button', { name: 'Link a router' }).click();
  const code = await codeIn(page);
  const [simulated, identity] = [createHome(8, 3), makeIdentity(8)];
  const router_id = routerIdOf(simulated);
  await register(web.url, { code, router_id, public_key: identity.public_key, name: 'New box' });
  const server = await startTestCommandsServer(database);
  const { ed25519 } = await readOrMakeHostKeys(database.service, web.services.secretKey);
  const router = dial({
    access: { host: '127.0.0.1', port: server.port, hostKeys: [ed25519.publicKey] },
    privateKey: identity.private_key,
    agent: createAgent(simulated),
  });
  onTestFinished(router.stop);
  const linking = page.getByRole('dialog', { name: 'Link a router' });
  await linking.getByText('Does it replace Home, which is offline?').waitFor();
  await linking.getByRole('button', { name: 'Yes, take over…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Let New box replace another router?' });
  await dialog.getByText('The devices of Home move to New box').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  const card = page.getByRole('region', { name: 'New box' });
  await card.getByRole('button', { name: 'Replaces another one…' }).click();
  await dialog.getByRole('button', { name: 'Replace', exact: true }).click();
  await page.getByText('Home was replaced.').waitFor();
  const taken = page.getByRole('region', { name: 'Home' }).filter({ hasText: router_id });
  await taken.getByText('Connected', { exact: true }).waitFor();
  await page.getByText('Not linked', { exact: true }).waitFor();
  expect(await activeRouters(database, person.userId)).toEqual([router_id]);
  await page.goto(new URL('/devices', page.url()).href);
  await page.getByRole('row', { name: 'PlayStation' }).waitFor();
  expect(complaints).toEqual([]);
});

test('a router says what else passes for it, and whether it knows the time', async () => {
  const { page, person, home, complaints } = await web.openHome('/routers');
  const now = new Date().toISOString();
  await tenantTransaction(database.service, person.userId, async (transaction) => {
    const router = { user_id: person.userId, router_id: home.routerId };
    await updateRouter(transaction, router, {
      lan_mac: '02:00:00:00:00:01',
      rival_lan_mac: '02:00:00:00:00:02',
      rival_seen_at: now,
      clock: 'held',
    });
    await transaction
      .insertInto('user_routers')
      .values({
        user_id: person.userId,
        router_id: 'attic',
        router_name: 'Attic',
        lan_mac: '02:00:00:00:00:01',
        connected_at: now,
        connections: 7,
        connections_since: now,
      })
      .execute();
    await recordEvent(transaction, 'router.clock_changed', router);
  });
  const card = page.getByRole('region', { name: 'Home' });
  await card.getByText('one with the MAC 02:00:00:00:00:01, one with 02:00:00:00:00:02').waitFor();
  await card.getByText('not known since its start').waitFor();
  await card.getByText('The LAN of Attic has the same MAC.').waitFor();
  await page
    .getByRole('region', { name: 'Attic' })
    .getByText('It has connected 7 times since')
    .waitFor();
  expect(complaints).toEqual([]);
});

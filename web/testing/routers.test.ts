/** A router is linked by a code, as a real one is: by HTTP first, then by SSH. */
import { randomUUID } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { parseConfig } from '../../src/config/config.ts';
import { NEWEST_AGENT } from '../../src/routers/newest-agent.ts';
import { tenantTransaction } from '../../src/database/transaction.ts';
import { createAgent } from '../../src/simulator/agent.ts';
import { dial } from '../../src/simulator/dial.ts';
import { recordEvent } from '../../src/activity/record-event.ts';
import { updateRouter } from '../../src/routers/queries.ts';
import { finishScan } from '../../src/routers/scan-requests.ts';
import { createHome } from '../../src/simulator/home.ts';
import { makeIdentity, routerIdOf } from '../../src/simulator/identity.ts';
import { register } from '../../src/simulator/register.ts';
import { makeKeyPair } from '../../src/ssh-key.ts';
import { readOrMakeHostKeys } from '../../src/fleet/openwrt/host-key.ts';
import { activeRouters, codeIn, lineIn } from './linking.ts';
import { startWebApp } from './web-app.ts';

const database = await createTestDatabase();
const LAN = '192.168.178.20';
/** As at home: what the line names is not loopback. */
const web = await startWebApp(database, { config: parseConfig({}, { lan: LAN }) });

/** A person at the page, who has asked for a code; gives it. */
async function openLinking() {
  const person = await web.signIn();
  const opened = await web.openAs(person, await web.openChromium(), '/routers');
  const { page } = opened;
  await page.getByRole('heading', { name: 'No router yet' }).waitFor();
  await page.clock.install();
  await page.getByRole('button', { name: 'Link a router' }).click();
  return { ...opened, person, code: await codeIn(page) };
}

/** Fetches the script as the line does. */
async function fetchScript(page: Page): Promise<void> {
  const [, path = ''] =
    /'http:..[^/]+([^']+)'/.exec((await lineIn(page).textContent()) ?? '') ?? [];
  expect((await web.app.inject(path)).statusCode).toBe(200);
}

test('a router is linked by the line shown, with its progress, and renamed, unlinked and deleted', async () => {
  const { page, person, code, complaints } = await openLinking();
  const dialog = page.getByRole('dialog', { name: 'Link a router' });
  expect(await lineIn(page).textContent()).toContain(`http://${LAN}:8080/install.sh`);
  // The step itself, not the part of the guide that has all of them.
  const hasNot = page.getByRole('list');
  const step = (name: string) => dialog.getByRole('listitem').filter({ hasText: name, hasNot });
  await step('The router fetches the program').getByText('Waiting').waitFor();
  expect(await dialog.getByText('Done').count()).toBe(0);
  await fetchScript(page);
  await step('The router fetches the program').getByText('Done').waitFor();
  const { x = 0, width = 0 } = (await dialog.boundingBox()) ?? {};
  const screen = await page.evaluate(() => document.documentElement.clientWidth);
  expect(Math.abs(x + width / 2 - screen / 2)).toBeLessThan(10);

  const home = createHome(7, 5);
  const identity = makeIdentity(7);
  const router_id = routerIdOf(home);
  await register(web.url, { code, router_id, public_key: identity.public_key, name: 'OpenWrt' });
  await step('The router registers').getByText('Done').waitFor();
  const server = await startTestCommandsServer(database);
  const { ed25519 } = await readOrMakeHostKeys(database.service, web.services.secretKey);
  const agent = createAgent(home);
  const router = dial({
    access: { host: '127.0.0.1', port: server.port, hostKeys: [ed25519.publicKey] },
    privateKey: identity.private_key,
    agent,
  });
  onTestFinished(router.stop);
  await step('The router connects').getByText('Done').waitFor();
  await step('The first devices appear').getByText('Done').waitFor();
  await dialog.getByText('Your router is linked.').waitFor();
  await dialog.getByRole('link', { name: 'Be told when something new joins' }).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();

  const card = page.getByRole('region', { name: 'OpenWrt' });
  await card.getByText('Connected', { exact: true }).waitFor();
  await card.getByText('Applied', { exact: true }).waitFor();
  await card.getByText('Technical').click();
  await card.getByText(NEWEST_AGENT, { exact: true }).waitFor();
  await card.getByText(router_id).waitFor();

  await card.getByRole('button', { name: 'Rename' }).click();
  const rename = page.getByRole('dialog', { name: 'Rename the router' });
  await rename.getByRole('textbox', { name: 'Name' }).fill('Attic');
  await rename.getByRole('button', { name: 'Rename' }).click();
  const renamed = page.getByRole('region', { name: 'Attic' });
  await renamed.waitFor();

  await renamed.getByRole('button', { name: 'Unlink' }).click();
  const unlink = page.getByRole('alertdialog', { name: 'Unlink Attic?' });
  await unlink.getByRole('button', { name: 'Cancel' }).click();
  await unlink.waitFor({ state: 'detached' });
  expect(await activeRouters(database, person.userId)).toEqual([router_id]);
  await renamed.getByRole('button', { name: 'Unlink' }).click();
  await unlink.getByRole('button', { name: 'Unlink' }).click();
  await renamed.getByText('Not linked', { exact: true }).waitFor();
  expect(await activeRouters(database, person.userId)).toEqual([]);
  await expect.poll(() => agent.isUnlinked()).toBe(true);

  await renamed.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'No router yet' }).waitFor();
  expect(complaints).toEqual([]);
});

test('a router of the old program gets a line that cleans it', async () => {
  const { page, code } = await openLinking();
  const dialog = page.getByRole('dialog', { name: 'Link a router' });
  const cleaning = dialog.getByText(`sh ${code} --clean-old`);
  expect(await cleaning.count()).toBe(0);
  await dialog.getByRole('checkbox', { name: 'The old NetPilot' }).check();
  await cleaning.waitFor();
});

test.each([
  ['has expired', sql`update pairing_codes set expires_at = now() - interval '1 second'`],
  ['was deleted', sql`delete from pairing_codes`],
])('a code that %s says so, and a click gets a new one', async (_what, statement) => {
  const { page, person, code } = await openLinking();
  await tenantTransaction(database.service, person.userId, (transaction) =>
    statement.execute(transaction),
  );
  await page.getByRole('alert').getByText('The code has expired.').waitFor();
  await page.getByRole('button', { name: 'Get a new one' }).click();
  await page.getByText('The router fetches the program').waitFor();
  const next = await codeIn(page);
  expect(next).toMatch(/\S{6,}/);
  expect(next).not.toBe(code);
});

test('the line is copied exactly', async () => {
  const { page } = await openLinking();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy the line' }).click();
  await page.getByText('Copied.').waitFor();
  const line = await lineIn(page).textContent();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(line);
});

test('the line is sent to the computer, by the phone’s own sharing or as a QR code', async () => {
  const { page } = await openLinking();
  const send = page.getByRole('button', { name: 'Send to my computer' });
  // Here without sharing, whatever the browser of the test can do.
  await page.evaluate(() => Reflect.deleteProperty(Navigator.prototype, 'share'));
  await send.click();
  await page.getByRole('img', { name: 'QR code of the line' }).waitFor();
  await send.click();
  await page.getByRole('img', { name: 'QR code of the line' }).waitFor({ state: 'detached' });
  await page.evaluate(() => {
    Object.assign(navigator, {
      share: ({ text }: { text: string }) => document.body.setAttribute('data-shared', text),
    });
  });
  await send.click();
  const shared = await page.locator('body').getAttribute('data-shared');
  expect(shared).toContain('ssh root@192.168.1.1');
  expect(shared).toContain(await lineIn(page).textContent());
});

test('the guide knows the router’s address, and how to reach it from each system, by keyboard too', async () => {
  const { page, complaints } = await openLinking();
  const dialog = page.getByRole('dialog', { name: 'Link a router' });
  await dialog.getByText('ssh root@192.168.1.1').waitFor();
  await dialog.getByRole('textbox', { name: 'Address of the router' }).fill('10.0.0.1');
  await dialog.getByText('ssh root@10.0.0.1').waitFor();
  const link = dialog.getByRole('link', { name: '10.0.0.1' });
  expect(await link.getAttribute('href')).toBe('http://10.0.0.1/');
  await dialog.getByRole('tab', { name: 'Windows' }).click();
  await dialog.getByText('type “PowerShell”').waitFor();
  for (const text of [
    'type “Terminal”',
    'Open the program “Terminal”',
    'Termux',
    'luci-app-ttyd',
  ]) {
    await page.keyboard.press('ArrowRight');
    await dialog.getByRole('tabpanel').getByText(text).waitFor();
  }
  const changes = dialog.getByText('/etc/init.d/netpilot');
  expect(await changes.isVisible()).toBe(false);
  await dialog.getByText('What this changes on the router').click();
  await changes.waitFor();
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await dialog.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  expect(complaints).toEqual([]);
});

test('what to check is shown if the next step has not followed for 30 seconds', async () => {
  const { page, code } = await openLinking();
  const dialog = page.getByRole('dialog', { name: 'Link a router' });
  await dialog.getByText('The router fetches the program').waitFor();
  expect(await dialog.getByText('Nothing has followed').count()).toBe(0);
  await page.clock.fastForward(31_000);
  await dialog.getByText('Was the whole line pasted').waitFor();
  await fetchScript(page);
  await dialog.getByText('Nothing has followed').waitFor({ state: 'detached' });
  await page.clock.fastForward(31_000);
  await dialog.getByText('OpenWrt is older than 22.03').waitFor();
  const { public_key } = makeIdentity(9);
  await register(web.url, { code, router_id: randomUUID(), public_key, name: 'OpenWrt' });
  await dialog.getByText('OpenWrt is older than 22.03').waitFor({ state: 'detached' });
  await page.clock.fastForward(31_000);
  await dialog.getByText('The router must reach TCP port 2222').waitFor();
});

test('no line is offered that no router could use', async () => {
  const { openHome } = await startWebApp(database);
  const { page } = await openHome('/routers');
  await page.getByRole('button', { name: 'Link a router' }).click();
  const dialog = page.getByRole('dialog', { name: 'Link a router' });
  await dialog.getByText('No router reaches this NetPilot yet').waitFor();
  await dialog.getByText('./run --lan').waitFor();
  expect(await dialog.getByText('install.sh').count()).toBe(0);
});

test('a router shows how it is connected, and why it cannot be', async () => {
  const { page, person, home } = await web.openHome('/routers');
  const technical = page.getByText('Technical', { exact: true });
  await technical.click();
  await page.getByText('from the router', { exact: true }).waitFor();
  const { publicKey } = makeKeyPair();
  await tenantTransaction(database.service, person.userId, (transaction) =>
    transaction
      .insertInto('router_dials')
      .values({
        user_id: person.userId,
        router_id: home.routerId,
        host_key: publicKey,
        client_key: publicKey,
        sealed_client_key: Buffer.alloc(1),
        problem: 'other-host-key',
      })
      .execute(),
  );
  await page.reload();
  await page.getByText(/^The host key at its address is not the one/).waitFor();
  await technical.click();
  expect(await page.getByText('from NetPilot', { exact: true }).count()).toBe(1);
});

test('a router is scanned now: the page waits for it, and sees that it is done', async () => {
  const { page, person, home, complaints } = await web.openHome('/routers');
  const router = { user_id: person.userId, router_id: home.routerId };
  const connect = (is_connected: boolean) =>
    tenantTransaction(database.service, person.userId, async (transaction) => {
      const connection_id = is_connected ? randomUUID() : null;
      await updateRouter(transaction, router, { is_connected, connection_id });
      await recordEvent(transaction, 'router.connected', router);
    });
  await connect(true);
  await page.getByText('Connected', { exact: true }).waitFor();
  const stored = page.waitForResponse((response) => response.url().endsWith('/scan'));
  await page.getByRole('button', { name: 'Scan now' }).click();
  expect(await page.getByRole('button', { name: 'Scanning…' }).isDisabled()).toBe(true);
  await stored; // before that there is no scan to finish
  await finishScan(database.service, router);
  await page.getByRole('button', { name: 'Scan now' }).waitFor();
  await connect(false);
  await page.getByText('Offline', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Scan now' }).click();
  await page.getByText('The router is offline. It is scanned when it connects.').waitFor();
  expect(complaints).toEqual([]);
});

test('a router whose agent is old says what it cannot do, and one that refuses something for which device', async () => {
  const { page, person, home, complaints } = await web.openHome('/routers');
  const router = { user_id: person.userId, router_id: home.routerId };
  const console = home.devices.get('90:47:48:3f:2a:91') ?? '';
  const line = { line: 'block 90:47:48:3f:2a:91', reason: 'nft', device_id: console };
  await tenantTransaction(database.service, person.userId, async (transaction) => {
    await updateRouter(transaction, router, { agent_version: '1.2.0', agent_features: [] });
    await transaction
      .updateTable('router_policies')
      .set({
        applied_revision: sql`policy_revision`,
        refused_lines: JSON.stringify([{ ...line, address: '90:47:48:3f:2a:91' }]),
      })
      .execute();
    await recordEvent(transaction, 'router.connected', router);
    await recordEvent(transaction, 'policy.applied', router, { applied_revision: 1 });
  });
  await page.getByText('The agent on this router is older').waitFor();
  await page.getByText('take lists of more than 16,000 entries').waitFor();
  await page.getByText('Applied in part').waitFor();
  await page.getByText('PlayStation (90:47:48:3f:2a:91) is not blocked.').waitFor();
  await page.goto(new URL('/devices', page.url()).href);
  const row = page.getByRole('row', { name: 'PlayStation' });
  await row.getByText('Not blocked · router refuses').waitFor();
  await page
    .getByRole('row', { name: '192.168.8.83' })
    .getByText('Blocked', { exact: true })
    .waitFor();
  expect(complaints).toEqual([]);
});

/** The service worker: shows what is pushed, presses its buttons, and is between no page and the server. */
import { randomBytes } from 'node:crypto';
import type { BrowserContext, CDPSession, Page, Worker } from 'playwright-core';
import { expect, test } from 'vitest';
import { tenantTransaction } from '../../src/database/transaction.ts';
import { hashSecret } from '../../src/sealing.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { startWebApp } from './web-app.ts';

const database = await createTestDatabase();
const web = await startWebApp(database);

/** Opens the page of alerts in a browser that has allowed notifications, with its worker. */
async function openWithWorker() {
  const { page, person, home, complaints } = await web.openHome('/settings/alerts', {
    isWhole: true,
  });
  const context = page.context();
  await context.grantPermissions(['notifications'], { origin: web.url });
  const registration = await registerWorker(context, page);
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  return { page, person, home, complaints, ...(await createPushing(registration, worker)) };
}

async function registerWorker(context: BrowserContext, page: Page) {
  const devTools = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devTools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL === `${web.url}/push/`);
      if (own !== undefined) resolve(own.registrationId);
    });
  });
  await devTools.send('ServiceWorker.enable');
  await page.evaluate(async () => {
    const { installing, waiting, active } = await navigator.serviceWorker.register(
      '/push-worker.js',
      { scope: '/push/' },
    );
    // What is pushed before it is activated goes nowhere.
    const worker = installing ?? waiting ?? active;
    await new Promise<void>((resolve) => {
      const look = () => worker?.state === 'activated' && resolve();
      worker?.addEventListener('statechange', look);
      look();
    });
  });
  return { id: await registered, devTools };
}

/**
 * What pushes, and presses the first notification's first button as a finger would, which no browser without a screen lets: each until
 * the worker has shown something. Who asks Chromium what is shown before it is makes it forget that: it deletes what is stored and not seen.
 */
async function createPushing(
  { devTools, id }: { devTools: CDPSession; id: string },
  worker: Worker,
) {
  await worker.evaluate(`
    self.shown = 0;
    const show = registration.showNotification.bind(registration);
    registration.showNotification = (...given) => show(...given).then(() => void (self.shown += 1));`);
  const countShown = () => worker.evaluate('self.shown');
  const untilShown = async (work: () => Promise<unknown>): Promise<void> => {
    const before = Number(await countShown());
    await work();
    await expect.poll(countShown).toBe(before + 1);
  };
  const deliver = (data: string) =>
    devTools.send('ServiceWorker.deliverPushMessage', {
      origin: web.url,
      registrationId: id,
      data,
    });
  const press = `registration.getNotifications().then(([shown]) => act(shown, '0'))`;
  return {
    push: (data: object | string) =>
      untilShown(() => deliver(typeof data === 'string' ? data : JSON.stringify(data))),
    press: () => untilShown(() => worker.evaluate(press)),
  };
}

/** The notifications that the browser shows, as the worker's registration lists them. */
async function shownOn(page: Page) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration('/push/');
    const notifications = (await registration?.getNotifications()) ?? [];
    return notifications.map(({ title, body, lang, tag, data }) => ({
      title,
      body,
      lang,
      tag,
      data,
    }));
  });
}

test('what is pushed is shown, one notification for each thing', async () => {
  const { page, complaints, push } = await openWithWorker();
  const pushed = {
    id: '1',
    tag: 'router',
    language: 'de',
    title: 'Zuhause ist weg',
    text: 'Seit 14:36.',
    url: `${web.url}/routers`,
    buttons: [],
  };
  await push(pushed);
  expect(await shownOn(page)).toMatchObject([
    { title: 'Zuhause ist weg', body: 'Seit 14:36.', lang: 'de', tag: 'router' },
  ]);
  await push({ ...pushed, title: 'Zuhause ist wieder da' });
  await push('not JSON');
  const titles = (await shownOn(page)).map(({ title }) => title);
  expect(titles.toSorted()).toEqual(['NetPilot', 'Zuhause ist wieder da']);
  // It is between no page and the server.
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  expect(complaints).toEqual([]);
});

test('a button does what it says, once, and then why it did not', async () => {
  const { page, person, home, push, press } = await openWithWorker();
  const secret = randomBytes(32).toString('base64url');
  const device_id = home.devices.get('d6:10:3f:55:80:2e') ?? '';
  await tenantTransaction(database.service, person.userId, (transaction) =>
    transaction
      .insertInto('alert_links')
      .values({
        user_id: person.userId,
        home_id: home.homeId,
        member_id: person.userId,
        token_hash: hashSecret(secret),
        action: 'approve',
        name: 'the laptop',
        router_id: home.routerId,
        device_id,
        expires_at: new Date(Date.now() + 60_000).toISOString(),
      })
      .execute(),
  );
  const url = `${web.url}/alerts/act/${secret}`;
  const pushed = {
    tag: 'device',
    language: 'en',
    title: 'New device: the laptop',
    text: 'It is in your network for the first time.',
    url: `${web.url}/devices`,
    buttons: [{ label: 'Allow', url }],
  };
  await push(pushed);
  expect(await shownOn(page)).toMatchObject([{ title: pushed.title }]);
  await press();
  expect(await shownOn(page)).toMatchObject([
    { title: 'Allow the laptop', data: { url: pushed.url } },
  ]);
  const path = `/api/v1/routers/${home.routerId}/devices/${device_id}`;
  expect((await person.request('GET', path)).json().is_new).toBe(false);
  await push(pushed);
  expect(await shownOn(page)).toMatchObject([{ title: pushed.title }]);
  await press();
  expect(await shownOn(page)).toMatchObject([
    { title: 'That did not work. Tap to see why.', data: { url } },
  ]);
});

test('without its push service a browser says so, and nothing is added', async () => {
  const person = await web.signIn();
  const context = await web.openChromium({ isWhole: true });
  await context.grantPermissions(['notifications'], { origin: web.url });
  const { page } = await web.openAs(person, context, '/settings/alerts');
  await page.getByRole('button', { name: 'Add a channel' }).click();
  await page.getByRole('button', { name: /^This browser/ }).click();
  await page.getByRole('button', { name: 'Allow and add' }).click();
  await page.getByRole('alert').getByText('could not reach its maker’s push service').waitFor();
  expect((await person.request('GET', await channelsPath(person))).json().items).toEqual([]);
});

async function channelsPath(person: Awaited<ReturnType<typeof web.signIn>>) {
  const [home] = (await person.request('GET', '/api/v1/homes')).json().items;
  return `/api/v1/homes/${home.id}/alert-channels`;
}

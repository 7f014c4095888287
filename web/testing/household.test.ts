/** Sharing a home: invited, accepted, seen by each role, switched, and left. */
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { type Opened, startWebApp } from './web-app.ts';

const web = await startWebApp(await createTestDatabase());

type Owner = Awaited<ReturnType<typeof web.openHome>>;

/** Somebody else, who has accepted an invitation to a home, and sees it now. */
async function openMember(owner: Owner, role: 'admin' | 'viewer' | 'child'): Promise<Opened> {
  const { homeId, people } = owner.home;
  const invited = await owner.person.request('POST', `/api/v1/homes/${homeId}/invitations`, {
    role,
    ...(role === 'child' && { person_id: people.get('Leo') }),
  });
  const { pathname } = new URL(invited.json().url);
  const member = await web.signIn();
  const opened = await web.openAs(member, await web.openChromium(), pathname);
  await opened.page.getByRole('button', { name: 'Join' }).click();
  await opened.page.getByRole('combobox', { name: 'Home' }).waitFor();
  return opened;
}

test('the owner invites by link and code; who accepts sees the home, and switches back and forth', async () => {
  const { page, home, complaints } = await web.openHome('/settings/home');
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByRole('button', { name: 'Create an invitation' }).click();
  await page.getByRole('img', { name: 'QR code of the invitation' }).waitFor();
  const link = await page.locator('.copyable code').textContent();
  await page.keyboard.press('Escape');

  const other = await web.openAs(
    await web.signIn(),
    await web.openChromium(),
    new URL(link ?? '').pathname,
  );
  await other.page.getByText('Anna Schmidt invites you to the home “Home”.').waitFor();
  await other.page.getByRole('heading', { level: 1, name: 'You are invited' }).waitFor();
  await other.page.getByText('You join as a parent').waitFor();
  await other.page.getByRole('button', { name: 'Join' }).click();
  await other.page.getByRole('link', { name: 'Leo', exact: true }).waitFor();
  await other.page
    .getByRole('button', { name: 'Block PlayStation' })
    .or(other.page.getByRole('button', { name: 'Unblock PlayStation' }))
    .waitFor();
  await other.page.getByRole('combobox', { name: 'Home' }).selectOption({ index: 0 });
  await other.page.getByText('Welcome to NetPilot').waitFor();
  await other.page.getByRole('combobox', { name: 'Home' }).selectOption({ index: 1 });
  await other.page.getByRole('link', { name: 'Leo', exact: true }).waitFor();
  expect(other.complaints).toEqual([]);

  // The owner sees who has come, and takes it back.
  await page.reload();
  await page.getByRole('button', { name: /^Remove / }).click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Remove / })
    .click();
  await page.getByText('Only you so far.').waitFor();
  await other.page.reload();
  await other.page.getByText('Welcome to NetPilot').waitFor();
  expect(await other.page.getByText('PlayStation').count()).toBe(0);
  expect(home.homeId).not.toBe('');
  expect(complaints).toEqual([]);
});

test('a viewer sees everything, and no button that would be refused', async () => {
  const owner = await web.openHome('/');
  const { page, complaints } = await openMember(owner, 'viewer');
  await page.getByRole('link', { name: 'Leo', exact: true }).waitFor();
  const { routerId, devices, people } = owner.home;
  for (const path of [
    '/',
    '/people',
    `/people/${people.get('Leo')}`,
    '/rules',
    '/devices',
    `/routers/${routerId}/devices/${devices.get('90:47:48:3f:2a:91')}`,
    '/routers',
    '/activity',
  ]) {
    await page.goto(`${web.url}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    const buttons = await page.getByRole('main').getByRole('button').allTextContents();
    expect({ path, buttons: buttons.filter((text) => WRITES.test(text)) }).toEqual({
      path,
      buttons: [],
    });
  }
  expect(complaints).toEqual([]);
});

const WRITES =
  /\b(Pause|Resume|Block|Unblock|Allow|Add|Edit|Delete|Rename|Link|Unlink|Apply|Discard|Scan|Invite|Save|Wake)\b/;

test('a child sees what holds for them, may ask for more, and sees nothing else', async () => {
  const owner = await web.openHome('/activity');
  const { page, complaints } = await openMember(owner, 'child');
  const heading = page.getByRole('heading', { level: 1, name: /internet/ });
  await heading.waitFor();
  expect(await page.title()).toMatch('My internet');
  await page.getByText('Leo’s tablet').waitFor();
  await page
    .getByText(/Bedtime/)
    .first()
    .waitFor();
  expect(await page.getByRole('link', { name: 'Devices' }).count()).toBe(0);
  await page.goto(`${web.url}/help/be-told`);
  await page.getByRole('heading', { level: 1, name: 'Be told' }).waitFor();
  await page.clock.install();
  await page.goto(`${web.url}/devices`);
  await heading.waitFor();
  await page.getByRole('textbox', { name: /^Why/ }).fill('the film is not over');
  await page.getByRole('button', { name: '30 minutes' }).click();
  await page.getByText('You have asked.').waitFor();
  await owner.page.getByText('Leo asked for 30 min more: “the film is not over”').waitFor();
  await page.getByRole('heading', { name: 'Nobody has answered yet' }).waitFor();
  await page.getByText(/You can ask again in \d minutes/).waitFor();

  // The page asks by itself: the child sees the answer without doing anything.
  const path = `/api/v1/homes/${owner.home.homeId}/asks`;
  const [{ id }] = (await owner.person.request('GET', path)).json().items;
  await owner.person.request('POST', `${path}/${id}/answer`, { answer: 'granted', minutes: 20 });
  await page.clock.fastForward(20_000);
  await page.getByRole('heading', { name: /^You got 20 minutes, until/ }).waitFor();
  await page.getByText(/Anna Schmidt answered/).waitFor();
  expect(complaints).toEqual([]);
});

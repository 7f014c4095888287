/** Names come from the network: any device chooses its own. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../../src/database/transaction.ts';
import { widthBeyond } from './every-page.ts';
import { startWebApp } from './web-app.ts';

const database = await createTestDatabase();
const web = await startWebApp(database);

const NAMES = {
  script: '<script>window.hit = 1</script><img src=x onerror="window.hit = 2">',
  template: '{count, plural, one {x}} </title> <b>bold</b> ${7*7} {{7*7}}',
  emoji: '👩‍👩‍👧‍👦 🏴‍☠️ phone 📱',
  long: 'x'.repeat(255),
  'from right to left': 'harmless\u202Egpj.exe',
  'of many marks': `z${'\u0353\u0321\u0489'.repeat(60)}`,
  lines: 'one\ntwo\tthree\u0007',
};

const PATHS = [
  '/',
  '/devices',
  '/people',
  '/rules',
  '/settings/home',
  '/routers',
  '/activity',
  '/settings/data/import',
];

/** A person whose devices call themselves so. @param called what the home and the router are called */
async function personWithNames(called = { home: NAMES.template, router: NAMES.script }) {
  const person = await web.signIn();
  const router = await createRouter(database.service, person.userId);
  await tenantTransaction(database.service, person.userId, async (transaction) => {
    await sql`update user_routers set router_name = ${called.router}`.execute(transaction);
    await sql`update homes set name = ${called.home}`.execute(transaction);
    for (const [index, name] of Object.values(NAMES).entries()) {
      await sql`
        with person as (
          insert into people (user_id, home_id, name, colour)
          select user_id, id, ${name}, ${name.slice(0, 10)} from homes
          returning *
        )
        insert into access_rules (user_id, home_id, kind, name, target, person_id, access)
        select user_id, home_id, 'schedule', name, 'person', id, 'block' from person`.execute(
        transaction,
      );
      await sql`
        with device as (
          insert into user_devices (user_id, router_id, ip, mac, hostname, manufacturer, device_type, first_seen)
          values (${person.userId}, ${router}, ${`10.0.0.${index + 1}`}, ${`02:00:00:00:00:0${index}`}, ${name},
                  ${name}, ${name.slice(0, 100)}, now())
          returning *
        ), listed as (
          insert into user_blacklists (user_id, router_id, device_id, device_ip, device_mac, device_name)
          select user_id, router_id, id, ip, mac, hostname from device
        )
        insert into user_blocked_devices (user_id, router_id, device_id, device_ip, device_mac)
        select user_id, router_id, id, ip, mac from device`.execute(transaction);
    }
  });
  return person;
}

describe.each([1280, 320])('%i pixels wide', (width) => {
  test('names of any kind are text, stay in their place, and run nothing', async () => {
    const person = await personWithNames();
    const { page, complaints } = await web.openAs(person, await web.openChromium({ width }));
    for (const path of PATHS) {
      await page.goto(`${web.url}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      const found = await page.evaluate(() => ({
        hit: Reflect.get(window, 'hit'),
        markup: document.querySelectorAll('main :is(script, img, b)').length,
      }));
      const tooWide = await widthBeyond(page);
      expect({ path, ...found, tooWide }).toEqual({ path, hit: undefined, markup: 0, tooWide: [] });
    }
    expect(complaints).toEqual([]);
  });
});

test('long names of homes, routers and pauses make no page wider than a phone', async () => {
  const long = 'W'.repeat(255);
  const person = await personWithNames({ home: long, router: long });
  await tenantTransaction(database.service, person.userId, async (transaction) => {
    await sql`insert into homes (user_id, name) values (${person.userId}, 'Cabin')`.execute(
      transaction,
    );
    await sql`
      insert into access_rules (user_id, home_id, kind, name, target, access)
      select user_id, home_id, 'pause', ${long}, 'everyone', 'block' from user_routers`.execute(
      transaction,
    );
  });
  const { page } = await web.openAs(person, await web.openChromium({ width: 320 }));
  const found: Record<string, string[]> = {};
  for (const path of PATHS) {
    await page.goto(`${web.url}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    found[path] = await widthBeyond(page);
  }
  expect(found).toEqual(Object.fromEntries(PATHS.map((path) => [path, []])));
});

test('a right-to-left mark affects only its own name', async () => {
  const { page } = await web.openAs(await personWithNames(), await web.openChromium(), '/devices');
  const row = page.getByRole('row', { name: NAMES['from right to left'] });
  const [name, state] = await Promise.all([
    row.getByRole('link').boundingBox(),
    row
      .getByText(/^Blocked/)
      .first()
      .boundingBox(),
  ]);
  expect(name?.x).toBeLessThan(state?.x ?? 0);
  expect(await row.getByRole('link').evaluate((link) => getComputedStyle(link).unicodeBidi)).toBe(
    'isolate',
  );
});

test('names of any kind are text beside the list too', async () => {
  const person = await personWithNames();
  const { page, complaints } = await web.openAs(person, await web.openChromium(), '/devices');
  for (const name of [NAMES.script, NAMES.long]) {
    await page.getByRole('row', { name }).click();
    const panel = page.getByRole('complementary', { name });
    await panel.getByRole('heading', { name: 'Technical' }).click();
    expect(await panel.locator('script, img, b').count()).toBe(0);
    expect(await panel.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(
      0,
    );
  }
  expect(await page.evaluate(() => Reflect.get(window, 'hit'))).toBe(undefined);
  expect(complaints).toEqual([]);
});

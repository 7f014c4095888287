/** What was done, in sentences: what they say, what they fold, what undoes them, and the page. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createTranslator } from 'use-intl/core';
import { describe, expect, test } from 'vitest';
import { AUDIT_ACTIONS } from '../../src/activity/actions.ts';
import { tenantTransaction } from '../../src/database/transaction.ts';
import { importFiles } from '../../testing/data-folder.ts';
import { createTestDatabase } from '../../testing/database.ts';
import type { AuditEntry } from '../src/api/queries.ts';
import { sentencesOf } from '../src/pages/activity/fold.ts';
import { tell } from '../src/pages/activity/sentence.ts';
import { undosOf } from '../src/pages/activity/undo.ts';
import type { SayKey } from '../src/pages/activity/told.ts';
import { activity as german } from '../src/texts/de/activity.ts';
import { activity as english } from '../src/texts/en/activity.ts';
import { startWebApp } from './web-app.ts';

const ME = randomUUID();
const NOW = Date.parse('2026-11-27T12:00:00Z');

function entry(action: AuditEntry['action'], more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: randomUUID(),
    at: '2026-11-27T11:59:00Z',
    actor: 'user',
    actor_id: null,
    actor_name: null,
    session_id: null,
    token_name: null,
    client: null,
    action,
    router_id: 'home',
    router_name: 'Home',
    home_id: null,
    subject_id: 'subject',
    subject_name: 'PS5',
    device: null,
    person: null,
    other_router_name: null,
    details: {},
    imported_at: null,
    ...more,
  };
}

/** A sentence in words, without links. */
function words(language: 'en' | 'de', ...entries: AuditEntry[]): string[] {
  const messages = language === 'en' ? english : german;
  const t = createTranslator({ locale: language, messages, onError: fail });
  return sentencesOf(entries, ME).map(({ who, told, count }) => {
    const name = (text: string | null | undefined) => () => text ?? '?';
    return t.markup(`say.${told.say}`, {
      ...told.values,
      count,
      time: `${told.minutes} min`,
      type: told.type ?? '',
      have: t('verbs.have', { is: who.is }),
      are: t('verbs.are', { is: who.is }),
      self: t('verbs.self', { is: who.is }),
      who: name(who.is === 'you' ? t('names.you') : who.name),
      thing: name(told.thing?.text),
      other: name(told.other?.text),
      old: name(told.old?.text),
    });
  });
}

function isSayKey(key: string): key is SayKey {
  return key in english.say;
}

function fail(error: Error): never {
  throw error;
}

const renamed = entry('device.changed', {
  details: {
    before: { device_name: 'PS5-594F', device_type: 'console', person_id: null },
    after: { device_name: 'Tims PlayStation', device_type: 'console', person_id: null },
  },
});
const pause = {
  kind: 'pause',
  target: 'person',
  person_id: 'p',
  from_at: '2026-11-27T11:59:00Z',
  until_at: '2026-11-27T12:29:00Z',
  is_active: true,
};
const tim = { id: 'p', name: 'Tim' };

describe('a sentence', () => {
  test('is there for every action, in every language, whatever its details say', () => {
    const odd = [{}, null, [], 'text', { before: 7, after: [] }, { kind: 3, devices: {} }];
    for (const action of AUDIT_ACTIONS)
      for (const details of odd)
        for (const language of ['en', 'de'] as const)
          expect(words(language, entry(action, { details, subject_id: null }))).toHaveLength(1);
  });

  test('has words for each text that it can have', () => {
    for (const [language, messages] of [
      ['en', english],
      ['de', german],
    ] as const) {
      const t = createTranslator({ locale: language, messages, onError: fail });
      const rest = { count: 2, is: 'you', have: '', are: '', self: '', time: '', type: '' };
      const values = { action: '', message: '', role: '', zone: '', mac: '', version: '' };
      const more = { access: 'block', device: '', setting: '' };
      const tags = { who: String, thing: String, other: String, old: String };
      for (const say of Object.keys(english.say).filter(isSayKey))
        expect(t.markup(`say.${say}`, { ...rest, ...values, ...more, ...tags })).not.toBe('');
    }
  });

  test('says who did what, to what, for how long', () => {
    expect(words('en', renamed)).toEqual(['You renamed PS5-594F to Tims PlayStation']);
    expect(words('de', renamed)).toEqual(['Du hast PS5-594F in Tims PlayStation umbenannt']);
    const paused = entry('rule.created', {
      actor_id: 'anna',
      actor_name: 'Anna',
      router_id: null,
      person: tim,
      details: pause,
    });
    expect(words('en', paused)).toEqual(['Anna paused Tim for 30 min']);
    expect(words('de', paused)).toEqual(['Anna hat Tim für 30 min pausiert']);
  });

  test('tells the like together, but not what others did, or on other days', () => {
    const found = (at: string, subject_name: string) =>
      entry('device.discovered', { actor: 'router', at, subject_name });
    const many = [
      found('2026-11-27T11:59:00Z', 'ESP_1'),
      found('2026-11-27T11:58:00Z', 'ESP_2'),
      found('2026-11-27T11:57:00Z', 'ESP_3'),
    ];
    expect(words('en', ...many)).toEqual(['3 new devices']);
    expect(words('de', ...many)).toEqual(['3 neue Geräte']);
    expect(words('en', ...many.slice(0, 1), found('2026-11-26T23:59:00Z', 'TV'))).toEqual([
      'New device: ESP_1',
      'New device: TV',
    ]);
    expect(
      words(
        'en',
        entry('block.started'),
        entry('block.started', { actor_name: 'Anna', actor_id: 'a' }),
      ),
    ).toEqual(['You blocked PS5', 'Anna blocked PS5']);
    expect(words('en', renamed, renamed)).toHaveLength(2);
  });

  test('names an action that a newer server added', () => {
    const future: AuditEntry = JSON.parse(
      JSON.stringify({ ...entry('block.started'), action: 'moon.rose' }),
    );
    expect(tell(future)).toEqual({ say: 'unknown', values: { action: 'moon.rose' } });
  });
});

describe('an undo', () => {
  const undoOf = (...entries: AuditEntry[]) => [...undosOf(entries, NOW).values()];

  test('writes what was there before, and only if what was written then is still there', () => {
    expect(undoOf(renamed)).toEqual([
      {
        act: 'changeDevice',
        router_id: 'home',
        id: 'subject',
        is: { device_name: 'Tims PlayStation' },
        to: { device_name: 'PS5-594F' },
      },
    ]);
  });

  test('is only there for the newest change of a thing, and not for what is imported', () => {
    const given = entry('device.changed', {
      details: { before: { person_id: null }, after: { person_id: 'p' } },
    });
    expect(undoOf(renamed, given, renamed)).toHaveLength(2);
    expect(undoOf({ ...renamed, imported_at: '2026-11-27T11:59:00Z' })).toEqual([]);
    const started = entry('block.started', { details: { device_id: 'd' } });
    const ended = entry('block.ended', { details: { device_id: 'd' } });
    expect(undoOf(ended, started)).toEqual([{ act: 'block', router_id: 'home', device_id: 'd' }]);
  });

  test('of a rule brings it back, but not a pause that is over', () => {
    const key = { router_id: null, home_id: 'h', person: tim };
    expect(undoOf(entry('rule.deleted', { ...key, details: pause }))).toEqual([
      { act: 'addRule', home_id: 'h', to: pause },
    ]);
    const bedtime = { kind: 'schedule', from_at: pause.from_at, windows: [], is_active: true };
    expect(undoOf(entry('rule.deleted', { ...key, details: bedtime }))).toEqual([
      { act: 'addRule', home_id: 'h', to: { kind: 'schedule', windows: [], is_active: true } },
    ]);
    const over = { ...pause, until_at: '2026-11-27T11:59:30Z' };
    expect(undoOf(entry('rule.created', { ...key, details: over }))).toEqual([]);
  });
});

describe('the page', async () => {
  const database = await createTestDatabase();
  const web = await startWebApp(database);

  test('is filtered, and its address has the filter', async () => {
    const { page, complaints } = await web.openHome('/activity');
    await page.getByText('New device').first().waitFor();
    await page.getByRole('button', { name: 'Everything' }).click();
    await page.getByRole('option', { name: 'Blocks' }).click();
    await page.getByText('New device').first().waitFor({ state: 'detached' });
    await page.getByText('You (Chrome on Linux) blocked 2 devices').waitFor();
    expect(new URL(page.url()).search).toBe('?what=block');
    await page.reload();
    await page.getByRole('button', { name: 'Blocks' }).waitFor();
    await page.getByRole('button', { name: 'Show all 2' }).click();
    await page.getByText('You (Chrome on Linux) blocked PlayStation').waitFor();
    await page.goBack();
    await page.getByText('New device').first().waitFor();
    await page.goto(`${web.url}/activity?what=nonsense`);
    await page.getByText('New device').first().waitFor();
    await page.goto(`${web.url}/activity?what=token`);
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await page.getByText('imported files: 31 records').waitFor();
    expect(complaints).toEqual([]);
  });

  test('says among it all when the router was away', async () => {
    const { page, person, home } = await web.openHome('/activity');
    await page.getByText('New device').first().waitFor();
    await tenantTransaction(database.service, person.userId, (transaction) =>
      sql`insert into router_outages (user_id, router_id, kind, from_at, until_at)
        values (${person.userId}, ${home.routerId}, 'away', now() - interval '10 minutes', now() - interval '7 minutes')`.execute(
        transaction,
      ),
    );
    await page.reload();
    await page.getByText(/^The router .* was away for 3 min$/).waitFor();
    await page.getByRole('button', { name: 'Everything' }).click();
    await page.getByRole('option', { name: 'Blocks' }).click();
    await page.getByText('You (Chrome on Linux) blocked 2 devices').waitFor();
    expect(await page.getByText(/was away for/).count()).toBe(0);
  });

  test('undoes a change, if nobody has changed the thing since', async () => {
    const { page, person, home } = await web.openHome('/activity');
    const nas = `/api/v1/routers/${home.routerId}/devices/${home.devices.get('90:09:d0:11:6e:24')}`;
    const nameOf = async () => (await person.request('GET', nas)).json().device_name;
    await person.request('PATCH', nas, { device_name: 'Cellar' });
    const undo = page.getByRole('button', { name: /Undo: You .*renamed NAS to Cellar/ });
    await undo.click();
    await page.getByText('Undone: You renamed NAS to Cellar').waitFor();
    expect(await nameOf()).toBe('NAS');
    // The undo is a change like any other: it can be undone.
    await page.getByRole('button', { name: /Undo: You .*renamed Cellar to NAS/ }).waitFor();
    await undo.waitFor({ state: 'detached' });

    await person.request('PATCH', nas, { device_name: 'Attic' });
    const latest = page.getByRole('button', { name: /Undo: You .*renamed NAS to Attic/ });
    await latest.waitFor();
    await page.route('**/api/v1/audit*', (route) => route.abort());
    await person.request('PATCH', nas, { device_name: 'Garage' });
    await latest.click();
    await page.getByText('This was changed since then').waitFor();
    expect(await nameOf()).toBe('Garage');
  });

  test('brings back a rule and a block as they were', async () => {
    const { page, person, home } = await web.openHome('/activity');
    const rules = `/api/v1/homes/${home.homeId}/rules`;
    await person.request('PATCH', `/api/v1/homes/${home.homeId}`, { timezone: 'Europe/Berlin' });
    const { id } = (
      await person.request('POST', rules, {
        kind: 'schedule',
        name: 'Homework',
        person_id: home.people.get('Leo'),
        access: 'block',
        windows: [{ days: [1], from: '14:00', to: '16:00' }],
      })
    ).json();
    await person.request('DELETE', `${rules}/${id}`);
    await page.getByRole('button', { name: /Undo: You deleted the rule Homework for Leo/ }).click();
    await page.getByText('Undone: You deleted the rule Homework').waitFor();
    const names = async () =>
      (await person.request('GET', rules)).json().items.map((rule: { name: string }) => rule.name);
    expect(await names()).toContain('Homework');
    await page.getByRole('button', { name: /Undo: You added the rule Homework for Leo/ }).click();
    await expect.poll(names).not.toContain('Homework');

    const blocks = `/api/v1/routers/${home.routerId}/blocks`;
    const count = async () => (await person.request('GET', blocks)).json().items.length;
    const before = await count();
    await person.request('POST', blocks, { device_id: home.devices.get('90:09:d0:11:6e:24') });
    await page.getByRole('button', { name: 'Undo: You blocked NAS' }).click();
    await expect.poll(count).toBe(before);
    await page.getByRole('button', { name: 'Undo: You unblocked NAS' }).click();
    await expect.poll(count).toBe(before + 1);
  });

  test('shows only what one member or one token did, at a press', async () => {
    const { page, person } = await web.openHome('/activity');
    const { token } = (
      await person.request('POST', '/api/v1/tokens', {
        token_name: 'Night script',
        scopes: ['read', 'manage', 'account'],
        days: 1,
      })
    ).json();
    await fetch(`${web.url}/api/v1/me`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ full_name: 'Anna' }),
    });
    await page.getByText('You (token Night script) changed').waitFor();
    await page.getByRole('button', { name: 'Only token Night script' }).click();
    await page.getByText('New device').first().waitFor({ state: 'detached' });
    const own = page.getByRole('listitem').filter({ hasText: 'You' });
    await own.first().waitFor();
    expect(await own.count()).toBe(1);
    await page.getByRole('button', { name: 'Show others than token Night script too' }).click();
    await page.getByText('New device').first().waitFor();
  });

  test('has what an imported export says below what was recorded here, and says so', async () => {
    const { page, person } = await web.openHome('/activity');
    await page.getByText('New device').first().waitFor();
    const imported = {
      id: '01970000-0000-7000-8000-000000000001',
      at: '2025-06-01T12:00:00Z',
      actor: 'operator',
      action: 'token.created',
      details: {},
    };
    const forged = { format: 'netpilot-export', version: 1, audit_entries: [imported] };
    await importFiles(database.addresses.service, person.userId, {
      'export.json': JSON.stringify(forged),
    });
    await page.reload();
    const last = page.locator('.activity__day').last();
    await last.getByRole('heading', { name: 'Imported: Sunday, June 1, 2025' }).waitFor();
    expect(await last.getByText('The operator').count()).toBe(0);
    await last.getByText('Somebody (imported) created the API token').waitFor();
    expect(await last.getByRole('button').count()).toBe(0);
  });
});

/** What people choose of alerts, by the API. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { ALLOWED, ask, workerOptions } from '../../testing/alerts.ts';
import { createTestApp } from '../../testing/app.ts';
import { rowsOf } from '../../testing/data-folder.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { furnish } from '../../testing/household.ts';
import { startTarget } from '../../testing/target-server.ts';
import { startAlerts } from './worker.ts';

const database = await createTestDatabase();
const { services, signIn } = await createTestApp(database, {}, ALLOWED);

async function somebody() {
  const person = await signIn();
  const { items } = (await person.request('GET', '/api/v1/homes')).json();
  return { person, homeId: String(items[0].id) };
}
const { person: ann, homeId } = await somebody();
const path = `/api/v1/homes/${homeId}/alert-preferences`;
const { ids } = await furnish(database.service, ann.userId);
const deviceId = ids['devices'];

const NOTHING = { quiet_hours: [], let_through: [], digest: null, watched_devices: [] };
const put = (changes: object) => ann.request('PUT', path, { ...NOTHING, ...changes });
const NIGHT = { days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00' };

describe('preferences', () => {
  test('without a choice: a digest on Sunday evening, and neither quiet hours nor watched devices', async () => {
    const bob = await somebody();
    const found = await bob.person.request('GET', `/api/v1/homes/${bob.homeId}/alert-preferences`);
    expect(found.json()).toMatchObject({
      timezone: 'UTC',
      quiet_hours: [],
      let_through: ['access_answered'],
      digest: { day: 7, time: '18:00' },
      watched_devices: [],
      quiet_until: null,
      held: 0,
      next_digest_at: expect.stringMatching(/T18:00:00/),
    });
    expect((await bob.person.request('GET', path)).statusCode).toBe(404);
  });

  test('are stored, given back, and audited once', async () => {
    await ann.request('PATCH', `/api/v1/homes/${homeId}`, { timezone: 'Europe/Berlin' });
    const wish = {
      quiet_hours: [NIGHT],
      let_through: ['router_away'],
      digest: { day: 1, time: '07:30' },
      watched_devices: [deviceId],
    };
    const stored = await put(wish);
    expect(stored.statusCode).toBe(200);
    expect(stored.json()).toMatchObject({
      ...wish,
      timezone: 'Europe/Berlin',
      watched_devices: [{ device_id: deviceId, is_home: expect.any(Boolean) }],
    });
    expect((await put(wish)).json()).toEqual(stored.json());
    const audit = await rowsOf(
      database.service,
      ann.userId,
      "select action from audit_entries where action = 'alert_preferences.changed'",
    );
    expect(audit).toHaveLength(1);
    const cleared = (await put({})).json();
    expect(cleared).toMatchObject({ ...NOTHING, next_digest_at: null });
  });

  test.each([
    ['quiet hours without an end', { quiet_hours: [{ ...NIGHT, from: '07:00' }] }, 'quiet_hours'],
    [
      'a time that no clock shows',
      { quiet_hours: [{ ...NIGHT, to: '24:00' }] },
      'quiet_hours.0.to',
    ],
    ['a kind of alert that nobody knows', { let_through: ['everything'] }, 'let_through.0'],
    ['a day that no week has', { digest: { day: 8, time: '18:00' } }, 'digest.day'],
    [
      'a device of somebody else',
      { watched_devices: ['019302cc-0000-7000-8000-000000000001'] },
      'watched_devices',
    ],
  ])('refuse %s, and say which field', async (_what, changes, field) => {
    const answer = await put(changes);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].field).toBe(field);
  });
});

test('what has failed before quiet hours is tried again when they end', async () => {
  const { person: bob, homeId: home } = await somebody();
  const target = await startTarget(() => ({ status: 503 }));
  onTestFinished(target.close);
  const base = `/api/v1/homes/${home}`;
  const webhook = { kind: 'webhook', settings: { url: target.url } };
  await bob.request('POST', `${base}/alert-channels`, webhook);
  onTestFinished(startAlerts(workerOptions(services)));
  await ask(database.service, { userId: bob.userId, homeId: home }, ['before']);
  await target.waitFor(1);
  const hour = new Date().getUTCHours();
  const clock = (hours: number) => `${String((hour + hours) % 24).padStart(2, '0')}:00`;
  const quiet_hours = [{ ...NIGHT, from: clock(23), to: clock(2) }];
  const wish = { ...NOTHING, quiet_hours };
  const { quiet_until } = (await bob.request('PUT', `${base}/alert-preferences`, wish)).json();
  await expect
    .poll(async () => {
      const log = await bob.request('GET', `${base}/alert-deliveries`);
      return Date.parse(log.json().items[0].next_at) >= Date.parse(quiet_until);
    })
    .toBe(true);
});

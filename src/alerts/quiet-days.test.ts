/** Quiet hours, watched devices and outages, through the real triggers and the real spreading; times are in Berlin. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AlertHome, createAlertHome } from '../../testing/alert-home.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { isOpen } from '../access/weekly.ts';
import { storePreferences } from './preferences.ts';

const database = await createTestDatabase();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A Tuesday. */
const MIDNIGHT = Date.parse('2026-03-10T00:00:00+01:00');
const at = (clock: string, day = 0) => Date.parse(`2026-03-10T${clock}:00+01:00`) + day * DAY;
const PHONE = { mac: '02:10:00:00:00:01', hostname: 'Tims-Pixel' };
const IP = '192.168.1.20';
const NIGHT = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00' }];

/** With a phone that is there, and a channel. */
async function someHome() {
  const home = await createAlertHome(database, MIDNIGHT - 10 * DAY);
  await home.comes(MIDNIGHT - 10 * DAY, PHONE, IP);
  await home.addChannel('ntfy');
  return home;
}
type Wish = Parameters<typeof storePreferences>[3];
function choose(
  { as, listener }: AlertHome,
  wish: Partial<Wish>,
  actorId = listener.memberId,
): Promise<void> {
  const actor = {
    userId: listener.userId,
    kind: 'user' as const,
    actorId,
    role: actorId === listener.memberId ? ('owner' as const) : ('child' as const),
    personId: undefined,
    ownerName: undefined,
  };
  return as(actorId, (transaction) =>
    storePreferences(transaction, actor, listener.homeId, {
      quiet_hours: [],
      let_through: [],
      digest: null,
      watched_devices: [],
      ...wish,
    }),
  );
}
const shown = async (home: AlertHome) =>
  (await home.told()).map(({ at: then, kind }) => `${timeOf(then)} ${kind}`);
const timeOf = (instant: number) =>
  new Intl.DateTimeFormat('de', {
    timeZone: 'Europe/Berlin',
    hour: '2-digit',
    minute: '2-digit',
  }).format(instant);

describe('quiet hours', () => {
  test('hold what happens, and tell it in one digest when they end', async () => {
    const home = await someHome();
    await choose(home, { quiet_hours: NIGHT });
    await home.routerGoes(at('23:00'));
    await home.asks(at('23:10'), 30);
    await home.routerComes(at('23:30'));
    await home.runUntil(at('12:00', 1));
    const [digest, ...others] = await home.told();
    expect(others).toEqual([]);
    expect(digest).toMatchObject({
      at: at('07:00', 1),
      kind: 'quiet_digest',
      title: 'In your quiet hours: 3 alerts',
      text: [
        'Tue 23:00: Home router is away',
        'Tue 23:10: Tim asks for 30 minutes',
        'Tue 23:30: Home router is back, after 30 min',
      ].join('\n'),
    });
  });

  test('give one alone as it is, with its buttons', async () => {
    const home = await someHome();
    await choose(home, { quiet_hours: NIGHT });
    await home.comes(at('23:00'), { mac: '02:10:00:00:00:99', hostname: 'guest' }, '192.168.1.99');
    await home.runUntil(at('12:00', 1));
    expect(await home.told()).toMatchObject([
      { at: at('07:00', 1), kind: 'new_device', actions: 3 },
    ]);
  });

  test('let kinds through that are chosen', async () => {
    const home = await someHome();
    await choose(home, { quiet_hours: NIGHT, let_through: ['router_away'] });
    await home.routerGoes(at('23:00'));
    await home.routerComes(at('23:30'));
    await home.runUntil(at('12:00', 1));
    expect(await shown(home)).toEqual(['23:05 router_away', '07:00 router_back']);
  });

  test('tell nothing of a thing before what was held of it', async () => {
    const home = await someHome();
    await choose(home, { quiet_hours: NIGHT, let_through: ['router_back'] });
    await home.routerGoes(at('23:00'));
    await home.routerComes(at('23:30'));
    await home.runUntil(at('12:00', 1));
    expect(await shown(home)).toEqual(['07:00 quiet_digest']);
  });

  test('that somebody ends are over', async () => {
    const home = await someHome();
    await choose(home, { quiet_hours: NIGHT });
    await home.asks(at('23:10'), 30);
    await choose(home, {});
    await home.asks(at('23:20'), 15);
    expect(await shown(home)).toEqual(['23:20 access_asked', '23:20 access_asked']);
  });
});

describe('a watched phone', () => {
  const watching = async () => {
    const home = await someHome();
    await choose(home, { watched_devices: [await home.deviceOf(PHONE.mac)] });
    return home;
  };

  test('comes and leaves, but does not when it sleeps', async () => {
    const home = await watching();
    for (const clock of ['01:00', '02:00', '03:00']) {
      await home.goes(at(clock), PHONE.mac);
      await home.comes(at(clock) + 8 * MINUTE, PHONE, IP);
    }
    await home.goes(at('08:00'), PHONE.mac);
    await home.comes(at('15:00'), PHONE, IP);
    await home.runUntil(at('23:00'));
    expect(await shown(home)).toEqual(['08:13 device_left', '15:00 device_came']);
  });

  test('has not come or left because its router did', async () => {
    const home = await watching();
    await home.routerGoes(at('10:00'));
    await home.routerComes(at('11:00'));
    await home.runUntil(at('23:00'));
    expect(await shown(home)).toEqual(['10:05 router_away', '11:00 router_back']);
  });

  test('that does not come back with its router has left', async () => {
    const home = await watching();
    await home.routerGoes(at('10:00'));
    home.vanishes(PHONE.mac);
    await home.routerComes(at('11:00'));
    await home.runUntil(at('23:00'));
    expect(await shown(home)).toEqual([
      '10:05 router_away',
      '11:00 router_back',
      '11:10 device_left',
    ]);
  });

  test('has not left if it has taken a new MAC', async () => {
    const home = await watching();
    await home.goes(at('10:00'), PHONE.mac);
    await home.comes(at('10:01'), { ...PHONE, mac: '02:10:00:00:00:44' }, IP);
    await home.runUntil(at('23:00'));
    expect((await home.told()).map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      expect.stringContaining('new_device'),
    ]);
  });
});

describe('the internet', () => {
  test('down for two minutes is not told; for longer it is, and that it is back', async () => {
    const home = await someHome();
    await home.measures(at('09:00'), false);
    await home.measures(at('09:01'), false);
    await home.measures(at('09:03'), true);
    await home.measures(at('10:00'), false);
    await home.measures(at('10:01'), false);
    await home.measures(at('10:20'), true);
    await home.runUntil(at('23:00'));
    expect((await home.told()).map(({ at: then, title }) => `${timeOf(then)} ${title}`)).toEqual([
      '10:05 Home router has no internet',
      '10:20 Home router has internet again, after 20 min',
    ]);
  });
});

describe('the service', () => {
  test('that stops for ten minutes makes no router away', async () => {
    const home = await someHome();
    await home.serviceStops(at('10:00'));
    await home.serviceLooks(at('10:10'));
    await home.routerComes(at('10:11'));
    await home.runUntil(at('23:00'));
    expect(await shown(home)).toEqual([]);
  });

  test('reports a router that is not back after it', async () => {
    const home = await someHome();
    await home.serviceStops(at('10:00'));
    await home.serviceLooks(at('10:10'));
    await home.routerComes(at('12:10'));
    await home.runUntil(at('23:00'));
    expect(await shown(home)).toEqual(['10:15 router_away', '12:10 router_back']);
  });
});

describe('a child', () => {
  test('is told what it was answered, at once in quiet hours too, and nothing of the home', async () => {
    const home = await someHome();
    const child = await home.addChild();
    await home.addChannel('ntfy', child);
    await choose(home, { quiet_hours: NIGHT, let_through: ['access_answered'] }, child);
    await home.comes(at('15:00'), { mac: '02:10:00:00:00:99', hostname: 'guest' }, '192.168.1.99');
    await home.answers(at('23:00'), 30);
    await home.runUntil(at('12:00', 1));
    const told = await home.told();
    expect(told.filter(({ member }) => member === child)).toMatchObject([
      { at: at('23:00'), kind: 'access_answered', title: 'You have 30 more minutes' },
    ]);
    const kinds = told.filter(({ member }) => member !== child).map(({ kind }) => kind);
    expect(kinds).toEqual(['new_device']);
  });
});

test('the digest of the week comes by e-mail, at its time, with what happened', async () => {
  const home = await someHome();
  await home.addChannel('email');
  await home.comes(at('10:00'), { mac: '02:10:00:00:00:99', hostname: 'guest' }, '192.168.1.99');
  await home.routerGoes(at('12:00'));
  await home.routerComes(at('12:14'));
  await home.runUntil(at('23:00', 6));
  const digests = (await home.told()).filter(({ kind }) => kind === 'weekly_digest');
  expect(digests).toMatchObject([
    {
      at: at('18:00', 5),
      channel: 'email',
      text: 'New devices: guest\nOutages: away once, for 14 min\nBlocked: nothing',
    },
  ]);
});

test('whatever happens, nothing comes in quiet hours but what was chosen, nothing is lost, and nothing is back that was not away', async () => {
  const kinds = ['router_away', 'router_back', 'new_device', 'access_asked', 'internet_down'];
  const step = fc.record({
    minutes: fc.integer({ min: 1, max: 150 }),
    what: fc.constantFrom('router', 'router', 'internet', 'phone', 'guest', 'ask'),
  });
  const run = fc.asyncProperty(
    fc.array(step, { minLength: 8, maxLength: 24 }),
    fc.subarray(kinds, { maxLength: 2 }),
    async (steps, let_through) => {
      const home = await someHome();
      await choose(home, { quiet_hours: NIGHT, let_through });
      await play(home, steps);
      const { rows: held } = await home.inTenant((transaction) =>
        transaction
          .selectFrom('alert_held')
          .select(['kind', 'told_at'])
          .where('home_id', '=', home.listener.homeId)
          .execute()
          .then((rows) => ({ rows })),
      );
      const told = await home.told();
      const isQuiet = (instant: number) =>
        isOpen(NIGHT, 'Europe/Berlin', Math.floor(instant / 1_000));
      const inQuiet = told.filter(({ at: then }) => isQuiet(then));
      expect(inQuiet.filter(({ kind }) => !let_through.includes(kind))).toEqual([]);
      expect(held.filter(({ told_at }) => told_at === null)).toEqual([]);
      const inDigests = told
        .filter(({ kind }) => kind === 'quiet_digest')
        .reduce((sum, { facts }) => sum + Number(Reflect.get(Object(facts), 'count')), 0);
      const alone = told.filter(
        ({ at: then, kind }) => kind !== 'quiet_digest' && timeOf(then) === '07:00',
      );
      expect(inDigests + alone.length).toBeGreaterThanOrEqual(held.length);
      expect(inDigests).toBeLessThanOrEqual(held.length);
      requireAwayBeforeBack(told.flatMap(itemsOf));
    },
  );
  await fc.assert(run, { numRuns: 5 });
}, 120_000);

/** Each step so many minutes after the one before; in the end a day in which nothing happens. */
async function play(home: AlertHome, steps: readonly { minutes: number; what: string }[]) {
  let now = at('20:00');
  const is = { router: true, phone: true };
  for (const [index, { minutes, what }] of steps.entries()) {
    now += minutes * MINUTE;
    if (what === 'router') {
      is.router = !is.router;
      await (is.router ? home.routerComes(now) : home.routerGoes(now));
    } else if (what === 'ask') await home.asks(now, 30);
    else if (!is.router) continue;
    else if (what === 'internet') {
      await home.measures(now, false);
      await home.measures(now + MINUTE, false);
      await home.measures((now += 9 * MINUTE), true);
    } else if (what === 'guest')
      await home.comes(
        now,
        { mac: `02:10:00:00:01:${String(index + 10)}`, hostname: null },
        `192.168.2.${index + 10}`,
      );
    else {
      is.phone = !is.phone;
      await (is.phone ? home.comes(now, PHONE, IP) : home.goes(now, PHONE.mac));
    }
  }
  await home.runUntil(now + DAY);
}

/** What a message is about: a digest of several. */
function itemsOf({ kind, facts }: { kind: string; facts: unknown }): string[] {
  if (kind !== 'quiet_digest') return [kind];
  const alerts: unknown = Reflect.get(Object(facts), 'alerts');
  const names: Record<string, string> = {
    'router.offline': 'router_away',
    'router.online': 'router_back',
    'internet.offline': 'internet_down',
    'internet.online': 'internet_back',
  };
  return Array.isArray(alerts)
    ? alerts.map((each: { type: string }) => names[each.type] ?? each.type)
    : [];
}

function requireAwayBeforeBack(kinds: readonly string[]): void {
  let state = '';
  for (const kind of kinds) {
    const before: Record<string, string> = {
      router_back: 'router_away',
      internet_back: 'internet_down',
    };
    expect(state).toBe(before[kind] ?? state);
    if (/^(router|internet)_/.test(kind)) state = kind;
  }
}

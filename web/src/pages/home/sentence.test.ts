import { createTranslator } from 'use-intl';
import { describe, expect, test } from 'vitest';
import { de } from '../../texts/de.ts';
import { en } from '../../texts/en.ts';
import { type HomeFacts, type RouterFacts, sentenceOf } from './sentence.ts';

const ROUTER: RouterFacts = {
  name: 'Home router',
  state: 'ok',
  since: null,
  devices: 5,
  changes: 'applied',
  refused: 0,
};
const SINCE = '2026-11-27T14:36:00Z';
const garage = (changed: Partial<RouterFacts>): RouterFacts => ({
  ...ROUTER,
  name: 'Garage router',
  devices: 6,
  ...changed,
});

/** The state of the band, and the sentence in both languages, as if it were 14:36 in every zone. */
function read(facts: Partial<HomeFacts>) {
  const all = { home: 'Home', routers: [ROUTER], newcomers: [], asks: [], canDecide: true };
  const { state, text, values, since } = sentenceOf({ ...all, ...facts });
  const filled = { ...values, since: since === null ? 'none' : '14:36' };
  const english = createTranslator({ locale: 'en', messages: en, namespace: 'home.lead' });
  const german = createTranslator({ locale: 'de', messages: de, namespace: 'home.lead' });
  return [state, english(text, filled), german(text, filled)];
}

const CASES: [facts: Partial<HomeFacts>, ...wanted: string[]][] = [
  [{}, 'good', 'All is well.', 'Alles in Ordnung.'],
  // Nobody measures the internet: it may be down.
  [
    { routers: [{ ...ROUTER, state: 'unknown' }] },
    'neutral',
    'Nothing needs you.',
    'Gerade ist nichts zu tun.',
  ],
  [
    { routers: [ROUTER, garage({ state: 'unknown' })] },
    'neutral',
    'Nothing needs you.',
    'Gerade ist nichts zu tun.',
  ],
  [
    { routers: [{ ...ROUTER, state: 'internet_down', since: SINCE }] },
    'danger',
    'The internet has been down at Home since 14:36.',
    'Home ist seit 14:36 ohne Internet.',
  ],
  [
    { routers: [{ ...ROUTER, state: 'internet_down' }], home: 'Ferienhaus' },
    'danger',
    'The internet is down at Ferienhaus.',
    'Ferienhaus ist ohne Internet.',
  ],
  [
    { routers: [ROUTER, garage({ state: 'internet_down', since: SINCE })] },
    'danger',
    'Garage router has had no internet since 14:36.',
    'Garage router hat seit 14:36 kein Internet.',
  ],
  [
    {
      routers: [
        ROUTER,
        garage({ state: 'internet_down', since: SINCE }),
        garage({ name: 'Attic', state: 'internet_down', since: SINCE }),
      ],
    },
    'danger',
    '2 routers have no internet.',
    '2 Router haben kein Internet.',
  ],
  [
    { routers: [ROUTER, garage({ state: 'away', since: SINCE })] },
    'warning',
    'Garage router has been away since 14:36 – its 6 devices are unknown.',
    'Garage router ist seit 14:36 nicht erreichbar – über seine 6 Geräte ist nichts bekannt.',
  ],
  [
    { routers: [ROUTER, garage({ state: 'away', since: SINCE, devices: 1 })] },
    'warning',
    'Garage router has been away since 14:36 – its one device is unknown.',
    'Garage router ist seit 14:36 nicht erreichbar – über sein Gerät ist nichts bekannt.',
  ],
  [
    { routers: [garage({ state: 'away', devices: 0 })] },
    'danger',
    'Garage router is away.',
    'Garage router ist nicht erreichbar.',
  ],
  [
    {
      routers: [
        { ...ROUTER, state: 'away', since: SINCE },
        garage({ state: 'away', since: '2026-11-27T14:40:00Z' }),
      ],
    },
    'danger',
    '2 routers are away – their 11 devices are unknown.',
    '2 Router sind nicht erreichbar – über ihre 11 Geräte ist nichts bekannt.',
  ],
  [
    { routers: [ROUTER, garage({ state: 'never_connected' })] },
    'warning',
    'Garage router has not connected yet.',
    'Garage router hat sich noch nie gemeldet.',
  ],
  [
    { routers: [{ ...ROUTER, changes: 'refused', refused: 2 }] },
    'danger',
    'Home router has not taken 2 changes.',
    'Home router hat 2 Änderungen nicht übernommen.',
  ],
  [
    { routers: [{ ...ROUTER, changes: 'refused', refused: 1 }] },
    'danger',
    'Home router has not taken one change.',
    'Home router hat eine Änderung nicht übernommen.',
  ],
  [
    { routers: [{ ...ROUTER, changes: 'refused' }] },
    'danger',
    'Home router has not taken the last change.',
    'Home router hat die letzte Änderung nicht übernommen.',
  ],
  [
    {
      routers: [{ ...ROUTER, changes: 'refused' }, garage({ changes: 'refused', refused: 3 })],
    },
    'danger',
    '2 routers have not taken all changes.',
    '2 Router haben nicht alle Änderungen übernommen.',
  ],
  [
    { routers: [{ ...ROUTER, changes: 'late' }] },
    'warning',
    'Home router has not confirmed the last change yet.',
    'Home router hat die letzte Änderung noch nicht bestätigt.',
  ],
  [
    { newcomers: ['Galaxy-A14'] },
    'waiting',
    'A new device waits for your word: Galaxy-A14.',
    'Ein neues Gerät wartet auf dein Okay: Galaxy-A14.',
  ],
  [
    { newcomers: ['Galaxy-A14', 'ESP_28'] },
    'waiting',
    '2 devices wait for your word.',
    '2 Geräte warten auf dein Okay.',
  ],
  [
    { asks: [{ name: 'Tim', minutes: 30 }] },
    'waiting',
    'Tim asks for 30 minutes.',
    'Tim bittet um 30 Minuten.',
  ],
  [
    {
      asks: [
        { name: 'Tim', minutes: 30 },
        { name: 'Lea', minutes: 15 },
      ],
    },
    'waiting',
    '2 people ask for more time.',
    '2 Personen bitten um mehr Zeit.',
  ],
  [
    { asks: [{ name: 'Tim', minutes: 30 }], newcomers: ['a', 'b'] },
    'waiting',
    'One ask and 2 devices wait for your word.',
    'Eine Bitte und 2 Geräte warten auf dein Okay.',
  ],
  // A viewer decides nothing: it is not their word.
  [
    { newcomers: ['a'], canDecide: false },
    'waiting',
    'Somebody has to decide about one thing.',
    'Eine Sache wartet auf eine Entscheidung.',
  ],
];

describe('the sentence about a home', () => {
  test.each(CASES)('%j', (facts, ...wanted) => {
    expect(read(facts)).toEqual(wanted);
  });

  test('says the worst first', () => {
    const everything = {
      routers: [
        { ...ROUTER, changes: 'late' },
        garage({ state: 'never_connected' }),
        garage({ name: 'Attic', state: 'away' }),
        garage({ name: 'Shed', changes: 'refused' }),
        garage({ name: 'Cellar', state: 'internet_down' }),
      ],
      asks: [{ name: 'Tim', minutes: 30 }],
      newcomers: ['a'],
    } satisfies Partial<HomeFacts>;
    const said: (string | undefined)[] = [];
    for (const count of [5, 4, 3, 2, 1, 0])
      said.push(
        read({ ...everything, routers: [ROUTER, ...everything.routers.slice(0, count)] })[1],
      );
    expect(said).toEqual([
      'Cellar has no internet.',
      'Shed has not taken the last change.',
      'Attic is away – its 6 devices are unknown.',
      'Garage router has not connected yet.',
      'Home router has not confirmed the last change yet.',
      'One ask and one device wait for your word.',
    ]);
  });

  test('takes names as they are: they are no part of the text', () => {
    expect(read({ newcomers: ['{count} <b>'] })[1]).toBe(
      'A new device waits for your word: {count} <b>.',
    );
  });
});

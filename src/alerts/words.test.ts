/** What alerts say, in every language. */
import { expect, test } from 'vitest';
import { EVERY_KIND } from './kinds.ts';
import { LANGUAGES, labelOf, wordsOf } from './words.ts';

test.each(LANGUAGES)('each kind has words in %s, with the names in them', (language) => {
  const facts = {
    router: { router_id: 'home', name: 'Home router' },
    device: {
      id: 'a-device',
      name: 'hall-tv',
      mac: '00:00:5e:00:53:01',
      manufacturer: 'TP-Link',
      router_id: 'home',
      has_random_mac: true,
      same_as: { id: 'x', name: 'Anna' },
    },
    person: { id: 'tim', name: 'Tim' },
    minutes: 30,
    since: '2026-11-27T14:36:00.000Z',
    seconds: 12_000,
    answer: 'granted' as const,
    effect: 'all' as const,
    week: {
      from: '2026-11-20T17:00:00Z',
      until: '2026-11-27T17:00:00Z',
      new_devices: { count: 1, names: ['hall-tv'] },
      most_used: [{ name: 'Tim', bytes: 41_234_567_890 }],
      outages: { away: { count: 2, seconds: 900 }, internet_down: { count: 1, seconds: 60 } },
      blocked: { count: 0, names: [] },
    },
    count: 1,
    alerts: [
      {
        type: 'router.offline',
        timestamp: '2026-11-27T02:00:00.000Z',
        data: { router: { router_id: 'home', name: 'Home router' } },
      },
    ],
  };
  for (const kind of EVERY_KIND) {
    const { title, text } = wordsOf({ kind, facts }, language, 'Europe/Berlin');
    expect(`${title} ${text}`).not.toMatch(/undefined|null|NaN|\{/);
    expect([title.length > 5, text.length > 5]).toEqual([true, true]);
  }
  const folded = wordsOf(
    { kind: 'new_device', facts: { count: 12, names: 'abcdefghijkl'.split('') } },
    language,
    'UTC',
  );
  expect(folded.title).toContain('12');
  expect(folded.text).toContain('a, b, c, d, e, f, g, h');
  const grant = { action: 'grant', personId: 'tim', name: 'Tim', minutes: 30 } as const;
  expect(labelOf(grant, language)).toContain('30');
});

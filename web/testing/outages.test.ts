/** Outages among the sentences of the activity. */
import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../src/api/queries.ts';
import { sentencesOf } from '../src/pages/activity/fold.ts';
import { hasOutages, sentenceOfOutage, withOutages } from '../src/pages/activity/outages.ts';

const NOW = Date.parse('2026-11-27T12:00:00Z');
const blocked: AuditEntry = {
  id: 'e',
  at: '2026-11-27T11:59:00Z',
  actor: 'user',
  actor_id: null,
  actor_name: null,
  session_id: null,
  token_name: null,
  client: null,
  action: 'block.started',
  router_id: 'r',
  router_name: 'Garage',
  home_id: null,
  subject_id: 'd',
  subject_name: 'PS5',
  device: null,
  person: null,
  other_router_name: null,
  details: {},
  imported_at: null,
};

describe('an outage', () => {
  const router = { router_id: 'r', router_name: 'Garage', home_id: 'h' };
  const away = {
    kind: 'away' as const,
    from: '2026-11-27T10:00:00Z',
    until: '2026-11-27T10:03:00Z',
  };
  const down = { kind: 'internet_down' as const, from: '2026-11-27T11:48:00Z', until: null };

  test('is of the router, or of the home if that has no other', () => {
    expect(sentenceOfOutage(away, router, undefined, NOW).told).toMatchObject({
      say: 'routerAway',
      thing: { text: 'Garage' },
      minutes: 3,
    });
    expect(sentenceOfOutage(down, router, { name: 'Home' }, NOW).told).toMatchObject({
      say: 'internetDownStill',
      thing: { kind: 'home', text: 'Home' },
      minutes: 12,
    });
    expect(sentenceOfOutage(down, router, undefined, NOW).told.thing?.text).toBe('Garage');
  });

  test('stands in its place, and waits until older entries are there', () => {
    const outages = [down, away].map((one) => sentenceOfOutage(one, router, undefined, NOW));
    const imported = { ...blocked, imported_at: '2026-11-27T11:00:00Z' };
    const texts = (isWhole: boolean, ...entries: AuditEntry[]) =>
      withOutages(sentencesOf(entries, undefined), outages, isWhole).map(({ told }) => told.say);
    expect(texts(true, blocked, imported)).toEqual([
      'blocked',
      'internetDownStill',
      'routerAway',
      'blocked',
    ]);
    const old = { ...blocked, action: 'block.ended', at: '2026-11-27T11:00:00Z' } as const;
    expect(texts(false, old)).toEqual(['internetDownStill', 'unblocked']);
    expect(texts(true)).toEqual(['internetDownStill', 'routerAway']);
  });

  test('is nobody’s, and about routers', () => {
    const all = { subject: 'all', who: undefined, token: undefined };
    expect(hasOutages(all)).toBe(true);
    expect(hasOutages({ ...all, subject: 'router' })).toBe(true);
    expect(hasOutages({ ...all, subject: 'block' })).toBe(false);
    expect(hasOutages({ ...all, who: 'owner' })).toBe(false);
  });
});

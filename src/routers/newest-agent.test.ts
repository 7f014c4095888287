import { expect, test } from 'vitest';
import { NEWEST_AGENT, NEWEST_FEATURES, ageOf } from './newest-agent.ts';

test('the newest agent says its version, and what it can do', () => {
  expect(NEWEST_AGENT).toMatch(/^\d+\.\d+\.\d+$/);
  expect(NEWEST_FEATURES).toContain('chunks');
});

test.each([
  ['1.2.0', true],
  ['1.10.0', true],
  ['0.1.0-beta', true],
  [NEWEST_AGENT, false],
  [`${NEWEST_AGENT}-home`, false],
  ['99.0.0', false],
])('an agent %s is old: %s', (agent_version, isOld) => {
  expect(ageOf({ agent_version, agent_features: [] }).is_agent_old).toBe(isOld);
});

test('an agent lacks what the newest one can do and it cannot', () => {
  const all = [...NEWEST_FEATURES];
  expect(ageOf({ agent_version: '1.2.0', agent_features: null }).agent_lacks).toEqual(all);
  const some = { agent_version: NEWEST_AGENT, agent_features: ['chunks', 'cooking'] };
  expect(ageOf(some).agent_lacks).toEqual(all.filter((feature) => feature !== 'chunks'));
});

test('of a router that has not connected nobody knows', () => {
  const nothing = { agent_version: null, agent_features: null };
  expect(ageOf(nothing)).toEqual({ is_agent_old: null, agent_lacks: [] });
});

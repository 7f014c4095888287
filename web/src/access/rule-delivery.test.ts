import { expect, test } from 'vitest';
import { slowestRouter } from './rule-delivery.ts';

const router = (router_id: string, is_connected: boolean, home_id = 'home') => ({
  router_id,
  home_id,
  is_active: true,
  is_connected,
});
const routers = [router('attic', true), router('garage', false), router('far', false, 'other')];
const devices = [
  { id: 'tablet', router_id: 'attic', person_id: 'leo' },
  { id: 'tv', router_id: 'garage', person_id: null },
  { id: 'lamp', router_id: 'far', person_id: null },
];
const slowest = (scope: object) => slowestRouter({ home_id: 'home', ...scope }, routers, devices);

test('a rule is followed to the router that has to do it, the one that is away first', () => {
  expect(slowest({})).toBe('garage');
  expect(slowest({ person_id: 'leo' })).toBe('attic');
  expect(slowest({ device_id: 'tv' })).toBe('garage');
});

test('for a person without devices no router has to do anything', () => {
  expect(slowest({ person_id: 'mia' })).toBe(undefined);
});

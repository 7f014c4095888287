import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findOrderViolations } from '../../testing/room-order.ts';

/** The rooms of the web app, the highest first. */
const ROOMS = [
  'start',
  'routes.tsx',
  'palette',
  'pages/home',
  'pages/child',
  'pages/invitation',
  'pages/household',
  'pages/alerts',
  'pages/device',
  'pages/people',
  'pages/rules',
  'pages/import',
  'pages/settings',
  'pages/sign-in',
  'pages/activity',
  'pages/devices',
  'pages/routers',
  'pages/help',
  'access',
  'shell',
  'live',
  'homes',
  'design',
  'push',
  'api',
  'texts',
  'cookie.ts',
  'served-text.ts',
  'guide.d.ts',
];

test('a room of the web app imports only rooms below it', () => {
  expect(findOrderViolations(join(import.meta.dirname, '../src'), ROOMS)).toEqual([]);
});

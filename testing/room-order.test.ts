import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findOrderViolations } from './room-order.ts';

/** The rooms of the server, the highest first; docs/architecture.md draws them in this order. */
const ROOMS = [
  'cli',
  'mqtt',
  'service',
  'mcp',
  'page',
  'doctor',
  'simulator',
  'commands-server',
  'commands-client',
  'transfer',
  'accounts',
  'fleet/openwrt',
  'fleet',
  'alerts',
  'rules',
  'policy',
  'devices',
  'usage',
  'access',
  'routers',
  'homes',
  'activity',
  'api',
  'cells',
  'wakes',
  'database',
  'config',
];

/** What knows nothing of the domain, beside the rooms. */
const LOOSE = [
  'temporary-folder.ts',
  'whole-file.ts',
  'escape-html.ts',
  'repeat.ts',
  'describe-user-agent.ts',
  'ssh-key.ts',
  'sealing.ts',
  'secret-cell.ts',
  'explain-system-error.ts',
  'timeout.ts',
  'network-of.ts',
  'wake-up.ts',
  'back-off.ts',
  'parse-json.ts',
  'email.ts',
  'errors.ts',
  'invisible.ts',
  'parse-address.ts',
  'parse-mac.ts',
  'pick.ts',
  'error-code.ts',
  'error-message.ts',
];

test('a room of the server imports only rooms below it', () => {
  const root = join(import.meta.dirname, '../src');
  expect(findOrderViolations(root, [...ROOMS, ...LOOSE])).toEqual([]);
});

import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { createCommandLine } from '../../testing/command-line.ts';
import { readContent } from '../../testing/content.ts';
import { LEGACY_DATA } from '../../testing/data-folder.ts';

const { netpilot, start, addresses, folder } = await createCommandLine();
const target = join(folder, 'target');
const backup = join(folder, 'before.backup');
const source = join(LEGACY_DATA, '2025-06-split');

beforeAll(async () => {
  mkdirSync(target);
  await netpilot(['import', source, '--router', 'home']);
  await netpilot(['backup', backup]);
});

/** Runs `work` while somebody else holds a table, so that every command comes to wait for it. */
async function whileLocked(table: string, work: (holder: Client) => Promise<void>): Promise<void> {
  const holder = new Client(addresses.admin);
  await holder.connect();
  try {
    await holder.query(`begin; lock table ${table} in access exclusive mode`);
    await work(holder);
  } finally {
    await holder.end();
  }
}

async function untilSomebodyWaits(holder: Client): Promise<void> {
  for (;;) {
    const { rows } = await holder.query('select 1 from pg_locks where not granted');
    if (rows.length > 0) return;
    await delay(20);
  }
}

test.each([
  ['SIGINT', 'import', ['import', source, '--router', 'another'], 'user_routers'],
  ['SIGTERM', 'import', ['import', source, '--router', 'another'], 'user_routers'],
  ['SIGINT', 'export', ['export', join(target, 'export.json')], 'user_devices'],
  ['SIGINT', 'backup', ['backup', join(target, 'new.backup')], 'user_devices'],
  ['SIGINT', 'restore', ['restore', backup, '--yes'], 'users'],
] as const)(
  '%s during %s ends it at once; nothing is half-written, in the database or beside the file',
  async (signal, _command, args, table) => {
    const before = await readContent(addresses.admin);
    await whileLocked(table, async (holder) => {
      const { child, ended } = start(args);
      await untilSomebodyWaits(holder);
      child.kill(signal);
      expect(await ended).toEqual({
        code: signal === 'SIGINT' ? 130 : 143,
        stdout: '',
        stderr: `netpilot: interrupted (${signal})\n`,
      });
      expect(readdirSync(target)).toEqual([]);
    });
    expect(await readContent(addresses.admin)).toEqual(before);
  },
);

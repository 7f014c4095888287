/** Export and import, backup and restore. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createCommandLine, hasProgram } from '../../testing/command-line.ts';
import { readContent } from '../../testing/content.ts';
import { LEGACY_DATA } from '../../testing/data-folder.ts';
import { withClient } from '../database/roles.ts';

const { netpilot, json, onTerminal, start, addresses, folder } = await createCommandLine();
const ANN = 'ann@example.com';

beforeAll(async () => {
  for (const name of ['2025-04-sqlite', '2025-06-split'])
    await json(['import', join(LEGACY_DATA, name), '--router', name, '--user', ANN]);
});

const content = () => readContent(addresses.admin);

/** Leaves no table, like a disaster. */
async function destroy(): Promise<void> {
  await withClient(addresses.admin, (client) =>
    client.query('drop owned by netpilot_owner cascade'),
  );
}

/** What ann's export contains, without owner, time and revisions, and without the records of the imports themselves. */
async function exportedTables(args: readonly string[] = []): Promise<unknown> {
  const { stdout } = await netpilot(['export', '--user', ANN, ...args]);
  const passing = new Set([
    'exported_at',
    'user_id',
    'policy_revision',
    'pending_since',
    'audit_entries',
    'imports',
  ]);
  return JSON.parse(stdout, (name, value: unknown) => (passing.has(name) ? null : value));
}

describe('export', () => {
  test('to standard output is one JSON document, and nothing else', async () => {
    const { code, stdout, stderr } = await netpilot(['export', '--user', ANN]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ format: 'netpilot-export', email: ANN });
  });

  test('of the only user needs no --user', async () => {
    const { stdout } = await netpilot(['export']);
    expect(JSON.parse(stdout)).toMatchObject({ email: ANN });
  });

  test('to a file is readable only by its owner, and keeps an existing file', async () => {
    const file = join(folder, 'ann.json');
    const { stdout } = await netpilot(['export', file]);
    expect(stdout).toMatch(/^Exported ann@example\.com to .*ann\.json \([\d,]+ bytes\)\.\n$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const before = readFileSync(file, 'utf8');
    const again = await netpilot(['export', file]);
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toMatch(/ann\.json is there already: .*\(--overwrite\)\.\n$/);
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(await json(['export', file, '--overwrite'])).toEqual({
      file,
      email: ANN,
      bytes: statSync(file).size,
    });
  });

  test('of an unknown user is exit code 4', async () => {
    const { code, stderr } = await netpilot(['export', '--user', 'nobody@example.com']);
    expect({ code, stderr }).toEqual({
      code: 4,
      stderr: 'netpilot: There is no user "nobody@example.com".\n',
    });
  });

  test('imports again, after the user was deleted, to the same rows', async () => {
    const file = join(folder, 'round-trip.json');
    await netpilot(['export', file]);
    const before = await exportedTables();
    await netpilot(['user', 'delete', ANN, '--yes']);
    const report = await json(['import', file, '--user', ANN]);
    expect(report).toMatchObject({ outcome: 'imported', totals: { unchanged: 0, rejected: 0 } });
    expect(await exportedTables()).toEqual(before);
  });

  test('piped to a reader that stops early ends quietly', async () => {
    const { child, ended } = start(['export']);
    child.stdout.destroy();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('backup and restore', () => {
  const file = join(folder, 'all.backup');

  test('bring every row back after everything was destroyed', async () => {
    const before = await content();
    const summary = await json(['backup', file]);
    await destroy();
    expect(await json(['restore', file, '--yes'])).toEqual(summary);
    expect(await content()).toEqual(before);
  });

  test('create a new data folder from a backup', async () => {
    const elsewhere = ['--data', join(folder, 'new')];
    await json(['restore', file, '--yes', ...elsewhere]);
    expect(await exportedTables(elsewhere)).toEqual(await exportedTables());
  });

  test('an existing file is kept without --overwrite', async () => {
    const { code, stderr } = await netpilot(['backup', file]);
    expect({ code, stderr }).toMatchObject({ code: 2 });
    expect(stderr).toMatch(/all\.backup is there already: .*\(--overwrite\)\.\n$/);
    const { stdout } = await netpilot(['backup', file, '--overwrite']);
    expect(stdout).toMatch(
      /^Backed up to \S+: \d+ rows in \d+ tables, as of \S+Z\.\nSHA-256: [0-9a-f]{64}\n$/,
    );
  });

  test('a damaged, foreign or missing file is refused before asking', async () => {
    const damaged = join(folder, 'damaged.backup');
    const bytes = readFileSync(file);
    const middle = Math.floor(bytes.length / 2);
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
    writeFileSync(damaged, bytes);
    const before = await content();
    for (const [name, reason] of [
      [damaged, 'It is damaged or cut short: its checksum does not match its content.'],
      [join(folder, 'ann.json'), 'This is not a backup of NetPilot.'],
      [join(folder, 'none'), 'It cannot be opened.'],
    ] as const) {
      const { code, stderr } = await netpilot(['restore', name]);
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: `netpilot: ${name}: ${reason} Nothing was changed.\n`,
      });
    }
    expect(await content()).toEqual(before);
  });

  test('an unconfirmed restore is refused', async () => {
    const { code, stderr } = await netpilot(['restore', file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^netpilot: This replaces everything in the embedded database in .*--yes/,
    );
  });

  test.skipIf(!hasProgram('script')).each([
    ['replace\n', 0, 'Restored'],
    ['yes\n', 6, 'Not confirmed: nothing was changed.'],
  ])('on a terminal it asks; after the answer %j it exits with %d', async (keys, code, says) => {
    const before = await content();
    const result = await onTerminal(['restore', file], { after: 'to continue: ', keys });
    expect(result.screen).toContain(says);
    expect(result.code).toBe(code);
    expect(await content()).toEqual(before);
  });
});

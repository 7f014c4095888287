/** FORMAT.md, "Secrets": the router's password lies in the old folders, and is found nowhere after an import. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { readContent } from '../../testing/content.ts';
import { tablesFile } from '../../testing/data-folder.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { LEGACY_TABLE } from '../../testing/legacy-table.ts';
import { readLegacyFolder, startUploadService } from '../../testing/upload.ts';
import { backup } from '../database/backup/backup.ts';
import { FIRST_LINE, LAST_LINE_BYTES } from '../database/backup/format.ts';

const PLANTED = 'hunter2-not-a-secret';
const log: string[] = [];
const logger = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) });
const database = await createTestDatabase();
const { signIn, upload } = await startUploadService(database, logger);

const row = { mac: '02:1b:00:00:00:01', ip: '10.0.0.2', last_seen: '2025-06-06T12:16:45' };
const MADE = [
  { '.env': `PASSWORD=${PLANTED}`, 'devices.json': tablesFile({ devices: [row] }) },
  { 'ports.db': PLANTED, 'devices.json': tablesFile({ devices: [{ ...row, password: PLANTED }] }) },
  {
    'netpilot.json': tablesFile({ ports: [{ router_username: 'root', router_password: PLANTED }] }),
  },
  { 'netpilot.json': `{"x": {"1": {"password": ${PLANTED}}}}` },
  { 'netpilot.json': `{"x": {"1": {"password": "${PLANTED}` },
  { 'mode.json': `{"mode": "none", "password": "${PLANTED}"}` },
  { 'mode.json': `{"password": ${PLANTED}}` },
  { 'netpilot_state.json': `{"active_mode": "none", "router_password": "${PLANTED}"}` },
];

/** What a backup holds: its head, and each table's rows. */
function unpack(file: Buffer): string {
  const [last = ''] = file.subarray(-LAST_LINE_BYTES).toString().split(' ');
  const end = file.length - LAST_LINE_BYTES;
  const trailer: { tables: { offset: number; length: number }[] } = JSON.parse(
    file.subarray(end - Number(last), end).toString(),
  );
  const rows = trailer.tables.map(({ offset, length }) =>
    zstdDecompressSync(file.subarray(offset, offset + length)).toString(),
  );
  return [file.subarray(0, trailer.tables[0]?.offset ?? 0).toString(), ...rows].join('\n');
}

test('not in an answer, the database, an export, a backup or the log', async () => {
  const answers: unknown[] = [];
  const exported: string[] = [];
  const folders = [...LEGACY_TABLE.map(([folder]) => readLegacyFolder(folder)), ...MADE];
  for (const files of folders) {
    const person = await signIn();
    answers.push(
      await upload(person, files),
      await upload(person, files, '?router_id=b&skip_invalid=true'),
    );
    exported.push((await person.request('GET', '/api/v1/me/export')).body);
  }
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-planted-'));
  const file = join(folder, 'all.backup');
  await backup(database.addresses.admin, file);
  const unpacked = unpack(readFileSync(file));
  rmSync(folder, { recursive: true });
  expect(unpacked).toMatch(FIRST_LINE);
  expect(unpacked).toContain('02:1b:00:00:00:01');
  expect(log.length).toBeGreaterThan(0);

  const everywhere = {
    answers,
    exported,
    unpacked,
    log,
    stored: await readContent(database.addresses.admin),
  };
  const found = Object.entries(everywhere).flatMap(([place, content]) =>
    JSON.stringify(content).includes(PLANTED) ? [place] : [],
  );
  expect(found).toEqual([]);
});

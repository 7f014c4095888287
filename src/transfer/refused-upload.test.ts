/** Uploads that are not what they should be: refused with what was expected, and nothing left of them. */
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../testing/app.ts';
import { devicesFile, snapshot, withFolder } from '../../testing/data-folder.ts';
import { createTestDatabase } from '../../testing/database.ts';
import {
  legacyDevice,
  readLegacyFolder,
  startUploadService,
  temporaryFiles,
} from '../../testing/upload.ts';

const database = await createTestDatabase();
const { address, temporary, signIn, post, upload } = await startUploadService(database);

const MULTIPART = 'multipart/form-data; boundary=X';

let ann: Person;
beforeEach(async () => {
  ann = await signIn();
});

/** A body with a part as it stands, for names that FormData would mend. */
function uploadNamed(filename: string, content = '{}') {
  const head = `Content-Disposition: form-data; name="files"; filename="${filename}"`;
  const body = `--X\r\n${head}\r\nContent-Type: application/json\r\n\r\n${content}\r\n--X--\r\n`;
  return post(ann, '?router_id=home', { type: MULTIPART, body });
}

async function expectNothing(): Promise<void> {
  expect(Object.values(await snapshot(database.service, ann.userId)).flat()).toEqual([]);
}

describe('what is no upload of the data folder', () => {
  test.each([
    ['application/json', '{}'],
    ['text/plain', 'devices'],
    ['application/xml', '<devices/>'],
    ['multipart/form-data', 'no boundary'],
  ])('%s is refused by its type', async (type, body) => {
    expect(await post(ann, '?router_id=home', { type, body })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'Content-Type', value: type }] },
    });
  });

  test('nothing at all is refused', async () => {
    expect(await post(ann, '?router_id=home', {})).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'Content-Type', value: '' }] },
    });
    expect(await post(ann, '?router_id=home', { body: new FormData() })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'files' }] },
    });
  });

  test('a field that is no file is named', async () => {
    const form = new FormData();
    form.append('router_id', 'home');
    expect(await post(ann, '?router_id=home', { body: form })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'router_id', value: 'home', expected: 'a file' }] },
    });
  });

  test('files that are not the old program’s are refused, with no word of where they were', async () => {
    const { status, body } = await upload(ann, { 'notes.txt': 'hello' });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      detail: expect.stringContaining('nothing to import in the upload'),
    });
    expect(JSON.stringify(body)).not.toContain(temporary);
  });

  test.each([
    ['', 'no name'],
    ['..', 'a folder'],
    ['devices\u202e.json', 'a name that shows backwards'],
    [`${'x'.repeat(300)}.json`, 'a name too long'],
  ])('%j is refused: %s', async (name) => {
    const { status, body } = await uploadNamed(name);
    expect(status).toBe(400);
    expect(body).toMatchObject({ type: '/problems/invalid-input' });
  });

  test.each([
    '../../devices.json',
    '/etc/devices.json',
    'C:\\data\\devices.json',
    'data/devices.json',
  ])('of %s the path is left out', async (name) => {
    const { status, body } = await uploadNamed(
      name,
      String(devicesFile(legacyDevice(1))['devices.json']),
    );
    expect(body).toMatchObject({ report: { tables: [{ file: 'devices.json', read: 1 }] } });
    expect(status).toBe(200);
  });

  test.each([['devices.json'], ['Devices.JSON']])(
    'a name that comes twice is refused: %s',
    async (second) => {
      const { status, body } = await upload(ann, [
        ['devices.json', '{}'],
        [second, '{}'],
      ]);
      expect(status).toBe(400);
      expect(body).toMatchObject({ errors: [{ field: second, expected: 'each name once' }] });
    },
  );

  test('more files than any data folder has are refused', async () => {
    const names = Array.from({ length: 51 }, (_, index) => [`file-${index}.json`, '{}'] as const);
    expect((await upload(ann, names)).status).toBe(413);
  });

  test('a body that breaks off is refused, and nothing of it imported', async () => {
    const { status, body } = await post(ann, '?router_id=home', {
      type: MULTIPART,
      body: '--X\r\nContent-Disposition: form-data; name="files"; filename="devices.json"\r\n\r\n{"devices": {',
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ field: 'body' }] });
    await expectNothing();
  });

  test('an upload that says it is too large is refused before it is sent', async () => {
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(`${address}/api/v1/imports?router_id=home`, {
        method: 'POST',
        agent: false,
        headers: {
          cookie: ann.cookie,
          'content-type': MULTIPART,
          'content-length': 600 * 1024 * 1024,
        },
      });
      request.on('error', reject).on('response', (response) => {
        resolve(response.statusCode);
        request.destroy();
      });
      request.flushHeaders();
    });
    expect(status).toBe(413);
  });
});

test('whoever leaves in the middle of an upload has imported nothing', async () => {
  const request = httpRequest(`${address}/api/v1/imports?router_id=home`, {
    method: 'POST',
    agent: false,
    headers: { cookie: ann.cookie, 'content-type': MULTIPART },
  });
  request.on('error', () => undefined);
  request.write(
    '--X\r\nContent-Disposition: form-data; name="files"; filename="devices.json"\r\n\r\n{"devices": {',
  );
  await expect.poll(() => temporaryFiles(temporary)).toHaveLength(1);
  request.destroy();
  await expect.poll(() => temporaryFiles(temporary)).toEqual([]);
  await expectNothing();
});

test('what holds passwords is not read, nor kept', async () => {
  const files = { ...readLegacyFolder('2025-06-split'), 'router.json': '{"password": "hunter2"}' };
  const { body } = await upload(ann, files);
  expect(body).toMatchObject({
    report: {
      outcome: 'imported',
      left_out: [
        { file: 'router.json', code: 'secrets', reason: expect.stringContaining('never read') },
      ],
    },
  });
  const kept = JSON.stringify(await snapshot(database.service, ann.userId));
  expect(kept + JSON.stringify(body)).not.toContain('hunter2');
});

test('what SQLite keeps beside a database is not read, and the report says so', async () => {
  const files = await withFolder({}, async (folder) => {
    const sqlite = new DatabaseSync(join(folder, 'devices.db'));
    const insert = (index: number) => {
      const { ip, mac, last_seen } = legacyDevice(index);
      sqlite.prepare('insert into devices values (?, ?, ?)').run(ip, mac, last_seen);
    };
    sqlite.exec('create table devices (ip, mac, last_seen)');
    insert(1);
    sqlite.exec('pragma journal_mode = wal');
    insert(2);
    const names = ['devices.db', 'devices.db-wal', 'devices.db-shm'];
    const read = names.map((name) => [name, readFileSync(join(folder, name))] as const);
    sqlite.close();
    return read;
  });
  const { status, body } = await upload(ann, [...files]);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    report: {
      totals: { read: 1, written: 1 },
      left_out: [
        { file: 'devices.db-shm', code: 'foreign_file' },
        {
          file: 'devices.db-wal',
          code: 'companion',
          reason: expect.stringContaining('may hold the last changes of the database beside it'),
        },
      ],
    },
  });
});

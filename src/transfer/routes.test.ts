/** Imports by the API, with real uploads to a server that listens. */
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../testing/app.ts';
import { devicesFile, snapshot } from '../../testing/data-folder.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { LEGACY_TABLE, expectedOf, readImported } from '../../testing/legacy-table.ts';
import { openEventStream } from '../../testing/event-stream.ts';
import {
  legacyDevice,
  readLegacyFolder,
  startUploadService,
  temporaryFiles,
} from '../../testing/upload.ts';
import { withClient } from '../database/roles.ts';

const database = await createTestDatabase();
const { address, signIn, temporary, upload } = await startUploadService(database);

let ann: Person;
beforeEach(async () => {
  ann = await signIn();
});

describe('a real folder', () => {
  test.each(LEGACY_TABLE)(
    '%s is previewed, imported as the old program had it, and nothing new the second time',
    async (...line) => {
      const files = readLegacyFolder(line[0]);
      const preview = await upload(ann, files, '?router_id=home&dry_run=true');
      expect(preview).toMatchObject({
        status: 200,
        body: { report: { outcome: 'dry run', router_id: 'home', totals: { rejected: 0 } } },
      });
      expect(Object.values(await snapshot(database.service, ann.userId)).flat()).toEqual([]);

      const imported = await upload(ann, files);
      expect(imported).toMatchObject({ status: 200, body: { report: { outcome: 'imported' } } });
      const kept = await snapshot(database.service, ann.userId, { versions: true });
      expect(kept['user_routers']).toHaveLength(1);
      expect(await readImported(database.service, ann.userId)).toEqual(expectedOf(line));

      const again = await upload(ann, files);
      expect(again).toMatchObject({
        status: 200,
        body: { report: { outcome: 'nothing new', rows_written: {} } },
      });
      expect(await snapshot(database.service, ann.userId, { versions: true })).toEqual(kept);
    },
  );

  test('is listed with its report, and audited in the session that sent it', async () => {
    const { body } = await upload(ann, readLegacyFolder('2025-06-split'));
    const listed = (await ann.request('GET', '/api/v1/imports')).json();
    expect(listed).toMatchObject({ items: [{ router_id: 'home', ...Object(body) }] });
    const [{ id }] = listed.items;
    expect((await ann.request('GET', `/api/v1/imports/${id}`)).json()).toEqual(listed.items[0]);
    const audit = await ann.request('GET', '/api/v1/audit?action=import.finished');
    expect(audit.json().items).toMatchObject([
      { actor: 'user', session_id: ann.sessionId, router_id: 'home', subject_id: id },
    ]);
  });

  test('is not there for anybody else', async () => {
    await upload(ann, readLegacyFolder('2025-06-split'));
    const [{ id }] = (await ann.request('GET', '/api/v1/imports')).json().items;
    const bob = await signIn();
    for (const path of [`/api/v1/imports/${id}`, `/api/v1/imports/${id}/rejects`])
      expect((await bob.request('GET', path)).statusCode).toBe(404);
    expect((await bob.request('GET', '/api/v1/imports')).json().items).toEqual([]);
  });
});

describe('records that cannot be taken', () => {
  const good = { ip: '10.0.0.1', mac: '9a:8d:bc:e0:52:41', last_seen: '2025-06-01T12:00:00' };
  const files = devicesFile(good, { ...good, ip: 'nowhere' }, { ...good, last_seen: 'yesterday' });

  test('stop everything, and the problem names each and has the whole report', async () => {
    const { status, body } = await upload(ann, files);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      type: '/problems/invalid-input',
      status: 400,
      detail: expect.stringContaining('2 records cannot be imported as they stand'),
      errors: [
        {
          field: 'devices.json: devices: 2: ip',
          value: '"nowhere"',
          expected: 'something else: it is not an IPv4 or IPv6 address',
        },
        { field: 'devices.json: devices: 3: last_seen', value: '"yesterday"' },
      ],
      report: {
        outcome: 'stopped',
        totals: { read: 3, written: 0, unchanged: 0, rejected: 2 },
        rejects: [
          { file: 'devices.json', key: '2', field: 'ip' },
          { file: 'devices.json', key: '3', field: 'last_seen' },
        ],
      },
    });
    expect(Object.values(await snapshot(database.service, ann.userId)).flat()).toEqual([]);
  });

  test('are kept, verbatim, where they are to be skipped, and listed as they were read', async () => {
    const { body } = await upload(ann, files, '?router_id=home&skip_invalid=true');
    expect(body).toMatchObject({ report: { outcome: 'imported', totals: { rejected: 2 } } });
    const [{ id }] = (await ann.request('GET', '/api/v1/imports')).json().items;
    const { items } = (await ann.request('GET', `/api/v1/imports/${id}/rejects`)).json();
    expect(items).toMatchObject([
      { file: 'devices.json', record_key: '2', field: 'ip', value: '"nowhere"' },
      { file: 'devices.json', record_key: '3', field: 'last_seen', value: '"yesterday"' },
    ]);
    expect(JSON.parse(items[0].record)).toEqual({ ...good, ip: 'nowhere' });
  });

  test('are listed in pages, in their order', async () => {
    const many = Array.from({ length: 250 }, () => ({ ...good, ip: 'nowhere' }));
    await upload(ann, devicesFile(...many), '?router_id=home&skip_invalid=true');
    const [{ id }] = (await ann.request('GET', '/api/v1/imports')).json().items;
    const path = `/api/v1/imports/${id}/rejects?limit=100`;
    const listed: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const url: string = cursor === '' ? path : `${path}&cursor=${cursor}`;
      const page = (await ann.request('GET', url)).json();
      listed.push(...page.items.map((item: { record_key: string }) => item.record_key));
      cursor = page.next_cursor;
    }
    expect(listed).toEqual(many.map((_, index) => String(index + 1)));
  });
});

describe('an export', () => {
  test('is what an upload of it gives back, to another account, too', async () => {
    await upload(ann, readLegacyFolder('2025-05-lists'));
    const exported = await ann.request('GET', '/api/v1/me/export');
    expect(exported.statusCode).toBe(200);
    expect(exported.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(exported.headers['cache-control']).toBe('no-store');
    const day = new Date().toISOString().slice(0, 10);
    expect(exported.headers['content-disposition']).toBe(
      `attachment; filename="netpilot-export-${day}.json"`,
    );

    const bob = await signIn();
    const name = `netpilot-export-${day} (1).json`;
    const moved = await upload(bob, { [name]: exported.body }, '');
    expect(moved).toMatchObject({
      status: 200,
      body: { report: { outcome: 'imported', router_id: 'home' } },
    });
    const [mine, theirs] = [
      await snapshot(database.service, ann.userId),
      await snapshot(database.service, bob.userId),
    ];
    for (const table of ['user_devices', 'user_whitelists', 'user_blacklists', 'user_settings'])
      expect(theirs[table]).toEqual(
        mine[table]?.map((row) => row.replaceAll(ann.userId, bob.userId)),
      );
    const same = await upload(ann, { 'mine.json': exported.body }, '');
    expect(same).toMatchObject({ body: { report: { outcome: 'nothing new' } } });
  });

  test('needs no router_id, and everything else does', async () => {
    const { status, body } = await upload(ann, readLegacyFolder('2025-06-split'), '');
    expect(status).toBe(400);
    expect(body).toMatchObject({
      errors: [
        { field: 'router_id', expected: expect.stringContaining('only an export has its own') },
      ],
    });
  });

  test('holds no connection for a client that does not read it, and no file for one that leaves', async () => {
    await upload(
      ann,
      devicesFile(...Array.from({ length: 40_000 }, (_, index) => legacyDevice(index))),
    );
    const request = httpRequest(`${address}/api/v1/me/export`, {
      agent: false,
      headers: { cookie: ann.cookie },
    }).end();
    const [response]: unknown[] = await once(request, 'response');
    expect(response).toMatchObject({ statusCode: 200 });
    await expect.poll(openImports).toBe(0);
    expect(temporaryFiles(temporary)).toEqual([]);
    expect(await ann.request('GET', '/api/v1/me/export')).toMatchObject({ statusCode: 429 });
    request.destroy();
    await expect
      .poll(async () => (await ann.request('GET', '/api/v1/me/export')).statusCode)
      .toBe(200);
  });
});

test('uploads that are broken off while they wait for their turn leave no place taken', async () => {
  const mallory = await signIn();
  const waiting = Array.from({ length: 5 }, () =>
    httpRequest(`${address}/api/v1/imports?router_id=home`, {
      method: 'POST',
      agent: false,
      headers: { cookie: mallory.cookie, 'content-type': 'multipart/form-data; boundary=x' },
    }).on('error', () => undefined),
  );
  for (const request of waiting) request.write('--x\r\n');
  await expect.poll(() => temporaryFiles(temporary)).toHaveLength(1);
  for (const request of waiting) request.destroy();
  await expect
    .poll(async () => (await upload(mallory, readLegacyFolder('2025-06-split'))).status)
    .toBe(200);
});

test('150 exports that nobody reads and 110 imports at once of one user leave the others theirs', async () => {
  const mallory = await signIn();
  await upload(
    mallory,
    devicesFile(...Array.from({ length: 20_000 }, (_, index) => legacyDevice(index))),
  );
  const stalled = Array.from({ length: 150 }, () =>
    httpRequest(`${address}/api/v1/me/export`, {
      agent: false,
      headers: { cookie: mallory.cookie },
    })
      .on('error', () => undefined)
      .end(),
  );
  const answers = stalled.map((request) => once(request, 'response'));
  const imports = Array.from({ length: 110 }, () =>
    upload(mallory, readLegacyFolder('2025-06-split')),
  );
  for (let time = 0; time < 10; time += 1) {
    expect((await ann.request('GET', '/api/v1/me/export')).statusCode).toBe(200);
    expect((await upload(ann, readLegacyFolder('2025-06-split'))).status).toBe(200);
    expect(await openImports()).toBeLessThanOrEqual(2);
  }
  const codes = (await Promise.all(imports)).map(({ status }) => status);
  expect(new Set(codes)).toEqual(new Set([200, 429]));
  expect(codes.filter((status) => status === 200).length).toBeLessThanOrEqual(5);
  const statuses = (await Promise.all(answers)).map(([{ statusCode }]) => statusCode);
  expect(statuses.filter((status) => status === 200)).toEqual([200]);
  expect(statuses.filter((status) => status === 429)).toHaveLength(149);
  for (const request of stalled) request.destroy();
});

test('whoever watches hears of an import, and of what the router is to do now', async () => {
  const stream = await openEventStream(`${address}/api/v1/events`, ann);
  await stream.next();
  await upload(ann, readLegacyFolder('2025-05-lists'));
  expect(await stream.take(2)).toMatchObject([
    {
      type: 'policy.pending',
      router_id: 'home',
      data: { policy_revision: 2, applied_revision: 0 },
    },
    { type: 'import.finished', router_id: 'home', data: { rejected: 0 } },
  ]);
});

/** Connections of imports and exports that are open on the database. */
function openImports(): Promise<number> {
  return withClient(database.addresses.admin, async (client) => {
    const { rowCount } = await client.query(
      `select from pg_stat_activity where application_name = 'netpilot import' and datname = current_database()`,
    );
    return rowCount ?? 0;
  });
}

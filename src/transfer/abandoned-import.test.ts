/** An import that nobody waits for any more, and one in a service that stops: its reader is gone, and nothing is imported. */
import { request as httpRequest } from 'node:http';
import { beforeEach, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { devicesFile, snapshot } from '../../testing/data-folder.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { childrenOf } from '../../testing/processes.ts';
import { legacyDevice } from '../../testing/upload.ts';
import { withClient } from '../database/roles.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);
const address = await app.listen({ host: '127.0.0.1', port: 0 });

let ann: Person;
beforeEach(async () => {
  ann = await signIn();
});

/** More than fits into the pipe: its reader waits for the import. */
const FILE = String(
  devicesFile(...Array.from({ length: 20_000 }, (_, index) => legacyDevice(index)))['devices.json'],
);
const BODY = `--X\r\nContent-Disposition: form-data; name="files"; filename="devices.json"\r\n\r\n${FILE}\r\n--X--\r\n`;

function startUpload() {
  return httpRequest(`${address}/api/v1/imports?router_id=home`, {
    method: 'POST',
    agent: false,
    headers: { cookie: ann.cookie, 'content-type': 'multipart/form-data; boundary=X' },
  }).end(BODY);
}

const readers = () => childrenOf(process.pid, 'import-worker.ts').length;

/** Holds what an import of ann's waits for. */
function whileItWaits(work: () => Promise<void>): Promise<void> {
  return withClient(database.addresses.admin, async (client) => {
    const key = `hashtextextended('netpilot.import ' || $1, 0)`;
    await client.query(`select pg_advisory_lock(${key})`, [ann.userId]);
    await work();
    await client.query(`select pg_advisory_unlock(${key})`, [ann.userId]);
  });
}

async function expectNothing(): Promise<void> {
  expect(Object.values(await snapshot(database.service, ann.userId)).flat()).toEqual([]);
}

test('a client that leaves ends the reader of their files', async () => {
  await whileItWaits(async () => {
    const upload = startUpload().on('error', () => undefined);
    await expect.poll(readers).toBe(1);
    upload.destroy();
    await expect.poll(readers).toBe(0);
  });
  await expectNothing();
});

test('a service that stops ends the readers, and says so', async () => {
  const answer = Promise.withResolvers<{ status: number | undefined; body: string }>();
  const upload = startUpload();
  upload.on('error', answer.reject).on('response', (response) => {
    let body = '';
    response
      .setEncoding('utf8')
      .on('data', (text: string) => (body += text))
      .on('end', () => answer.resolve({ status: response.statusCode, body }));
  });
  let closing: Promise<void> | undefined;
  await whileItWaits(async () => {
    await expect.poll(readers).toBe(1);
    closing = app.close();
    await expect.poll(readers).toBe(0);
  });
  expect(await answer.promise).toMatchObject({
    status: 503,
    body: expect.stringContaining('NetPilot is stopping: nothing was imported'),
  });
  await closing;
  await expectNothing();
});

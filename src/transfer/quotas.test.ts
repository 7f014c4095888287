/** What an import by the API may add to an account. */
import { expect, test } from 'vitest';
import { devicesFile, importFiles, snapshot, tablesFile } from '../../testing/data-folder.ts';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { legacyDevice, startUploadService } from '../../testing/upload.ts';
import { QUOTAS } from '../database/quotas.ts';

const database = await createTestDatabase();
const { signIn, upload } = await startUploadService(database);

const refusal = (quota: keyof typeof QUOTAS) => ({
  status: 409,
  body: { type: '/problems/quota-exceeded', quota, limit: QUOTAS[quota] },
});

/** Rejected records that do not compress. */
const rejects = (count: number, bytes: number) =>
  devicesFile(
    ...Array.from({ length: count }, (_, index) => ({
      ...legacyDevice(index),
      ip: `no address ${crypto.randomUUID().repeat(1)}`,
      note: Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('base64'),
    })),
  );

test('rejected records are kept up to 10 MB; an import beyond that is refused, and nothing of it stays', async () => {
  const ann = await signIn();
  const codes: number[] = [];
  let answer = await upload(ann, rejects(50, 50_000), '?router_id=home&skip_invalid=true');
  while (answer.status === 200 && codes.length < 10) {
    codes.push(answer.status);
    answer = await upload(ann, rejects(50, 50_000), '?router_id=home&skip_invalid=true');
  }
  expect(answer).toMatchObject(refusal('imports_bytes'));
  expect(codes.length).toBeGreaterThan(1);
  const kept = await snapshot(database.service, ann.userId);
  expect(kept['imports']).toHaveLength(codes.length);
  expect(kept['import_rejects']).toHaveLength(codes.length * 50);
});

test('an account has no more list entries by an import than otherwise; the operator may give it more', async () => {
  const files = {
    'netpilot.json': tablesFile({
      whitelist: Array.from({ length: QUOTAS.list_entries + 1 }, (_, index) => ({
        ip: `10.1.${index >> 8}.${index & 255}`,
      })),
    }),
  };
  const ann = await signIn();
  expect(await upload(ann, files)).toMatchObject(refusal('list_entries'));
  expect(Object.values(await snapshot(database.service, ann.userId)).flat()).toEqual([]);
  const userId = await createUser(database.service);
  const report = await importFiles(database.addresses.service, userId, files);
  expect(report.rows_written['user_whitelists']).toBe(QUOTAS.list_entries + 1);
});

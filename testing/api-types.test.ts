import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { API_TYPES_FILE, generateApiTypes } from './api-types.ts';
import { createTestApp } from './app.ts';
import { createTestDatabase } from './database.ts';

test('the types of the API are those of its routes: else run `npm run generate`', async () => {
  const { app } = await createTestApp(await createTestDatabase());
  const document = (await app.inject('/openapi.json')).body;
  expect(await generateApiTypes(document)).toBe(await readFile(API_TYPES_FILE, 'utf8'));
});

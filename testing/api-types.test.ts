import { readFile } from 'node:fs/promises';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { API_TYPES_FILE, generateApiTypes } from './api-types.ts';
import { createTestApp } from './app.ts';
import { createTestDatabase } from './database.ts';

const { app } = await createTestApp(await createTestDatabase());
const document = (await app.inject('/openapi.json')).body;

test('the types of the API are those of its routes: else run `npm run generate`', async () => {
  expect(await generateApiTypes(document)).toBe(await readFile(API_TYPES_FILE, 'utf8'));
});

const Parameters = Type.Array(
  Type.Object({
    in: Type.String(),
    name: Type.String(),
    required: Type.Optional(Type.Boolean()),
    schema: Type.Object({ default: Type.Optional(Type.Unknown()) }),
  }),
);
const OpenApi = Type.Object({
  paths: Type.Record(
    Type.String(),
    Type.Record(Type.String(), Type.Object({ parameters: Type.Optional(Parameters) })),
  ),
});

test('a query may leave out what has a default', () => {
  const { paths } = Value.Parse(OpenApi, JSON.parse(document));
  const withDefault = Object.values(paths)
    .flatMap((operations) => Object.values(operations))
    .flatMap(({ parameters = [] }) => parameters)
    .filter((parameter) => parameter.in === 'query' && 'default' in parameter.schema);
  expect(withDefault.map(({ name }) => name)).toEqual(expect.arrayContaining(['limit', 'sort']));
  expect(withDefault.filter(({ required }) => required === true)).toEqual([]);
});

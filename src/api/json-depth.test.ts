import fc from 'fast-check';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { Type } from 'typebox';
import { createServer } from './server.ts';
import { DEEPEST_BODY, isDeeper } from './json-depth.ts';

const nested = (levels: number, [open, close]: readonly [string, string]) =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
    : 0;

test('of any JSON, the depth is what its value has', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), fc.nat(8), (value, levels) => {
      expect(isDeeper(JSON.stringify(value), levels)).toBe(depthOf(value) > levels);
    }),
  );
});

test('a body that is too deep is refused by a clear 400, however deep it is', async () => {
  const app = createServer(pino({ level: 'silent' }), { bodyLimit: 4 * 1024 * 1024 });
  onTestFinished(() => app.close());
  app.post('/', { schema: { body: Type.Unknown() } }, () => 'well');
  const post = (payload: string, type = 'application/json') =>
    app.inject({ method: 'POST', url: '/', headers: { 'content-type': type }, payload });

  for (const levels of [DEEPEST_BODY + 1, 400_000])
    for (const brackets of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const answer = await post(nested(levels, brackets), 'application/json; charset=utf-8');
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({
        type: '/problems/invalid-input',
        errors: [{ field: 'body', expected: 'JSON of at most 64 levels' }],
      });
    }
  expect((await post(nested(DEEPEST_BODY, ['[', ']']))).statusCode).toBe(200);
  expect((await post(JSON.stringify('['.repeat(1_000)))).statusCode).toBe(200);
  expect((await post('{"a":')).statusCode).toBe(400);
  expect((await post('{"__proto__": {}}')).statusCode).toBe(400);
});

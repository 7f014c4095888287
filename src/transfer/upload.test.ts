/** What is uploaded is bounded, all files together, and leaves nothing behind. */
import multipart from '@fastify/multipart';
import fastify from 'fastify';
import { existsSync, readdirSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { TooLargeError } from '../errors.ts';
import { withUpload } from './upload.ts';

const app = fastify();
const folders: string[] = [];
await app.register(multipart, { limits: { fileSize: Infinity, files: 50 } });
app.post('/', async (request, reply) => {
  try {
    const names = await withUpload(
      request,
      async (folder) => {
        folders.push(folder);
        return readdirSync(folder).toSorted();
      },
      100,
    );
    return { names };
  } catch (error) {
    return reply.code(error instanceof TooLargeError ? 413 : 500).send({ error: String(error) });
  }
});
afterAll(() => app.close());

async function upload(files: Record<string, string>) {
  const form = new FormData();
  for (const [name, content] of Object.entries(files))
    form.append('files', new Blob([content]), name);
  const request = new Request('http://localhost/', { method: 'POST', body: form });
  const response = await app.inject({
    method: 'POST',
    url: '/',
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  });
  return { status: response.statusCode, body: response.body };
}

test('files within the limit together are there for the work, and gone after it', async () => {
  const { status, body } = await upload({ 'a.json': 'x'.repeat(50), 'b.json': 'x'.repeat(50) });
  expect([status, body]).toEqual([200, '{"names":["a.json","b.json"]}']);
  expect(folders.filter(existsSync)).toEqual([]);
});

test('files that are too much together are refused, though each would do', async () => {
  const { status, body } = await upload({ 'a.json': 'x'.repeat(60), 'b.json': 'x'.repeat(60) });
  expect(status).toBe(413);
  expect(body).toContain('100 bytes at most, all files together');
});

test('one file that is too much is refused, and never taken cut short', async () => {
  const { status } = await upload({ 'a.json': 'x'.repeat(101) });
  expect(status).toBe(413);
});

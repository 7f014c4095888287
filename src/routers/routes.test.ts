import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

describe('a router', () => {
  test('is renamed, and the audit has what it was before', async () => {
    const ann = await signIn();
    const router = await createRouter(database.service, ann.userId);
    const answer = await ann.request('PATCH', `/api/v1/routers/${router}`, { router_name: 'Home' });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ router_id: router, router_name: 'Home' });
  });

  test('is not renamed by a tab that has not seen the newest name', async () => {
    const ann = await signIn();
    const router = await createRouter(database.service, ann.userId);
    const url = `/api/v1/routers/${router}`;
    const seen = (await ann.request('GET', url)).headers.etag;
    await ann.request('PATCH', url, { router_name: 'Other tab' }, { 'if-match': String(seen) });
    const late = await ann.request(
      'PATCH',
      url,
      { router_name: 'This tab' },
      { 'if-match': String(seen) },
    );
    expect(late.statusCode).toBe(412);
    expect((await ann.request('GET', url)).json()).toMatchObject({ router_name: 'Other tab' });
  });

  test('of another user is not found, whatever is asked of it', async () => {
    const [ann, bob] = [await signIn(), await signIn()];
    const router = await createRouter(database.service, ann.userId);
    for (const method of ['GET', 'DELETE'] as const) {
      expect((await bob.request(method, `/api/v1/routers/${router}`)).statusCode).toBe(404);
    }
    expect((await bob.request('GET', '/api/v1/routers')).json()).toEqual({ items: [] });
  });

  test('that is deleted takes all its own along', async () => {
    const ann = await signIn();
    const router = await createRouter(database.service, ann.userId);
    expect((await ann.request('DELETE', `/api/v1/routers/${router}`)).statusCode).toBe(204);
    expect((await ann.request('GET', `/api/v1/routers/${router}`)).statusCode).toBe(404);
  });

  test.each([
    [{ tunnel_port: 70_000 }, { field: 'tunnel_port', value: 70_000 }],
    [
      { router_ip: 'home' },
      { field: 'router_ip', value: 'home', expected: 'an IPv4 or IPv6 address' },
    ],
    [{ name: 'x' }, { field: 'name', expected: 'no such field' }],
  ])('refuses %j and names the field', async (body, error) => {
    const ann = await signIn();
    const router = await createRouter(database.service, ann.userId);
    const answer = await ann.request('PATCH', `/api/v1/routers/${router}`, body);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json().errors).toContainEqual(expect.objectContaining(error));
  });
});

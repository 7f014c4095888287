import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { requireDeclaredAccess } from './access.ts';
import type { App } from './app.ts';

test('a route that does not declare what it needs cannot be registered', () => {
  const app: App = Fastify();
  requireDeclaredAccess(app);
  app.get('/declared', { config: { access: 'read', role: 'viewer' } }, async () => null);
  for (const config of [{}, { access: 'read' }, { role: 'viewer' }] as const)
    expect(() => app.get('/secrets', { config }, async () => null)).toThrow(
      '/secrets does not declare what it needs: give its config an `access` and a `role`.',
    );
});

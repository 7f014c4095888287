import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { VERSION } from '../config/version.ts';
import type { App } from '../api/app.ts';

/** Serves OpenAPI 3.1, made from the routes' own schemas, at /openapi.json, and a page to read it at /docs. */
export async function documentApi(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'NetPilot',
        version: VERSION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
        description:
          'See and steer what is on your network. Errors are problem details (RFC 9457). Every POST takes an `Idempotency-Key`. ' +
          'What two tabs can edit carries an `ETag`; send it back as `If-Match`. Lists come in pages: pass `next_cursor` on as `cursor`.',
      },
      components: {
        securitySchemes: {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'netpilot_session',
            description: 'Set by signing in.',
          },
        },
      },
      tags: TAGS,
    },
    refResolver: {
      buildLocalReference: (schema, _base, _fragment, index) =>
        typeof schema['$id'] === 'string' ? schema['$id'] : `schema-${index}`,
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // The bar at the top offers to read other services' documents: out of place here.
    theme: {
      title: 'NetPilot API',
      css: [{ filename: 'theme.css', content: '.swagger-ui .topbar { display: none }' }],
    },
    uiConfig: { docExpansion: 'list', deepLinking: true },
  });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}

const TAGS = [
  { name: 'sign-in', description: 'How a session begins and ends.' },
  { name: 'account', description: "Oneself and one's sessions." },
  { name: 'routers', description: 'The routers that are linked.' },
  { name: 'agent', description: 'What a router asks for while it is linked.' },
  { name: 'devices', description: 'What is on their networks.' },
  { name: 'policy', description: 'Who gets through: mode, rates, lists, blocks.' },
  { name: 'settings', description: 'Settings of a user and of a router.' },
  { name: 'imports', description: "The old program's files." },
  { name: 'events', description: 'What happens, as it happens.' },
  { name: 'audit', description: 'Who did what, when.' },
  { name: 'service', description: 'For those who run it.' },
];

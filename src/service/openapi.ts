import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { Type } from 'typebox';
import { WEBHOOKS } from '../alerts/webhook-events.ts';
import { VERSION } from '../config/version.ts';
import type { App } from '../api/app.ts';

/**
 * Serves OpenAPI 3.1, generated from the routes' schemas, at /openapi.json, and a page that shows it at /docs.
 * @param policy the Content-Security-Policy of all pages
 */
export async function documentApi(
  app: App,
  policy: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'NetPilot',
        version: VERSION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
        description:
          'See and control the devices on your network. Errors are problem details (RFC 9457). Every POST accepts an `Idempotency-Key`. ' +
          'What can be edited has an `ETag`; send it back as `If-Match`. Lists come in pages: pass `next_cursor` as `cursor`. ' +
          "A request is about all of your own homes, or about one, yours or one that you are a member of: that of its path, else of the header `NetPilot-Home`, else of the cookie `netpilot_home`, each with the home's id. " +
          'What is about your account, sessions, tokens and own settings is so whatever home is chosen. Each operation names the least role that it needs in the home; without one every member may use it.',
      },
      components: {
        securitySchemes: {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'netpilot_session',
            description: 'Set when you sign in.',
          },
          token: {
            type: 'http',
            scheme: 'bearer',
            description:
              'An API token. Each operation lists the scope that it needs; `read` is part of each of the others. A token for one router gets only what belongs to that router.',
          },
        },
      },
      webhooks: WEBHOOKS,
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    },
    transform: ({ schema, url }) => ({
      schema: { ...schema, querystring: asSent(schema.querystring) },
      url,
    }),
    refResolver: {
      buildLocalReference: (schema, _base, _fragment, index) =>
        typeof schema['$id'] === 'string' ? schema['$id'] : `schema-${index}`,
    },
  });
  await app.register(async (docs: App) => {
    // For strangers too, so limited by network. The page has ten files.
    docs.addHook('onRequest', docs.rateLimit({ max: 120, timeWindow: 60_000 }));
    await docs.register(swaggerUi, {
      routePrefix: '/docs',
      // Its style sheet draws some icons by itself.
      staticCSP: directives({ ...policy, 'img-src': ["'self'", 'data:'] }),
      // Hides the bar at the top, which offers to load other services' documents.
      theme: {
        title: 'NetPilot API',
        css: [{ filename: 'theme.css', content: '.swagger-ui .topbar { display: none }' }],
      },
      // No document leaves this machine to be validated elsewhere.
      uiConfig: { docExpansion: 'list', deepLinking: true, validatorUrl: null },
    });
    docs.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  });
}

/** A query as callers send it: what has a default may be left out, though a route always gets it. */
function asSent(query: unknown): unknown {
  if (!Type.IsObject(query)) return query;
  const required = Object.entries(query.properties)
    .filter(([, property]) => !Type.IsOptional(property) && !('default' in property))
    .map(([name]) => name);
  return { ...query, required };
}

function directives(policy: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(policy)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join(';');
}

const TAGS = {
  'sign-in': 'Starting and ending a session.',
  account: 'The account, its sessions and API tokens.',
  homes: 'Homes, the people in them, and who may act there.',
  routers: 'The linked routers.',
  usage: 'What devices, people and homes use of the internet.',
  agent: 'What a router requests while it is being linked.',
  devices: 'The devices on the networks of the routers.',
  policy: 'Which devices get through, and how fast: mode, rates, lists, blocks.',
  rules: 'Rules in time: pauses, exceptions, schedules, new devices.',
  settings: 'Settings of a user and of a router.',
  imports: "Importing the old program's files.",
  alerts: 'Where each person is told of what happens in a home, and what became of it.',
  events: 'Changes, as they happen.',
  audit: 'Who did what, and when.',
  service: 'For operators.',
};
export type Tag = keyof typeof TAGS;

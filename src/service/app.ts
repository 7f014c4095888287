import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyBaseLogger } from 'fastify';
import { accountRoutes } from '../accounts/account-routes.ts';
import {
  requireSameOrigin,
  requireSession,
  sessionCookieName,
} from '../accounts/authentication.ts';
import { sessionRoutes } from '../accounts/session-routes.ts';
import { tokenRoutes } from '../accounts/token-routes.ts';
import { signInLinkRoutes } from '../accounts/sign-in-link-routes.ts';
import { signInRoutes } from '../accounts/sign-in-routes.ts';
import { requireDeclaredAccess } from '../api/access.ts';
import type { App, FastifyReply, FastifyRequest, Services } from '../api/app.ts';
import { createCallers } from '../api/callers.ts';
import { passOnToCell } from '../api/pass-on.ts';
import { Problem } from '../api/problem.ts';
import { createRequestRate } from '../api/request-rate.ts';
import { type Routes, completeSchemas } from '../api/routes.ts';
import { createServer } from '../api/server.ts';
import { TooManyRequestsError } from '../errors.ts';
import { networkOf } from '../network-of.ts';
import { invitationRoutes } from '../homes/invitation-routes.ts';
import { memberRoutes } from '../homes/member-routes.ts';
import { homeRoutes } from '../homes/routes.ts';
import { mcpRoutes } from '../mcp/routes.ts';
import { myRoutes } from '../rules/my-routes.ts';
import { ownDeviceRoutes } from '../rules/own-device-routes.ts';
import { auditRoutes } from '../activity/audit-routes.ts';
import { channelRoutes } from '../alerts/channel-routes.ts';
import { deliveryRoutes } from '../alerts/delivery-routes.ts';
import { preferenceRoutes } from '../alerts/preference-routes.ts';
import { linkRoutes } from '../alerts/link-routes.ts';
import { Event, eventRoutes } from '../activity/event-routes.ts';
import { peopleRoutes } from '../rules/people-routes.ts';
import { pictureRoutes } from '../homes/picture-routes.ts';
import { reviewRoutes } from '../rules/review-routes.ts';
import { changeDeviceRoutes } from '../rules/device-routes.ts';
import { mergeRoutes } from '../policy/merge-routes.ts';
import { presenceRoutes } from '../devices/presence-routes.ts';
import { wakeRoutes } from '../devices/wake-routes.ts';
import { deviceRoutes } from '../devices/routes.ts';
import { replaceRoutes } from '../policy/replace-routes.ts';
import { blockRoutes } from '../policy/block-routes.ts';
import { listRoutes } from '../policy/list-routes.ts';
import { BLACKLIST, WHITELIST } from '../policy/lists.ts';
import { agentRoutes } from '../fleet/openwrt/agent-routes.ts';
import { pairingRoutes } from '../fleet/openwrt/pairing-routes.ts';
import { updateRoutes } from '../fleet/openwrt/update-routes.ts';
import { exportRoutes } from '../transfer/export-routes.ts';
import { importRoutes } from '../transfer/routes.ts';
import { policyRoutes } from '../policy/policy-routes.ts';
import { routerFactRoutes } from '../routers/fact-routes.ts';
import { healthHistoryRoutes } from '../routers/health-routes.ts';
import { askRoutes } from '../rules/ask-routes.ts';
import { usageRoutes } from '../usage/routes.ts';
import { previewRoutes } from '../rules/preview-routes.ts';
import { ruleRoutes } from '../rules/routes.ts';
import { routerRoutes } from '../routers/routes.ts';
import { settingsRoutes } from '../accounts/settings-routes.ts';
import { type Tag, documentApi } from './openapi.ts';
import { healthRoutes } from './health.ts';
import { homeMetricsRoutes } from './home-metrics.ts';
import { createMetrics, measureRequests } from './metrics.ts';
import { warnOfUnnamedProxy } from './unnamed-proxy.ts';
import { answerWithPage, webRoutes } from '../page/routes.ts';

/** The routes of the API, each file with the tag that it has in the documentation. */
const ROUTES: [Tag, Routes][] = [
  ['account', accountRoutes],
  ['account', sessionRoutes],
  ['account', tokenRoutes],
  ['account', signInLinkRoutes],
  ['homes', homeRoutes],
  ['homes', memberRoutes],
  ['homes', invitationRoutes],
  ['homes', myRoutes],
  ['homes', peopleRoutes],
  ['homes', pictureRoutes],
  ['routers', routerRoutes],
  ['routers', routerFactRoutes],
  ['routers', healthHistoryRoutes],
  ['usage', usageRoutes],
  ['usage', homeMetricsRoutes],
  ['routers', pairingRoutes],
  ['routers', updateRoutes],
  ['settings', settingsRoutes],
  ['audit', auditRoutes],
  ['devices', deviceRoutes],
  ['devices', ownDeviceRoutes],
  ['devices', changeDeviceRoutes],
  ['devices', reviewRoutes],
  ['devices', mergeRoutes],
  ['devices', wakeRoutes],
  ['devices', presenceRoutes],
  ['policy', policyRoutes],
  ['policy', (app, services) => listRoutes(app, services, WHITELIST)],
  ['policy', (app, services) => listRoutes(app, services, BLACKLIST)],
  ['policy', blockRoutes],
  ['rules', ruleRoutes],
  ['rules', previewRoutes],
  ['rules', askRoutes],
  ['routers', replaceRoutes],
  ['alerts', channelRoutes],
  ['alerts', preferenceRoutes],
  ['alerts', deliveryRoutes],
  ['imports', importRoutes],
  ['account', exportRoutes],
  ['events', eventRoutes],
];

/** Creates the HTTP server: it does not listen yet. */
export async function createApp(
  services: Services,
  logger: FastifyBaseLogger,
  metrics = createMetrics(),
): Promise<App> {
  const { trustedProxies: trustProxy } = services.config;
  const app = createServer(
    logger,
    { trustProxy, bodyLimit: 1024 * 1024, routerOptions: { maxParamLength: 300 } },
    answerWithPage(services.config),
  );
  app.addSchema(Problem);
  app.addSchema(Event);
  app.decorateRequest('signedIn', null);
  app.decorateRequest('authenticate', null);
  app.decorateRequest('lane', null);
  app.decorate('callers', createCallers(createRequestRate(services.requestRules)));

  await app.register(helmet, {
    global: true,
    enableCSPNonces: true,
    // Without TLS browsers ignore these, and some complain.
    ...(services.config.lanAddress !== undefined && {
      crossOriginOpenerPolicy: false,
      strictTransportSecurity: false,
    }),
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
  });
  await app.register(cookie, { secret: services.secretKey });
  await app.register(rateLimit, {
    global: false,
    keyGenerator: ({ ip }) => networkOf(ip),
    errorResponseBuilder: tooMany,
  });
  await documentApi(app, CONTENT_SECURITY_POLICY.directives);
  measureRequests(app, metrics);
  warnOfUnnamedProxy(app, services.config, logger);
  const { cells, config } = services;
  if (cells !== undefined)
    app.addHook('onRequest', passOnToCell(cells, services.database, sessionCookieName(config)));
  app.addHook('onRequest', requireSameOrigin(services));
  app.addHook('onSend', keepPrivate);

  healthRoutes(app, services);
  await app.register(async (signIn: App) => {
    completeSchemas(signIn, 'sign-in');
    signInRoutes(signIn, services);
  });
  await app.register(async (agent: App) => agentRoutes(agent, services));
  await app.register(async (links: App) => linkRoutes(links, services));
  await app.register(
    async (api) => {
      requireDeclaredAccess(api);
      api.addHook('onRequest', requireSession(services));
      for (const [tag, routes] of ROUTES)
        await api.register(async (part: App) => {
          completeSchemas(part, tag);
          await routes(part, services);
        });
    },
    { prefix: '/api/v1' },
  );
  await app.register(async (programs: App) => {
    requireDeclaredAccess(programs);
    programs.addHook('onRequest', requireSession(services));
    mcpRoutes(programs, services);
  });
  await webRoutes(app, services);
  await app.ready();
  return app;
}

/**
 * Nothing stays on the disk of a computer that others use too, but the web app's own files, which say so themselves. A
 * browser keeps what has a tag in memory or asks whether it still holds.
 */
async function keepPrivate(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (reply.hasHeader('cache-control')) return;
  void reply.header('cache-control', reply.hasHeader('etag') ? 'private, no-cache' : 'no-store');
}

const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    'default-src': ["'self'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  },
};

function tooMany(_request: unknown, { ttl }: { ttl: number }): TooManyRequestsError {
  const seconds = Math.ceil(ttl / 1000);
  return new TooManyRequestsError(`Too many attempts: try again in ${seconds} seconds.`, seconds);
}

/** The Commands-Server's HTTP side: the six calls of protocol.ts. */
import { timingSafeEqual } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { Value } from 'typebox/value';
import type { App } from '../api/app.ts';
import { createServer } from '../api/server.ts';
import { isLoopback } from '../config/loopback.ts';
import { CALLS } from '../commands-client/protocol.ts';
import { UnauthenticatedError } from '../errors.ts';
import { COMMANDS } from './commands.ts';
import type { Asking } from './holder.ts';
import { findCaller } from './session.ts';
import { hashSecret } from '../sealing.ts';

export type HttpServerOptions = Asking & {
  /** The bearer token that each call must have (RFC 6750). */
  token: string;
  log: FastifyBaseLogger;
};

/** Makes the server; it does not listen yet. */
export function createHttpServer({ token, log, ...asking }: HttpServerOptions): App {
  const app = createServer(log, { bodyLimit: 16 * 1024, requestTimeout: 30_000 });
  requireToken(app, token);
  for (const { method, path, request: schema, run } of COMMANDS) {
    const isGet = method === 'GET';
    app.route({
      method,
      url: path,
      schema: isGet ? { querystring: schema } : { body: schema },
      handler: async ({ query, body }) => {
        const request = isGet ? query : body;
        const { sessionId } = Value.Parse(CALLS.startSession.request, request);
        const mayBeOver = path === CALLS.endSession.path;
        const caller = await findCaller(asking.database, sessionId, { mayBeOver });
        return run({ caller, ...asking }, request);
      },
    });
  }
  return app;
}

/** Refuses requests without the services' token, but those of this machine to what is meant for it. */
export function requireToken(app: App, token: string): void {
  const expected = hashSecret(`Bearer ${token}`);
  app.addHook('onRequest', async ({ headers, routeOptions, socket }) => {
    const { isForThisMachine = false, needsNoToken = false } = routeOptions.config;
    if (needsNoToken) return;
    if (isForThisMachine && isLoopback((socket.remoteAddress ?? '').replace(/^::ffff:/i, '')))
      return;
    if (!timingSafeEqual(hashSecret(headers.authorization ?? ''), expected))
      throw new UnauthenticatedError('Only services that have the token may call this.');
  });
}

/** The Commands-Server's HTTP face: the six calls of protocol.ts, for NetPilot's own services. */
import { createHash, timingSafeEqual } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import type { Static, TObject } from 'typebox';
import { Value } from 'typebox/value';
import type { App } from '../api/app.ts';
import { answerErrorsAsProblems } from '../api/failures.ts';
import { Problem } from '../api/problem.ts';
import { problems } from '../api/schema.ts';
import { validatorCompiler } from '../api/validation.ts';
import { UnauthenticatedError } from '../errors.ts';
import { type CommandServices, block, listBlocked, scan, unblock } from './commands.ts';
import {
  BLOCK,
  BLOCKED,
  type Call,
  END_SESSION,
  SCAN,
  START_SESSION,
  UNBLOCK,
} from '../commands-client/protocol.ts';
import { endNamedSession, findCommander } from './session.ts';

export type HttpServerOptions = CommandServices & { token: string; log: FastifyBaseLogger };

/** Puts it together: nothing listens yet. */
export function createHttpServer({ token, log, ...services }: HttpServerOptions): App {
  const app: App = Fastify({
    loggerInstance: log,
    bodyLimit: 16 * 1024,
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: () => crypto.randomUUID(),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => (body) => JSON.stringify(body));
  app.addSchema(Problem);
  answerErrorsAsProblems(app);
  app.addHook('onRequest', requireToken(token));

  answer(app, START_SESSION, async ({ sessionId }) => {
    await findCommander(services.database, sessionId);
    return { sessionId, active: true };
  });
  answer(app, END_SESSION, async ({ sessionId }) => {
    await endNamedSession(services.database, sessionId);
    return { sessionId, active: false };
  });
  answer(app, BLOCK, (request) => block(services, request));
  answer(app, UNBLOCK, (request) => unblock(services, request));
  answer(app, BLOCKED, (request) => listBlocked(services, request));
  answer(app, SCAN, (request) => scan(services, request));
  return app;
}

/** Serves one call as the protocol describes it. */
function answer<Request extends TObject, Success extends TObject>(
  app: App,
  { method, path, request: schema, answer: success }: Call<Request, Success>,
  handle: (request: Static<Request>) => Promise<Static<Success>>,
): void {
  const response = { ...problems, 200: success };
  if (method === 'GET')
    app.route({
      method,
      url: path,
      schema: { querystring: schema, response },
      handler: async (request, reply) =>
        reply.send(await handle(Value.Parse(schema, request.query))),
    });
  else
    app.route({
      method,
      url: path,
      schema: { body: schema, response },
      handler: async (request, reply) =>
        reply.send(await handle(Value.Parse(schema, request.body))),
    });
}

/** Throws UnauthenticatedError for who does not have the services' token (RFC 6750). */
function requireToken(token: string) {
  const expected = digest(`Bearer ${token}`);
  return async ({ headers }: { headers: { authorization?: string | undefined } }) => {
    if (!timingSafeEqual(digest(headers.authorization ?? ''), expected))
      throw new UnauthenticatedError('This is for services that have the token.');
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

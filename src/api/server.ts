import Fastify, { type FastifyBaseLogger, type FastifyServerOptions, LogController } from 'fastify';
import { InvalidInputError } from '../errors.ts';
import type { App } from './app.ts';
import { type ProblemResponder, answerErrorsAsProblems } from './failures.ts';
import { DEEPEST_BODY, isDeeper } from './json-depth.ts';
import { closePromptly } from './prompt-closing.ts';
import { type LeastPace, cutSlowBodies } from './slow-bodies.ts';
import { validatorCompiler } from './validation.ts';

/** More would take the file descriptors that routers and the database need. */
const MOST_CONNECTIONS = 10_000;

export type ServerOptions = Pick<
  FastifyServerOptions,
  'bodyLimit' | 'trustProxy' | 'routerOptions' | 'requestTimeout'
> & { leastPace?: LeastPace };

/** An HTTP server without routes that validates requests with TypeBox and sends errors as problems. */
export function createServer(
  logger: FastifyBaseLogger,
  { leastPace, ...options }: ServerOptions,
  respond?: ProblemResponder,
): App {
  const app: App = Fastify({
    ...options,
    // Time for the headers. Bodies have no time of their own but a pace, because uploads may be large.
    http: { headersTimeout: 30_000, connectionsCheckingInterval: 5_000 },
    loggerInstance: logger,
    // The URL can contain what a person searched for; the route says enough.
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: () => crypto.randomUUID(),
  });
  app.server.maxConnections = MOST_CONNECTIONS;
  closePromptly(app);
  cutSlowBodies(app, leastPace);
  refuseDeepBodies(app);
  app.setValidatorCompiler(validatorCompiler);
  answerErrorsAsProblems(app, respond);
  return app;
}

/** Before anything recursive sees the body: a stack is not endless. */
function refuseDeepBodies(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body);
    if (isDeeper(text, DEEPEST_BODY)) {
      const expected = `JSON of at most ${DEEPEST_BODY} levels`;
      done(new InvalidInputError([{ field: 'body', expected }]));
      return;
    }
    void parse(request, text, done);
  });
}

import Fastify, { type FastifyBaseLogger, type FastifyServerOptions, LogController } from 'fastify';
import type { App } from './app.ts';
import { type ProblemResponder, answerErrorsAsProblems } from './failures.ts';
import { validatorCompiler } from './validation.ts';

/** An HTTP server without routes that validates requests with TypeBox and sends errors as problems. */
export function createServer(
  logger: FastifyBaseLogger,
  options: Pick<FastifyServerOptions, 'bodyLimit' | 'trustProxy' | 'routerOptions'>,
  respond?: ProblemResponder,
): App {
  const app: App = Fastify({
    ...options,
    loggerInstance: logger,
    // The URL can contain what a person searched for; the route says enough.
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: () => crypto.randomUUID(),
  });
  app.setValidatorCompiler(validatorCompiler);
  answerErrorsAsProblems(app, respond);
  return app;
}

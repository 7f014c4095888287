import Fastify, { type FastifyBaseLogger, type FastifyServerOptions, LogController } from 'fastify';
import type { App } from './app.ts';
import { answerErrorsAsProblems } from './failures.ts';
import type { ProblemAnswer } from './failures.ts';
import { validatorCompiler } from './validation.ts';

/** An HTTP server without routes that checks requests by TypeBox and answers failures as problems. */
export function createServer(
  logger: FastifyBaseLogger,
  options: Pick<FastifyServerOptions, 'bodyLimit' | 'trustProxy' | 'routerOptions'>,
  answerProblem?: ProblemAnswer,
): App {
  const app: App = Fastify({
    ...options,
    loggerInstance: logger,
    // The URL can hold what a person searched for; the route says enough.
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: () => crypto.randomUUID(),
  });
  app.setValidatorCompiler(validatorCompiler);
  answerErrorsAsProblems(app, answerProblem);
  return app;
}

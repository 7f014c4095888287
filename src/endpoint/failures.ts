import { explainOutage } from '../database/outage.ts';
import { NotFoundError } from '../errors.ts';
import type { App } from './app.ts';
import { problemOf, retryAfter } from './problem.ts';

/** Every failure of this server's is answered as a problem document; what is a defect is logged. */
export function answerErrorsAsProblems(app: App): void {
  app.setErrorHandler((thrown, request, reply) => {
    const error = explainOutage(thrown);
    const problem = problemOf(error, request.id);
    if (problem.status >= 500)
      request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
    const seconds = retryAfter(error);
    if (seconds !== undefined) void reply.header('retry-after', String(seconds));
    return reply
      .code(problem.status)
      .type('application/problem+json')
      .serializer(JSON.stringify)
      .send(problem);
  });
  app.setNotFoundHandler((request) => {
    throw new NotFoundError('page', request.url);
  });
}

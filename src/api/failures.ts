import { explainOutage } from '../database/outage.ts';
import { NotFoundError } from '../errors.ts';
import type { App, FastifyReply, FastifyRequest } from './app.ts';
import { createFailureLog } from './failure-log.ts';
import { type Problem, problemOf, retryAfter } from './problem.ts';

/** Sends every error as a problem document, or as `respond` does it, and logs those that are defects. */
export function answerErrorsAsProblems(
  app: App,
  respond: ProblemResponder = (_request, reply, problem) => sendProblem(reply, problem),
): void {
  const logFailure = createFailureLog();
  app.setErrorHandler((thrown, request, reply) => {
    const error = explainOutage(thrown);
    const problem = problemOf(error, request.id);
    if (problem.status >= 500) logFailure({ error, route: request.routeOptions.url }, request.log);
    const seconds = retryAfter(error);
    if (seconds !== undefined) void reply.header('retry-after', String(seconds));
    return respond(request, reply.code(problem.status), problem);
  });
  app.setNotFoundHandler((request) => {
    throw new NotFoundError('page', request.url);
  });
}

/** Sends a problem as `application/problem+json` (RFC 9457). */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.type('application/problem+json').serializer(JSON.stringify).send(problem);
}

export type ProblemResponder = (
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
) => FastifyReply | Promise<FastifyReply>;

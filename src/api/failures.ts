import { explainOutage } from '../database/outage.ts';
import { NotFoundError } from '../errors.ts';
import type { App, FastifyReply, FastifyRequest } from './app.ts';
import { type Problem, problemOf, retryAfter } from './problem.ts';

/** Every failure of this server's is answered as a problem document, or as `answer` has it; what is a defect is logged. */
export function answerErrorsAsProblems(
  app: App,
  answer: ProblemAnswer = (_request, reply, problem) => sendProblem(reply, problem),
): void {
  app.setErrorHandler((thrown, request, reply) => {
    const error = explainOutage(thrown);
    const problem = problemOf(error, request.id);
    if (problem.status >= 500)
      request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
    const seconds = retryAfter(error);
    if (seconds !== undefined) void reply.header('retry-after', String(seconds));
    return answer(request, reply.code(problem.status), problem);
  });
  app.setNotFoundHandler((request) => {
    throw new NotFoundError('page', request.url);
  });
}

/** Sends a problem as what it is to programs (RFC 9457). */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.type('application/problem+json').serializer(JSON.stringify).send(problem);
}

export type ProblemAnswer = (
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
) => FastifyReply | Promise<FastifyReply>;

/** The Model Context Protocol over Streamable HTTP, for programs with an API token. */
import type { App, Services } from '../api/app.ts';
import { signedIn } from '../api/signed-in.ts';
import { ForbiddenError } from '../errors.ts';
import { createConfirmations } from './confirmation.ts';

/** @param app with a hook that requires a session */
export function mcpRoutes(app: App, { secretKey }: Services): void {
  const confirmations = createConfirmations(secretKey);
  app.route({
    method: ['POST', 'GET', 'DELETE'],
    url: '/mcp',
    config: { access: 'any', role: 'child' },
    schema: { hide: true },
    handler: async (request, reply) => {
      if (!signedIn(request).isToken)
        throw new ForbiddenError(
          'Programs use this with an API token (`Authorization: Bearer …`): create one in the settings.',
        );
      // Loaded when the first program asks: most never do, and it takes a fifth of a second.
      const { answerProgram } = await import('./server.ts');
      const answer = await answerProgram(app, request, confirmations);
      return reply
        .code(answer.status)
        .headers(Object.fromEntries(answer.headers))
        .send(await answer.text());
    },
  });
}

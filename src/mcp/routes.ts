/** The Model Context Protocol over Streamable HTTP (specification 2026-07-28, and 2025 without sessions), for programs with an API token. */
import { McpServer, createMcpHandler } from '@modelcontextprotocol/server';
import type { App, FastifyRequest, Services } from '../api/app.ts';
import { signedIn } from '../api/signed-in.ts';
import { VERSION } from '../config/version.ts';
import { ForbiddenError } from '../errors.ts';
import { registerChangingTools, registerReview } from './changing.ts';
import { type Confirmations, createConfirmations } from './confirmation.ts';
import { createOwnApi } from './own-api.ts';
import { registerReadingTools } from './reading.ts';

const INSTRUCTIONS =
  'NetPilot controls who and what may use the internet in a home. Times are in UTC, rates in bits per second. Every tool that changes something first gives a preview: show it to the person, and go on only if they agree.';

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
      const handler = createMcpHandler(() => serverFor(app, request, confirmations), {
        responseMode: 'json',
      });
      const answer = await handler.fetch(toWeb(request), { parsedBody: request.body });
      return reply
        .code(answer.status)
        .headers(Object.fromEntries(answer.headers))
        .send(await answer.text());
    },
  });
}

/** A server with the tools that this token may use. */
function serverFor(app: App, request: FastifyRequest, confirmations: Confirmations): McpServer {
  const { scopes, sessionRowId } = signedIn(request);
  const server = new McpServer(
    { name: 'netpilot', version: VERSION },
    { instructions: INSTRUCTIONS },
  );
  const ownApi = createOwnApi(app, request);
  registerReadingTools(server, ownApi);
  const changing = { ownApi, confirmations, sessionRowId };
  if (scopes.includes('control')) registerChangingTools(server, changing);
  if (scopes.includes('manage')) registerReview(server, changing);
  return server;
}

function toWeb({ method, headers, protocol, host, url, body }: FastifyRequest): Request {
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return new Request(`${protocol}://${host}${url}`, {
    method,
    headers: given,
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  });
}

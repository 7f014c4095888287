/** What answers a program that speaks the Model Context Protocol (specification 2026-07-28, and 2025 without sessions). */
import { McpServer, createMcpHandler } from '@modelcontextprotocol/server';
import type { App, FastifyRequest } from '../api/app.ts';
import { signedIn } from '../api/signed-in.ts';
import { VERSION } from '../config/version.ts';
import { registerChangingTools, registerReview } from './changing.ts';
import type { Confirmations } from './confirmation.ts';
import { createOwnApi } from './own-api.ts';
import { registerReadingTools } from './reading.ts';

const INSTRUCTIONS =
  'NetPilot controls who and what may use the internet in a home. Times are in UTC, rates in bits per second. Every tool that changes something first gives a preview: show it to the person, and go on only if they agree.';

/** Answers one request, which stands for itself. */
export function answerProgram(
  app: App,
  request: FastifyRequest,
  confirmations: Confirmations,
): Promise<Response> {
  const handler = createMcpHandler(() => serverFor(app, request, confirmations), {
    // Nothing here ever changes while a program listens: a stream that says so would only stay open.
    maxSubscriptions: 0,
  });
  return handler.fetch(toWeb(request), { parsedBody: request.body });
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

/** Its body is given beside it. */
function toWeb({ method, headers, protocol, host, url }: FastifyRequest): Request {
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return new Request(`${protocol}://${host}${url}`, { method, headers: given });
}

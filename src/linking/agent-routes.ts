/** What a router asks for while it is linked, with nothing but a pairing code. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from 'typebox';
import { PROJECT_FOLDER } from '../config/config.ts';
import type { App, Services } from '../endpoint/app.ts';
import { Name, RouterId, problems } from '../endpoint/schema.ts';
import { NotFoundError } from '../errors.ts';
import { requireAccess } from './access.ts';
import { parsePublicKey } from './public-key.ts';
import { registerRouter } from './registration.ts';

const AGENT_FOLDER = join(PROJECT_FOLDER, 'agent');
const TEXT = 'text/plain; charset=utf-8';
/** Registrations a minute from one address (IPv6: from one /64). */
const RATE_LIMIT = { max: 20, timeWindow: 60_000 };

const Registration = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 50 }),
    router_id: Type.String({ ...RouterId, pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]*$' }),
    public_key: Type.String({
      maxLength: 500,
      description: 'An OpenSSH line: `ssh-ed25519 AAAA…`',
    }),
    name: Type.Optional(Name),
  },
  { additionalProperties: false },
);

/** @param app one of its own: it reads forms, which no other route does */
export function agentRoutes(app: App, services: Services): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 4096 },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );

  app.get('/install.sh', describe('The program that the install line runs'), async (_, reply) => {
    const program = await readAgentFile('install.sh');
    return reply.type(TEXT).send(program.replaceAll('@URL@', services.config.publicUrl));
  });
  for (const [name, summary] of [
    ['netpilot-agent', 'The program that runs on the router'],
    ['netpilot.init', 'How the router starts it'],
  ] as const) {
    app.get(`/agent/${name}`, describe(summary), async (_, reply) =>
      reply.type(TEXT).send(await readAgentFile(name)),
    );
  }

  app.post(
    '/agent/register',
    {
      config: { rateLimit: RATE_LIMIT },
      schema: {
        tags: ['agent'],
        summary: 'Link a router by a pairing code',
        description:
          'Takes a form or JSON. Answers in lines of a name and a value: `router_id`, then what the router dials: `host`, `port`, and the `host_key` that it finds there. The same request again gives the same answer while the code works. That it has the private key, the router proves when it dials in.',
        consumes: ['application/x-www-form-urlencoded', 'application/json'],
        produces: ['text/plain'],
        body: Registration,
        response: { ...problems, 200: Type.String() },
      },
    },
    async (request, reply) => {
      const { host, port, hostKey } = requireAccess(services);
      const { code, router_id, public_key, name } = request.body;
      const { userId, routerId } = await registerRouter(services.database, {
        code,
        routerId: router_id,
        publicKey: parsePublicKey(public_key),
        name,
      });
      request.log.info({ userId, routerId }, 'a router was linked');
      const lines = [
        ['router_id', routerId],
        ['host', host],
        ['port', port],
        ['host_key', hostKey],
      ];
      return reply.type(TEXT).send(lines.map((line) => `${line.join(' ')}\n`).join(''));
    },
  );
}

function describe(summary: string) {
  return {
    schema: {
      tags: ['agent'],
      summary,
      produces: ['text/plain'],
      response: { 200: Type.String(), 404: Type.Ref('Problem') },
    },
  };
}

async function readAgentFile(name: string): Promise<string> {
  try {
    return await readFile(join(AGENT_FOLDER, name), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new NotFoundError('file', name);
    throw error;
  }
}

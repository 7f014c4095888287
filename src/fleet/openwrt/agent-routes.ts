/** What a router asks for while it is linked, with nothing but a pairing code. */
import { type Static, Type } from 'typebox';
import { isWithin } from '../../config/dialling.ts';
import type { App, FastifyRequest, Services } from '../../api/app.ts';
import { Name, RouterId, problems } from '../../api/schema.ts';
import { InvalidInputError, UnavailableError } from '../../errors.ts';
import { mayPassOn, passOn } from '../../api/pass-on.ts';
import { parseAddress } from '../../parse-address.ts';
import { mayDial } from '../../routers/dialling.ts';
import { requireAccess } from '../../routers/access.ts';
import { registerDialledRouter } from '../../routers/dialled.ts';
import { type PublicKey, parsePublicKey } from '../../routers/public-key.ts';
import { noteFetch } from '../../routers/pairing-codes.ts';
import { findMoved } from '../../cells/moved.ts';
import { cellOfCode, hashCode } from '../../routers/code.ts';
import { registerRouter } from '../../routers/registration.ts';
import { withoutCell } from '../../secret-cell.ts';
import { readAgentFile } from './agent-program.ts';
import { readInstaller } from './installer.ts';

const TEXT = 'text/plain; charset=utf-8';
/** Registrations a minute from one address (IPv6: from one /64). */
const RATE_LIMIT = { max: 20, timeWindow: 60_000 };

/** Fetches of the script a minute from one address. */
const FETCH_LIMIT = { max: 60, timeWindow: 60_000 };

const InstallerQuery = Type.Object({
  code: Type.Optional(
    Type.String({
      pattern: '^([1-9]\\d{0,4}\\.)?[A-Za-z0-9_-]{43}$',
      description: "SHA-256 of the line's code, in base64url, after the cell that the code names.",
    }),
  ),
});

/** The line of an RSA key of 8192 bits, with a comment. */
const LONGEST_KEY = 1_600;

const Registration = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 50 }),
    router_id: Type.String({ ...RouterId, pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]*$' }),
    public_key: Type.Optional(
      Type.String({
        maxLength: LONGEST_KEY,
        description:
          'By which it dials in, as an OpenSSH line: `ssh-ed25519 AAAA…`, or `ssh-rsa AAAA…` of 2048 to 8192 bits',
      }),
    ),
    host_key: Type.Optional(
      Type.String({
        maxLength: LONGEST_KEY,
        description:
          "Instead, of a router that the server dials: its SSH server's own key, of either kind",
      }),
    ),
    previous_key: Type.Optional(
      Type.String({
        maxLength: LONGEST_KEY,
        description:
          'The public_key or host_key that it was linked with before. Without it, it is refused while a router is connected with this router_id: there may be two with one MAC.',
      }),
    ),
    name: Type.Optional(Name),
  },
  { additionalProperties: false },
);

/** @param app one of its own: it reads forms, which no other route does */
export function agentRoutes(app: App, services: Services): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 16_384 },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );

  const installer = describe('The program that the install line runs');
  const schema = { ...installer.schema, querystring: InstallerQuery };
  const config = { rateLimit: FETCH_LIMIT, secretOf: 'code' } as const;
  app.get('/install.sh', { config, schema }, async (request, reply) => {
    const { code } = request.query;
    if (code !== undefined)
      await noteFetch(services.database, Buffer.from(withoutCell(code), 'base64url'));
    const { publicUrl: url } = services.config;
    const hostKeys = services.routerAccess?.hostKeys ?? [];
    return reply.type(TEXT).send(await readInstaller({ url, hostKeys }));
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
          'Takes a form or JSON. Answers in lines of a name and a value: `router_id`, then what the router dials: `host`, `port`, and each `host_key` that it may find there; or, for one that is to be dialled, the `client_key` that it is to let in. The same request again gives the same answer while the code works. That it has the private key, the router proves when it dials in.',
        consumes: ['application/x-www-form-urlencoded', 'application/json'],
        produces: ['text/plain'],
        body: Registration,
        response: { ...problems, 200: Type.String() },
      },
    },
    async (request, reply) => {
      const { code, public_key, host_key } = request.body;
      const { cells } = services;
      const cell = cellOfCode(code);
      if (cells !== undefined && cell !== undefined && mayPassOn(cells, request, cell))
        return passOn(cells, request, reply, cell, { body: request.body });
      if ((public_key === undefined) === (host_key === undefined))
        throw new InvalidInputError([
          { field: 'public_key', expected: 'a key to dial in with, or else a host_key' },
        ]);
      const moved = cells && (await findMoved(services.database, hashCode(code)));
      if (cells !== undefined && moved !== undefined && moved !== cells.own)
        return passOn(cells, request, reply, moved, { body: request.body, isMoved: true });
      const lines =
        public_key === undefined
          ? await linkDialled(services, request, parsePublicKey(host_key ?? '', 'host_key'))
          : await linkDiallingIn(services, request, parsePublicKey(public_key));
      return reply.type(TEXT).send(lines.map((line) => `${line.join(' ')}\n`).join(''));
    },
  );
}

type RegisterRequest = Pick<FastifyRequest, 'ip' | 'log'> & { body: Static<typeof Registration> };
type Lines = [name: string, value: string | number][];

async function linkDiallingIn(
  services: Services,
  { body: { code, router_id, name, previous_key }, log }: RegisterRequest,
  publicKey: PublicKey,
): Promise<Lines> {
  const { host, port, hostKeys } = requireAccess(services);
  const previousKey = parsePreviousKey(previous_key);
  const registration = { code, routerId: router_id, publicKey, previousKey, name };
  const { userId, routerId } = await registerRouter(services.database, registration);
  log.info({ userId, routerId }, 'a router was linked');
  return [
    ['router_id', routerId],
    ['host', host],
    ['port', port],
    ...hostKeys.map((hostKey): Lines[number] => ['host_key', hostKey]),
  ];
}

async function linkDialled(
  { config: { dial }, database, secretKey }: Services,
  { body: { code, router_id, name, previous_key }, ip, log }: RegisterRequest,
  hostKey: PublicKey,
): Promise<Lines> {
  if (!mayDial(dial))
    throw new UnavailableError('No router is dialled from here: the operator has not allowed it.');
  const address = parseAddress(ip) ?? ip;
  const { userId, routerId, clientKey } = await registerDialledRouter(database, secretKey, {
    code,
    routerId: router_id,
    previousKey: parsePreviousKey(previous_key),
    hostKey,
    name,
    address: isWithin(address, dial.networks) ? address : undefined,
  });
  log.info({ userId, routerId }, 'a router was linked, to be dialled');
  return [
    ['router_id', routerId],
    ['client_key', clientKey],
  ];
}

function parsePreviousKey(text: string | undefined): PublicKey | undefined {
  return text === undefined ? undefined : parsePublicKey(text, 'previous_key');
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

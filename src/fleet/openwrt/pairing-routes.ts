import { Type } from 'typebox';
import type { App, Services } from '../../api/app.ts';
import { Id, IdParams, Nullable, RouterId, Timestamp } from '../../api/schema.ts';
import { inTenant } from '../../api/signed-in.ts';
import { isLoopback } from '../../config/loopback.ts';
import { requireAccess } from '../../routers/access.ts';
import { nameCellInCode } from '../../routers/code.ts';
import { createPairingCode, findLinkProgress } from '../../routers/pairing-codes.ts';
import { installLine, readInstaller } from './installer.ts';

const NewCode = Type.Object({
  id: Id,
  code: Type.String({ description: 'Shown only now; the database stores a hash.' }),
  expires_at: Timestamp('10 minutes from now.'),
  is_loopback: Type.Boolean({
    description:
      'Whether only this machine reaches what the line, or the router after it, connects to: then no router can be linked.',
  }),
  routers_host: Type.String({ description: 'What a router connects to once it is linked.' }),
  routers_port: Type.Integer(),
  install_line: Type.String({
    description:
      'Run as root on the router, this installs the agent and links the router. It includes the SHA-256 of the script that it fetches, and runs nothing else.',
  }),
});

const LinkProgress = Type.Object({
  id: Id,
  state: Type.Enum(['waiting', 'expired', 'fetched', 'registered', 'connected'], {
    description:
      '`fetched`: the line was run, and has its script. `registered`: the code was used. `connected`: the router has dialled in since then.',
  }),
  expires_at: Timestamp(),
  router_id: Nullable(Type.String({ ...RouterId, description: 'The router that was linked.' })),
  device_count: Type.Integer({ description: 'How many devices it has reported since then.' }),
});

export function pairingRoutes(app: App, services: Services): void {
  const { config, database } = services;

  app.post(
    '/pairing-codes',
    {
      config: { access: 'manage', role: 'admin', needsFreshSignIn: true },
      schema: {
        summary: 'Create a code that links a router',
        description:
          'It works once, for 10 minutes. The router comes to the home that was chosen, else to your first one; a router that was linked before stays in its home. An `Idempotency-Key` has no effect here: the response would have to be stored, and the code is not stored.',
        response: { 201: NewCode },
      },
    },
    async (request, reply) => {
      const { host, port, hostKeys } = requireAccess(services);
      const program = await readInstaller({ url: config.publicUrl, hostKeys });
      const created = await inTenant(database, request, (transaction, { userId }) =>
        createPairingCode(transaction, userId),
      );
      const code = nameCellInCode(config.cell?.number, created.code);
      const install_line = installLine(config.publicUrl, program, code);
      return reply
        .code(201)
        .headers({ location: `/api/v1/pairing-codes/${created.id}`, 'cache-control': 'no-store' })
        .send({
          ...created,
          code,
          install_line,
          is_loopback: isLoopback(new URL(config.publicUrl).hostname) || isLoopback(host),
          routers_host: host,
          routers_port: port,
        });
    },
  );

  app.get(
    '/pairing-codes/:id',
    {
      config: { access: 'manage', role: 'admin' },
      schema: {
        summary: 'Get how far linking with a code has come',
        params: IdParams,
        response: { 200: LinkProgress },
      },
    },
    (request) =>
      inTenant(database, request, (transaction, { userId }) =>
        findLinkProgress(transaction, userId, request.params.id),
      ),
  );
}

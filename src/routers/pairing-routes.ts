import { Type } from 'typebox';
import type { App, Services } from '../api/app.ts';
import { Id, Nullable, RouterId, Timestamp, problems } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { requireAccess } from './access.ts';
import { createPairingCode, findProgress } from './pairing-codes.ts';

const NewCode = Type.Object({
  id: Id,
  code: Type.String({ description: 'Shown this once; only a hash of it is kept.' }),
  expires_at: Timestamp('10 minutes from now.'),
  install_line: Type.String({
    description: 'Pasted on the router, as root, this installs the agent and links it.',
  }),
});

const Progress = Type.Object({
  id: Id,
  state: Type.Enum(['waiting', 'expired', 'registered', 'connected'], {
    description: '`registered`: the code was used. `connected`: the router dialled in since.',
  }),
  expires_at: Timestamp(),
  router_id: Nullable(Type.String({ ...RouterId, description: 'The router that was linked.' })),
});

export function pairingRoutes(app: App, services: Services): void {
  const { config, database } = services;

  app.post(
    '/pairing-codes',
    {
      schema: {
        tags: ['routers'],
        summary: 'Ask for a code that links a router',
        description:
          'It works once, for 10 minutes. An `Idempotency-Key` changes nothing here: its answer would have to be kept, and a code is kept nowhere.',
        response: { ...problems, 201: NewCode },
      },
    },
    async (request, reply) => {
      requireAccess(services);
      const made = await inTenant(database, request, (transaction, { userId }) =>
        createPairingCode(transaction, userId),
      );
      const install_line = `wget -qO- '${config.publicUrl}/install.sh' | sh -s -- ${made.code}`;
      return reply
        .code(201)
        .headers({ location: `/api/v1/pairing-codes/${made.id}`, 'cache-control': 'no-store' })
        .send({ ...made, install_line });
    },
  );

  app.get(
    '/pairing-codes/:id',
    {
      schema: {
        tags: ['routers'],
        summary: 'How far the linking by a code has come',
        params: Type.Object({ id: Id }),
        response: { ...problems, 200: Progress },
      },
    },
    (request) =>
      inTenant(database, request, (transaction, { userId }) =>
        findProgress(transaction, userId, request.params.id),
      ),
  );
}

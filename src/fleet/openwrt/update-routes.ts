import { Type } from 'typebox';
import type { App, Services } from '../../api/app.ts';
import { Nullable, RouterParams } from '../../api/schema.ts';
import { once } from '../../api/once.ts';
import { inTenant } from '../../api/signed-in.ts';
import type { Router } from '../../database/models.ts';
import { ConflictError } from '../../errors.ts';
import { findRouter } from '../../routers/queries.ts';
import { requestUpdate } from '../../routers/update-requests.ts';
import { isLaterVersion, readAgentRelease } from './agent-release.ts';

const AgentUpdate = Type.Object({
  agent_version: Nullable(Type.String({ description: 'What the router has.' })),
  offered_version: Nullable(
    Type.String({
      description:
        'What this server has for routers; null if it has nothing that the release key has signed.',
    }),
  ),
  is_newer: Type.Boolean({ description: 'Whether that is later than what the router has.' }),
  is_allowed: Type.Boolean({
    description:
      'Whether its owner has allowed updates on the router: `netpilot-agent updates on`.',
  }),
  update_version: Nullable(Type.String({ description: 'What was asked for.' })),
  update_state: Nullable(
    Type.String({
      description:
        'How far that has come: `wanted`, `sending`, `trying` (the router runs it on trial). Or why the router has kept its agent: `interrupted`, `put-back` (the new one did not connect within two minutes), `not-here` (the server has another one by now), `incomplete`, `not-allowed`, `signature`, `version`, `broken`, `storage`. Null once it has it.',
    }),
  ),
});

export function updateRoutes(app: App, services: Services): void {
  const { database, readRelease = readAgentRelease } = services;
  const path = '/routers/:router_id/update';
  const params = RouterParams;

  app.get(
    path,
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: 'Get whether there is a newer agent for a router',
        params,
        response: { 200: AgentUpdate },
      },
    },
    async (request) => {
      const offered = await readRelease();
      const router = await inTenant(database, request, (transaction, { userId }) =>
        findRouter(transaction, { user_id: userId, router_id: request.params.router_id }),
      );
      return describeUpdate(router, offered?.version);
    },
  );

  app.post(
    path,
    {
      config: { access: 'manage', role: 'admin' },
      schema: {
        summary: "Update a router's agent",
        description:
          'The router gets the newer agent of this server: only if its owner has allowed that on the router, and only one that is signed with the release key, which the router checks. It keeps its rules in the meantime, and its agent if the new one does not connect within two minutes. Refused (409) if there is nothing newer, the router is not connected, or its owner has not allowed it.',
        params,
        response: { 202: AgentUpdate },
      },
    },
    async (request, reply) => {
      const offered = await readRelease();
      return once(database, request, reply, async (transaction, actor) => {
        const { router_id } = request.params;
        const found = await findRouter(transaction, { user_id: actor.userId, router_id });
        if (offered === undefined || !isLaterVersion(offered.version, found.agent_version ?? ''))
          throw new ConflictError('This server has no signed agent that is later than its own.');
        const router = await requestUpdate(transaction, actor, router_id, offered.version);
        return { status: 202, body: describeUpdate(router, offered.version) };
      });
    },
  );
}

function describeUpdate(router: Router, offered: string | undefined) {
  const { agent_version, agent_features, update_version, update_state } = router;
  return {
    agent_version,
    offered_version: offered ?? null,
    is_newer: offered !== undefined && isLaterVersion(offered, agent_version ?? ''),
    is_allowed: agent_features?.includes('update') === true,
    update_version,
    update_state,
  };
}

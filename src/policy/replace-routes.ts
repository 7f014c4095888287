import { Type } from 'typebox';
import type { App, Services } from '../api/app.ts';
import { once } from '../api/once.ts';
import { RouterId, RouterParams, Strict } from '../api/schema.ts';
import { replaceRouter } from './replacing.ts';
import { Delivery } from './revision.ts';

const Replacement = Type.Object({
  router_id: RouterId,
  replaced: Type.String({ ...RouterId, description: 'The router that is unlinked now.' }),
  delivery: Delivery,
});

export function replaceRoutes(app: App, { database }: Services): void {
  app.post(
    '/routers/:router_id/replace',
    {
      config: { access: 'manage', role: 'owner', needsFreshSignIn: true },
      schema: {
        summary: 'Let a router replace another one',
        description:
          'The router in the path, which is linked, takes over the devices of the other one with their names and history, its lists, blocks, rules, home, name, settings and tokens, all in one; the other one is unlinked. A device that both know is the one that the old router knew; an entry that the new one has for it stays. The blocks hold on the new router as soon as it confirms: see `delivery`.',
        params: RouterParams,
        body: Strict({
          replaces: Type.String({ ...RouterId, description: 'The router that is replaced.' }),
        }),
        response: { 200: Replacement },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const { replaces } = request.body;
        const { router, delivery } = await replaceRouter(transaction, actor, key, replaces);
        return { status: 200, body: { router_id: router.router_id, replaced: replaces, delivery } };
      }),
  );
}

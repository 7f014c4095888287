import { Type } from 'typebox';
import { recordAudit } from '../activity/record-audit.ts';
import { type OfRouter, type Policy, type Router, policyOf } from '../database/models.ts';
import type { App, FastifyReply, FastifyRequest, Services } from '../api/app.ts';
import { etagOf, requireMatch, sendEtag } from '../api/etag.ts';
import { Nullable, RouterId, Timestamp, problems } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { type Rules, findPolicy, lockPolicy, updateRules } from './queries.ts';
import { Delivery, deliveryOf, raiseRevision } from './revision.ts';

/** Far beyond any link there is, and exact in a JavaScript number. */
const MOST_BITS_PER_SECOND = 10 ** 12;

const limitRate = (whom: string) =>
  Nullable(
    Type.Integer({
      minimum: 0,
      maximum: MOST_BITS_PER_SECOND,
      description: `For ${whom}, in bits per second. 0: no traffic at all; null: unlimited.`,
    }),
  );
const fullRate = (whom: string) =>
  Nullable(
    Type.Integer({
      minimum: 1,
      maximum: MOST_BITS_PER_SECOND,
      description: `For ${whom}, in bits per second. Null: unlimited.`,
    }),
  );

const RulesSchema = Type.Object(
  {
    mode: Type.Enum(['none', 'whitelist', 'blacklist'], {
      description:
        '`none`: only blocks hold. `whitelist`: who is not on the whitelist gets whitelist_limit_rate. `blacklist`: who is on the blacklist gets blacklist_limit_rate. A block holds in every mode.',
    }),
    whitelist_limit_rate: limitRate('devices off the whitelist'),
    whitelist_full_rate: fullRate('devices on the whitelist'),
    blacklist_limit_rate: limitRate('devices on the blacklist'),
    blacklist_full_rate: fullRate('devices off the blacklist'),
  },
  { additionalProperties: false },
);

const PolicySchema = Type.Object({
  router_id: RouterId,
  ...RulesSchema.properties,
  policy_revision: Type.Integer(),
  applied_revision: Type.Integer(),
  applied_at: Nullable(Timestamp('When the router last confirmed.')),
  updated_at: Timestamp(),
  delivery: Delivery,
});

const tags = ['policy'];
const path = '/routers/:router_id/policy';
const params = Type.Object({ router_id: RouterId });
const response = { ...problems, 200: PolicySchema };

export function policyRoutes(app: App, { database }: Services): void {
  app.get(
    path,
    { schema: { tags, summary: 'What a router is to do: mode and rates', params, response } },
    async (request, reply) => {
      const { router, policy } = await inTenant(database, request, (transaction, { userId }) =>
        findPolicy(transaction, { user_id: userId, ...request.params }),
      );
      return answer(reply, policy, router);
    },
  );

  app.put(
    path,
    {
      schema: {
        tags,
        summary: 'Set mode and rates',
        description:
          "Decides for every device of the router at once. Takes effect when the router confirms: see `delivery`. What changes nothing does not raise the policy's revision.",
        params,
        body: RulesSchema,
        response,
      },
    },
    (request, reply) => change(request, reply, request.params.router_id, request.body),
  );

  app.patch(
    path,
    {
      schema: {
        tags,
        summary: 'Change the mode, or some of the rates',
        description: 'As PUT; what is not named stays.',
        params,
        body: Type.Partial(RulesSchema, { additionalProperties: false, minProperties: 1 }),
        response,
      },
    },
    (request, reply) => change(request, reply, request.params.router_id, request.body),
  );

  async function change(
    request: FastifyRequest,
    reply: FastifyReply,
    router_id: string,
    wanted: Partial<Rules>,
  ) {
    const { router, policy } = await inTenant(database, request, async (transaction, actor) => {
      const key: OfRouter = { user_id: actor.userId, router_id };
      const stored = await lockPolicy(transaction, key);
      const before = rulesOf(stored.policy);
      requireMatch(request, before);
      const after = { ...before, ...wanted };
      if (etagOf(after) === etagOf(before)) return stored;
      await updateRules(transaction, key, after);
      await raiseRevision(transaction, actor.userId, router_id);
      await recordAudit(transaction, actor, {
        action: 'policy.changed',
        routerId: router_id,
        details: { before, after },
      });
      const changed = await policyOf(transaction, key).executeTakeFirstOrThrow();
      return { router: stored.router, policy: changed };
    });
    return answer(reply, policy, router);
  }
}

function answer(reply: FastifyReply, policy: Policy, router: Router) {
  sendEtag(reply, rulesOf(policy));
  return { ...policy, delivery: deliveryOf({ ...policy, ...router }) };
}

/** What a person decides in a policy, and so what its tag is made of. */
function rulesOf(policy: Policy): Rules {
  const { mode, whitelist_limit_rate, whitelist_full_rate } = policy;
  const { blacklist_limit_rate, blacklist_full_rate } = policy;
  return {
    mode,
    whitelist_limit_rate,
    whitelist_full_rate,
    blacklist_limit_rate,
    blacklist_full_rate,
  };
}

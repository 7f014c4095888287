import { type Static, Type } from 'typebox';
import { recordAudit } from '../activity/record-audit.ts';
import { confirm, keepOwnDevice } from '../access/own-device.ts';
import type { App, FastifyReply, FastifyRequest, Services } from '../api/app.ts';
import { etagOf, requireMatch, withEtag } from '../api/etag.ts';
import { Nullable, OneOf, RouterId, RouterParams, Strict, Timestamp } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { pick } from '../pick.ts';
import { type RouterPolicy, findPolicy, lockPolicy } from './queries.ts';
import { Delivery, deliveryOf, raiseRevision } from './revision.ts';
import { RULES, type Rules } from './rules.ts';

/** Far beyond any link, and exact in a JavaScript number. */
const MOST_BITS_PER_SECOND = 10 ** 12;

const rate = (minimum: number, description: string) =>
  Nullable(Type.Integer({ minimum, maximum: MOST_BITS_PER_SECOND, description }));
const limitRate = (devices: string) =>
  rate(0, `For ${devices}, in bits per second. 0: no traffic at all; null: unlimited.`);
const fullRate = (devices: string) =>
  rate(1, `For ${devices}, in bits per second. Null: unlimited.`);

const RulesSchema = Strict({
  mode: OneOf(['none', 'whitelist', 'blacklist'], {
    description:
      '`none`: only blocks apply. `whitelist`: devices that are not on the whitelist get whitelist_limit_rate. `blacklist`: devices on the blacklist get blacklist_limit_rate. Blocks apply in every mode.',
  }),
  whitelist_limit_rate: limitRate('devices that are not on the whitelist'),
  whitelist_full_rate: fullRate('devices on the whitelist'),
  blacklist_limit_rate: limitRate('devices on the blacklist'),
  blacklist_full_rate: fullRate('devices that are not on the blacklist'),
});

const PolicySchema = Type.Object({
  router_id: RouterId,
  ...RulesSchema.properties,
  policy_revision: Type.Integer(),
  applied_revision: Type.Integer(),
  applied_at: Nullable(Timestamp('When the router last confirmed a revision.')),
  updated_at: Timestamp(),
  delivery: Delivery,
});

type PolicyRequest = FastifyRequest<{
  Params: Static<typeof RouterParams>;
  Body: Partial<Rules> & { confirm?: boolean };
}>;

const path = '/routers/:router_id/policy';
const params = RouterParams;
const response = { 200: PolicySchema };

export function policyRoutes(app: App, { database }: Services): void {
  app.get(
    path,
    {
      config: { access: 'read', role: 'viewer' },
      schema: { summary: "Get a router's policy", params, response },
    },
    async (request, reply) => {
      const policy = await inTenant(database, request, (transaction, { userId }) =>
        findPolicy(transaction, { user_id: userId, ...request.params }),
      );
      return present(reply, policy);
    },
  );

  app.put(
    path,
    {
      config: { access: 'control', role: 'admin' },
      schema: {
        summary: 'Set mode and rates',
        description:
          "Applies to all devices of the router, once the router confirms: see `delivery`. A request that changes nothing does not raise the policy's revision.",
        params,
        body: Strict({ ...RulesSchema.properties, confirm }),
        response,
      },
    },
    change,
  );

  app.patch(
    path,
    {
      config: { access: 'control', role: 'admin' },
      schema: {
        summary: 'Change the mode, or some of the rates',
        description: 'Like PUT; fields that are absent do not change.',
        params,
        body: Type.Partial(Strict({ ...RulesSchema.properties, confirm }), {
          additionalProperties: false,
          minProperties: 1,
        }),
        response,
      },
    },
    change,
  );

  async function change(request: PolicyRequest, reply: FastifyReply) {
    const policy = await inTenant(database, request, async (transaction, actor) => {
      const key = { user_id: actor.userId, ...request.params };
      const stored = await lockPolicy(transaction, key);
      const before = pick(stored, RULES);
      requireMatch(request, before);
      const { confirm: isConfirmed, ...rules } = request.body;
      const after = { ...before, ...rules };
      if (etagOf(after) === etagOf(before)) return stored;
      await keepOwnDevice(transaction, request, actor, isConfirmed, () =>
        raiseRevision(transaction, key, after),
      );
      await recordAudit(transaction, actor, 'policy.changed', key, { before, after });
      return findPolicy(transaction, key);
    });
    return present(reply, policy);
  }
}

function present(reply: FastifyReply, policy: RouterPolicy) {
  const body = { ...policy, delivery: deliveryOf(policy) };
  return withEtag(reply, body, pick(policy, RULES));
}

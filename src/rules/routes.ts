import { Type } from 'typebox';
import { readHomes } from '../access/load-home.ts';
import { refuseCutOff } from '../access/own-device.ts';
import type { App, Services } from '../api/app.ts';
import { requireMatch, withEtag } from '../api/etag.ts';
import { once } from '../api/once.ts';
import { pageOf, parseCursor } from '../api/page.ts';
import { HomeParams, HomeThingParams } from '../api/schema.ts';
import { ONE_TRANSACTION, inTenant } from '../api/signed-in.ts';
import { pick } from '../pick.ts';
import {
  type LockedHome,
  deleteRule,
  insertRule,
  lockHome,
  lockRule,
  requireFound,
  updateRule,
} from './changes.ts';
import { findRule, listRules } from './queries.ts';
import { RULE_FIELDS, type RuleFields, changeRule, completeRule } from './rule-fields.ts';
import {
  Confirmation,
  Deliveries,
  RuleAddition,
  RuleChange,
  RulePage,
  RuleQuery,
  RuleWithDeliveries,
} from './schema.ts';
import { NEW_RULE, requireTimezone, withRule } from './what-if.ts';

const path = '/homes/:home_id/rules';

export function ruleRoutes(app: App, services: Services): void {
  readRoutes(app, services);
  addRoute(app, services);
  changeRoute(app, services);
  removeRoute(app, services);
}

function readRoutes(app: App, { database }: Services): void {
  app.get(
    path,
    {
      config: { ...ONE_TRANSACTION, access: 'read', role: 'viewer' },
      schema: {
        summary: "List a home's rules, newest first",
        description:
          'What a home decides beyond blocks, modes and lists. For a device the first of these decides that says something: it is the router itself; a block; a pause; an exception (the newest); a schedule (of the device, else of its person, else of its network, else of everyone); until it is reviewed, the rule for new devices; mode and lists.',
        params: HomeParams,
        querystring: RuleQuery,
        response: { 200: RulePage },
      },
    },
    (request) => {
      const { cursor, ...query } = request.query;
      const after = parseCursor(cursor);
      return inTenant(database, request, async (transaction, { userId }) => {
        const key = { user_id: userId, ...request.params };
        return pageOf(await listRules(transaction, key, query, after), query.limit);
      });
    },
  );

  app.get(
    `${path}/:id`,
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: 'Get a rule',
        params: HomeThingParams,
        response: { 200: RuleWithDeliveries },
      },
    },
    async (request, reply) => {
      const { rule, deliveries } = await inTenant(database, request, (transaction, { userId }) =>
        findRule(transaction, { user_id: userId, ...request.params }),
      );
      return withEtag(reply, { ...rule, deliveries }, pick(rule, RULE_FIELDS));
    },
  );
}

function addRoute(app: App, { database }: Services): void {
  app.post(
    path,
    {
      config: { ...ONE_TRANSACTION, access: 'control', role: 'admin' },
      schema: {
        summary: 'Add a rule',
        description:
          'A pause: `{"kind": "pause", "person_id": …, "minutes": 30}`. A bedtime: `{"kind": "schedule", "person_id": …, "access": "block", "windows": [{"days": [7, 1, 2, 3, 4], "from": "21:00", "to": "07:00"}]}`, which needs the time zone of the home. It holds once the routers confirm: see `deliveries`. What names the target says what it is; for all devices of the home, `target` must say `everyone`. A home has one rule for new devices, and one for each network: another one is a conflict that names it.',
        params: HomeParams,
        body: RuleAddition,
        response: { 201: RuleWithDeliveries },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const home = await lockHome(transaction, key, request, request.body);
        const fields = completeRule(request.body, home.now);
        requireFound(home, fields);
        requireTimezone({ ...home, id: key.home_id }, fields);
        keepOwnDevice(request.body, key.home_id, home, NEW_RULE, fields);
        const { rule, deliveries } = await insertRule(transaction, actor, key, fields);
        return {
          status: 201,
          location: `/api/v1/homes/${key.home_id}/rules/${rule.id}`,
          body: { ...rule, deliveries },
        };
      }),
  );
}

function changeRoute(app: App, { database }: Services): void {
  app.patch(
    `${path}/:id`,
    {
      config: { ...ONE_TRANSACTION, access: 'control', role: 'admin' },
      schema: {
        summary: 'Change a rule',
        description:
          'What is absent stays; the kind does not change. Another target takes the place of the one before. It holds once the routers confirm: see `deliveries`.',
        params: HomeThingParams,
        body: RuleChange,
        response: { 200: RuleWithDeliveries },
      },
    },
    async (request, reply) => {
      const changed = await inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const { home, rule } = await lockRule(transaction, key, request, request.body);
        const before = pick(rule, RULE_FIELDS);
        requireMatch(request, before);
        const after = changeRule(before, request.body, home.now);
        requireFound(home, request.body);
        requireTimezone({ ...home, id: key.home_id }, after);
        keepOwnDevice(request.body, key.home_id, home, rule.id, after);
        return updateRule(transaction, actor, key, before, after);
      });
      const { rule, deliveries } = changed;
      return withEtag(reply, { ...rule, deliveries }, pick(rule, RULE_FIELDS));
    },
  );
}

function removeRoute(app: App, { database }: Services): void {
  app.delete(
    `${path}/:id`,
    {
      config: { ...ONE_TRANSACTION, access: 'control', role: 'admin' },
      schema: {
        summary: 'Delete a rule, or end a pause',
        description: 'What else says something for these devices holds again.',
        params: HomeThingParams,
        querystring: Confirmation,
        response: { 200: Type.Object({ deliveries: Deliveries }) },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const { home, rule } = await lockRule(transaction, key, request, {});
        const fields = pick(rule, RULE_FIELDS);
        requireMatch(request, fields);
        keepOwnDevice(request.query, key.home_id, home, rule.id, undefined);
        return { deliveries: await deleteRule(transaction, actor, key, fields) };
      }),
  );
}

/** Throws OwnDeviceError if a rule, or the loss of one, cuts off the device in use, and the request does not confirm that. */
function keepOwnDevice(
  { confirm }: { confirm?: boolean },
  homeId: string,
  { own }: LockedHome,
  id: string,
  fields: RuleFields | undefined,
): void {
  if (confirm === true) return;
  const before = readHomes(own);
  refuseCutOff(before, withRule(before, homeId, id, fields));
}

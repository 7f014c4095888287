import { Type } from 'typebox';
import type { App, FastifyReply, FastifyRequest, Services } from '../api/app.ts';
import type { Sender } from '../api/actor.ts';
import {
  HomeParams,
  HomeThingParams,
  Id,
  Nullable,
  OneOf,
  RouterId,
  RouterParams,
  RouterThingParams,
  Timestamp,
} from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { writeUsageTable } from './csv.ts';
import { type Whose, deviceOf, homeOf, loadUsage, personOf } from './history.ts';
import { findLiveUsage, watchUsage } from './live.ts';
import { PERIODS, type Period } from './periods.ts';
import { COUNTING } from './sample.ts';

const bytes = {
  down: Type.Integer({ description: 'Bytes received from the internet.' }),
  up: Type.Integer({ description: 'Bytes sent there.' }),
};

const LiveUsage = Type.Object({
  measured_at: Timestamp('When the sample ended.'),
  milliseconds: Type.Integer({ description: 'How long it is: a minute, or 2 s while watched.' }),
  counting: Type.Enum(COUNTING, {
    description: '`partly`: the router offloads flows past what counts them.',
  }),
  is_access_point: Type.Boolean({
    description: 'Another router has the way to the internet: that one counts the same bytes.',
  }),
  devices: Type.Array(Type.Object({ device_id: Id, ...bytes }), {
    description: 'Those that used something.',
  }),
});

const total = {
  period: OneOf([...PERIODS], { description: 'The one that was asked for.' }),
  from: Timestamp('When it begins.'),
  until: Timestamp('Now.'),
  counting: OneOf(['counted', 'partly', 'none'], {
    description:
      'How complete this is. `partly`: packets are known to be missing, or a router does not count. `none`: no router counts.',
  }),
  ...bytes,
  series: Type.Array(Type.Object({ at: Timestamp('When the step begins.'), ...bytes }), {
    description: 'Every step of the period, also those without any.',
  }),
};
const Usage = Type.Object(total);
const HomeUsage = Type.Object({
  ...total,
  devices: Type.Array(
    Type.Object({
      device_id: Id,
      router_id: RouterId,
      person_id: Nullable(Type.String({ ...Id })),
      ...bytes,
    }),
    { description: 'Those that used something, who used most first: 1,000 at most.' },
  ),
  people: Type.Array(Type.Object({ person_id: Id, ...bytes }), {
    description: 'Those whose devices used something, who used most first.',
  }),
  others: Type.Object(bytes, {
    description:
      'What devices used that are not in the inventory: not known yet, or deleted. It is part of the totals.',
  }),
});

const Query = Type.Object({
  period: Type.Optional(
    Type.Enum(PERIODS, {
      description:
        '`day` if it is not given. `hour`: the last 60 minutes, by minute. `today`: since midnight in the zone of the home, by hour. `day`: the last 24 hours, by hour. `month` and `year`: 30 and 365 days of that zone, by day; the last one is today.',
    }),
  ),
  format: Type.Optional(
    Type.Enum(['json', 'csv'], {
      description: '`csv`: a table with a row for each step and device, 100,000 at most.',
    }),
  ),
});

const DESCRIPTION =
  'What went to the internet and came from there; what stays within the home is not counted. A MAC that several routers of the home counted counts once. Minutes are kept for 2 days, hours for 60, days for 3 years.';

type Asked = { period?: Period; format?: 'json' | 'csv' };

/** With the other form that it can have. */
const answers = (schema: typeof Usage | typeof HomeUsage) => ({
  200: Type.Unsafe<object | string>({
    description: 'The usage.',
    content: {
      'application/json': { schema },
      'text/csv': { schema: Type.String({ description: 'RFC 4180, with a header line.' }) },
    },
  }),
});

export function usageRoutes(app: App, services: Services): void {
  historyRoutes(app, services);
  liveRoutes(app, services);
}

function historyRoutes(app: App, { database }: Services): void {
  app.get(
    '/homes/:home_id/usage',
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: 'Get what a home used, and who used it',
        description: DESCRIPTION,
        params: HomeParams,
        querystring: Query,
        response: answers(HomeUsage),
      },
    },
    (request, reply) =>
      answer(request, reply, request.query, (transaction, { userId }) =>
        homeOf(transaction, userId, request.params.home_id),
      ),
  );

  app.get(
    '/homes/:home_id/people/:id/usage',
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: "Get what a person's devices used",
        description: `${DESCRIPTION} It is of the devices that are theirs now.`,
        params: HomeThingParams,
        querystring: Query,
        response: answers(Usage),
      },
    },
    (request, reply) =>
      answer(request, reply, request.query, (transaction, { userId }) =>
        personOf(transaction, { user_id: userId, ...request.params }),
      ),
  );

  app.get(
    '/routers/:router_id/devices/:id/usage',
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: 'Get what a device used',
        description: `${DESCRIPTION} It is what this router counted, of all devices that are merged into this one, too.`,
        params: RouterThingParams,
        querystring: Query,
        response: answers(Usage),
      },
    },
    (request, reply) =>
      answer(request, reply, request.query, (transaction, { userId }) =>
        deviceOf(transaction, { user_id: userId, ...request.params }),
      ),
  );

  function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    { period = 'day', format = 'json' }: Asked,
    find: (transaction: TenantTransaction, actor: Sender) => Promise<Whose>,
  ) {
    return inTenant(database, request, async (transaction, actor) => {
      const whose = await find(transaction, actor);
      if (format === 'json') return loadUsage(transaction, whose, period);
      const table = await writeUsageTable(transaction, whose, period);
      void reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="usage-${period}.csv"`);
      return table;
    });
  }
}

function liveRoutes(app: App, { database }: Services): void {
  const params = RouterParams;
  app.get(
    '/routers/:router_id/usage',
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: 'Get what the devices of a router used in its latest sample',
        description: 'Not found until there is one. What stays within the home is not counted.',
        params,
        response: { 200: LiveUsage },
      },
    },
    (request) =>
      inTenant(database, request, (transaction, { userId }) =>
        findLiveUsage(transaction, { user_id: userId, ...request.params }),
      ),
  );

  app.post(
    '/routers/:router_id/usage/watch',
    {
      config: { access: 'read', role: 'admin' },
      schema: {
        summary: 'Have a router measure what devices use each 2 s, for a minute',
        description: 'Ask again to go on. Refused (409) if the router is not connected or cannot.',
        params,
        response: { 202: Type.Object({ usage_wanted_until: Timestamp() }) },
      },
    },
    async (request, reply) => {
      const watched = await inTenant(database, request, (transaction, { userId }) =>
        watchUsage(transaction, { user_id: userId, ...request.params }),
      );
      return reply.code(202).send(watched);
    },
  );
}

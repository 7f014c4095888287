/** How a router is and was. */
import { Type } from 'typebox';
import type { App, Services } from '../api/app.ts';
import { Nullable, RouterParams, Strict, Timestamp } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { OUTAGES, findHealthHistory } from './health-history.ts';
import { HealthSchema } from './schema.ts';

const History = Type.Object({
  ...HealthSchema.properties,
  period: Type.Enum(['day', 'week', 'month']),
  from: Timestamp('When the series begins.'),
  until: Timestamp('Now.'),
  step: Type.Integer({ description: 'Seconds that each step of the series has.' }),
  outages: Type.Array(
    Type.Object({
      kind: Type.Enum(OUTAGES, {
        description:
          '`away`: it was not connected, its line was dead or it was off. `internet_down`: it was connected, but none of its targets answered.',
      }),
      from: Timestamp(),
      until: Nullable(Timestamp('Null: it is so now.')),
    }),
    { description: 'Of a minute or longer, the newest first. Kept for a year.' },
  ),
  series: Type.Array(
    Type.Object({
      at: Timestamp('When the step begins.'),
      round_trip: Nullable(Type.Number({ description: 'Milliseconds, on average.' })),
      worst: Nullable(Type.Number({ description: 'Of the slowest measurement.' })),
      loss: Nullable(Type.Number({ description: 'Percent; null: nothing was measured.' })),
    }),
    {
      description:
        'Every step of the period: of five minutes for a day, half an hour for a week, two hours for a month.',
    },
  ),
  share_up: Nullable(
    Type.Number({
      description:
        'The part of the period without outages, from 0 to 1, as far back as anything is known; null: nothing is.',
    }),
  ),
});

export function healthHistoryRoutes(app: App, { database }: Services): void {
  app.get(
    '/routers/:router_id/health',
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: 'Get how a router and its internet were',
        description:
          'Five-minute steps are kept for 8 days, hours for 60 days. While this service itself is down nobody knows who was away: that does not count as an outage.',
        params: RouterParams,
        querystring: Strict({
          period: Type.Enum(['day', 'week', 'month'], { default: 'day' }),
        }),
        response: { 200: History },
      },
    },
    (request) =>
      inTenant(database, request, (transaction, { userId }) =>
        findHealthHistory(
          transaction,
          { user_id: userId, ...request.params },
          request.query.period,
        ),
      ),
  );
}

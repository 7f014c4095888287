import { sql } from 'kysely';
import { Type } from 'typebox';
import { findSchemaProblem, schemaError } from '../database/schema-version.ts';
import type { App, Services } from '../api/app.ts';
import { Problem } from '../api/problem.ts';
import { UnavailableError } from '../errors.ts';
import { within } from '../timeout.ts';

/** Milliseconds that one answer of the database is good for, because everybody may ask. */
const READY_FOR = 1_000;

/** Longest wait for the database, in milliseconds: a load balancer does not wait longer. */
const LONGEST_MS = 5_000;

/** `/healthz`: the process is running. `/readyz`: it can serve: the database responds and is up to date. */
export function healthRoutes(app: App, { database }: Pick<Services, 'database'>): void {
  let latest: { at: number; answer: Promise<void> } | undefined;
  const look = async () => {
    await sql`select 1`.execute(database);
    const problem = await findSchemaProblem(database);
    if (problem !== undefined) throw schemaError(problem);
  };
  const check = () =>
    within(LONGEST_MS, look(), () => {
      throw new UnavailableError('The database does not answer.');
    });

  app.get(
    '/healthz',
    {
      config: { needsNoToken: true },
      schema: { tags: ['service'], response: { 200: Type.Object({ status: Type.Literal('ok') }) } },
    },
    () => ({ status: 'ok' as const }),
  );

  app.get(
    '/readyz',
    {
      config: { needsNoToken: true },
      schema: {
        tags: ['service'],
        response: { 200: Type.Object({ status: Type.Literal('ready') }), 503: Type.Ref('Problem') },
      },
    },
    async () => {
      const at = performance.now();
      if (latest === undefined || at - latest.at >= READY_FOR) latest = { at, answer: check() };
      await latest.answer;
      return { status: 'ready' as const };
    },
  );
}

/**
 * For the balancer that routers come through, on the port for services. `/readyz/routers` answers 404 while the node lets its routers go: HAProxy
 * (`http-check disable-on-404`) then sends nobody and cuts nobody off, as it would for 503. While the database fails over, routers
 * stay where they are: only a node that alone cannot reach it lets them go.
 */
export function balancerRoutes(
  app: App,
  services: Pick<Services, 'database'> & { isDraining: () => boolean },
): void {
  app.addSchema(Problem);
  healthRoutes(app, services);
  app.get('/readyz/routers', { config: { needsNoToken: true } }, (_request, reply) => {
    const status = services.isDraining() ? 'draining' : 'ready';
    return reply.code(status === 'ready' ? 200 : 404).send({ status });
  });
}

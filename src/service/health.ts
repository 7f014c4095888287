import { sql } from 'kysely';
import { Type } from 'typebox';
import { findSchemaProblem, schemaError } from '../database/schema-version.ts';
import type { App, Services } from '../api/app.ts';
import { UnavailableError } from '../errors.ts';
import { within } from '../timeout.ts';

/** Milliseconds that one answer of the database is good for, because everybody may ask. */
const READY_FOR = 1_000;

/** Longest wait for the database, in milliseconds: a load balancer does not wait longer. */
const LONGEST_MS = 5_000;

/** `/healthz`: the process is running. `/readyz`: it can serve: the database responds and is up to date. */
export function healthRoutes(app: App, { database }: Services): void {
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
      schema: { tags: ['service'], response: { 200: Type.Object({ status: Type.Literal('ok') }) } },
    },
    () => ({ status: 'ok' as const }),
  );

  app.get(
    '/readyz',
    {
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

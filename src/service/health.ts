import { sql } from 'kysely';
import { Type } from 'typebox';
import { findSchemaProblem, schemaError } from '../database/schema-version.ts';
import type { App, Services } from '../api/app.ts';

/** `/healthz`: the process is running. `/readyz`: it can serve: the database responds and is up to date. */
export function healthRoutes(app: App, { database }: Services): void {
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
      await sql`select 1`.execute(database);
      const problem = await findSchemaProblem(database);
      if (problem !== undefined) throw schemaError(problem);
      return { status: 'ready' as const };
    },
  );
}

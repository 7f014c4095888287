import { sql } from 'kysely';
import { Type } from 'typebox';
import { pendingMigrations } from '../database/migrate.ts';
import type { App, Services } from '../api/app.ts';
import { UnavailableError } from '../errors.ts';

/** `/healthz`: the process lives. `/readyz`: it can serve, so the database answers and is up to date. */
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
      const pending = await pendingMigrations(database);
      if (pending.length > 0)
        throw new UnavailableError(
          `The database lacks migrations (${pending.join(', ')}): run \`netpilot migrate up\`.`,
        );
      return { status: 'ready' as const };
    },
  );
}

import { Readable } from 'node:stream';
import type { App, Services } from '../api/app.ts';
import { dropStalled } from '../api/stall-timeout.ts';
import { Json, problems } from '../api/schema.ts';
import { signedIn } from '../api/signed-in.ts';
import { exportUser } from './export.ts';

/** An export holds a connection and a snapshot: not for a client that has stopped reading. */
const LONGEST_STALL_MS = 60_000;

export function exportRoutes(app: App, { serviceAddress }: Services): void {
  app.get(
    '/me/export',
    {
      config: { access: 'account' },
      schema: {
        tags: ['account'],
        summary: 'Export everything of the account',
        description:
          'JSON as docs/export-format.md describes it, of one moment, without sessions and secrets. `POST /imports` imports it again, into this account or another one.',
        response: {
          ...problems,
          200: {
            description: 'A download.',
            content: { 'application/json': { schema: Json } },
          },
        },
      },
    },
    (request, reply) => {
      const pieces = exportUser(serviceAddress, signedIn(request).userId);
      const taken = dropStalled(pieces, () => reply.raw.destroy(), LONGEST_STALL_MS);
      const day = new Date().toISOString().slice(0, 10);
      return reply
        .headers({
          'content-type': 'application/json; charset=utf-8',
          'content-disposition': `attachment; filename="netpilot-export-${day}.json"`,
          'cache-control': 'no-store',
        })
        .send(Readable.from(taken, { highWaterMark: 1 }));
    },
  );
}

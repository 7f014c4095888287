import { Readable, finished } from 'node:stream';
import type { App, Services } from '../api/app.ts';
import { dropStalled } from '../api/stall-timeout.ts';
import { Json, problems } from '../api/schema.ts';
import { signedIn } from '../api/signed-in.ts';
import { downloads, exports } from './shares.ts';
import { writeExport } from './write-export.ts';

/** A download holds a file: not for a client that has stopped reading, or reads for ever. */
const LONGEST_STALL_MS = 60_000;
const LONGEST_DOWNLOAD_MS = 30 * 60_000;

export function exportRoutes(app: App, { serviceAddress }: Services): void {
  app.get(
    '/me/export',
    {
      config: { access: 'account', role: 'owner', needsFreshSignIn: true },
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
    async (request, reply) => {
      const { userId } = signedIn(request);
      const gone = new AbortController();
      // However the response ends, also if it has already.
      finished(reply.raw, () => gone.abort());
      const leave = await downloads.take(userId);
      whenAborted(gone.signal, leave);
      const { bytes, content } = await exports.run(userId, () =>
        writeExport(serviceAddress, userId, gone.signal),
      );
      const drop = () => reply.raw.destroy();
      const tooLate = setTimeout(drop, LONGEST_DOWNLOAD_MS);
      whenAborted(gone.signal, () => clearTimeout(tooLate));
      const taken = dropStalled(content, drop, LONGEST_STALL_MS);
      const day = new Date().toISOString().slice(0, 10);
      return reply
        .headers({
          'content-type': 'application/json; charset=utf-8',
          'content-length': bytes,
          'content-disposition': `attachment; filename="netpilot-export-${day}.json"`,
          'cache-control': 'no-store',
        })
        .send(Readable.from(taken, { highWaterMark: 1 }));
    },
  );
}

/** Calls it when the signal is aborted, also if it is already. */
function whenAborted(signal: AbortSignal, listener: () => void): void {
  if (signal.aborted) listener();
  else signal.addEventListener('abort', listener);
}

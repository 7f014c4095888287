import multipart from '@fastify/multipart';
import { type Static, Type } from 'typebox';
import type { App, FastifyReply, FastifyRequest, Services } from '../api/app.ts';
import { PageOf, PageQuery, pageOf, parseCursor } from '../api/page.ts';
import { Problem } from '../api/problem.ts';
import { Id, IdParams, Nullable, RouterId, Strict, Timestamp } from '../api/schema.ts';
import { actorOf, inTenant, signedIn } from '../api/signed-in.ts';
import type { JsonValue } from '../database/schema.generated.ts';
import { UnavailableError } from '../errors.ts';
import { importFolder } from './import.ts';
import { findImport, listImports, listRejects } from './queries.ts';
import { ImportReport } from './report.ts';
import { imports, uploads } from './shares.ts';
import { requireUpload, withUpload } from './upload.ts';

const ImportQuery = Strict({
  router_id: Type.Optional({
    ...RouterId,
    description:
      'The router whose data this is, made if it is missing. Only an export has its own.',
  }),
  dry_run: Type.Boolean({ default: false, description: 'Do everything, and keep nothing.' }),
  skip_invalid: Type.Boolean({
    default: false,
    description: 'Import the rest and keep the rejected records, verbatim.',
  }),
  timezone: Type.String({
    format: 'timezone',
    default: 'UTC',
    description: 'For dates without a zone.',
  }),
});
const ImportSchema = Type.Object({
  id: Id,
  router_id: RouterId,
  created_at: Timestamp(),
  report: Type.Unsafe<JsonValue>({ description: 'As `POST /imports` answers it.' }),
});
const RejectSchema = Type.Object({
  id: Id,
  file: Type.String(),
  record_key: Type.String(),
  field: Type.String(),
  value: Nullable(Type.String()),
  reason: Type.String(),
  record: Type.String({ description: 'The record as the file has it.' }),
});
/** A problem that may report what became of each record. */
const Refusal = Type.Object({ ...Problem.properties, report: Type.Optional(ImportReport) });

export async function importRoutes(app: App, services: Services): Promise<void> {
  const stopping = new AbortController();
  app.addHook('preClose', async () =>
    stopping.abort(new UnavailableError('NetPilot is stopping: nothing was imported. Try again.')),
  );
  await app.register(multipart, {
    // withUpload limits how large they are together.
    limits: { fileSize: Infinity, files: 50, fields: 1, fieldSize: 100, headerPairs: 50 },
  });

  app.post(
    '/imports',
    {
      config: { access: 'account', role: 'owner' },
      onRequest: requireUpload,
      schema: {
        summary: "Import the old program's files, or an export",
        description:
          'Send the files of the data folder, or the one of `GET /me/export`, as multipart/form-data, 512 MB at most. Nothing is written unless every record can be imported, or `skip_invalid` is set: if records cannot be imported, the problem has the whole `report` besides the first hundred `errors`. ' +
          'Importing the same files again changes nothing, so a repeated request is harmless, with or without an Idempotency-Key.',
        consumes: ['multipart/form-data'],
        querystring: ImportQuery,
        response: {
          200: Type.Object({ report: ImportReport }),
          400: Refusal,
          413: Type.Ref('Problem'),
        },
      },
    },
    (request, reply) => receiveImport(services, request, untilGone(reply, stopping.signal)),
  );
  readRoutes(app, services);
}

type ImportRequest = FastifyRequest & { query: Static<typeof ImportQuery> };

/** The one start of an import by the API: nothing of the upload has been read yet. */
function receiveImport(
  { serviceAddress }: Services,
  request: ImportRequest,
  signal: AbortSignal,
): Promise<{ report: ImportReport }> {
  const { router_id, dry_run, skip_invalid, timezone } = request.query;
  const actor = actorOf(signedIn(request), request);
  const importFrom = async (source: string) => ({
    report: await importFolder(serviceAddress, {
      source,
      actor,
      sourceName: 'the upload',
      ...(router_id !== undefined && { routerId: router_id }),
      timezone,
      skipInvalid: skip_invalid,
      dryRun: dry_run,
      signal,
    }),
  });
  return uploads.run(actor.userId, () =>
    withUpload(request, (source) => imports.run(actor.userId, () => importFrom(source))),
  );
}

/** Aborted when the client has gone, or with another signal. */
function untilGone({ raw }: FastifyReply, other: AbortSignal): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () =>
    gone.abort(new UnavailableError('The client has gone: nothing was imported.')),
  );
  return AbortSignal.any([gone.signal, other]);
}

function readRoutes(app: App, { database }: Services): void {
  app.get(
    '/imports',
    {
      config: { access: 'account', role: 'owner' },
      schema: {
        summary: 'List imports, newest first',
        querystring: Type.Object(PageQuery),
        response: { 200: PageOf(ImportSchema) },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const rows = await inTenant(database, request, (transaction, { userId }) =>
        listImports(transaction, userId, limit + 1, parseCursor(cursor)),
      );
      return pageOf(rows, limit);
    },
  );

  app.get(
    '/imports/:id',
    {
      config: { access: 'account', role: 'owner' },
      schema: {
        summary: 'Get an import and its report',
        params: IdParams,
        response: { 200: ImportSchema },
      },
    },
    (request) =>
      inTenant(database, request, (transaction, { userId }) =>
        findImport(transaction, userId, request.params.id),
      ),
  );

  app.get(
    '/imports/:id/rejects',
    {
      config: { access: 'account', role: 'owner' },
      schema: {
        summary: 'List the records that an import rejected',
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: { 200: PageOf(RejectSchema) },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const rows = await inTenant(database, request, async (transaction, { userId }) => {
        const { id } = await findImport(transaction, userId, request.params.id);
        return listRejects(transaction, userId, id, limit + 1, parseCursor(cursor));
      });
      return pageOf(rows, limit);
    },
  );
}

import multipart from '@fastify/multipart';
import { Type } from 'typebox';
import type { Actor } from '../audit/record.ts';
import type { App, Services } from '../endpoint/app.ts';
import { PageOf, PageQuery, pageOf, parseCursor } from '../endpoint/page.ts';
import { Id, Json, Nullable, RouterId, Timestamp, problems } from '../endpoint/schema.ts';
import { inTenant, signedIn } from '../endpoint/signed-in.ts';
import { importFolder } from './import.ts';
import { findImport, listImports, listRejects } from './queries.ts';
import { withUpload } from './upload.ts';

const ImportQuery = Type.Object(
  {
    router_id: RouterId,
    dry_run: Type.Boolean({ default: false, description: 'Do everything but keep it.' }),
    skip_invalid: Type.Boolean({
      default: false,
      description: 'Import the rest and keep the rejected records, verbatim.',
    }),
    timezone: Type.String({
      format: 'timezone',
      default: 'UTC',
      description: 'For dates without a zone.',
    }),
  },
  { additionalProperties: false },
);
const ImportSchema = Type.Object({
  id: Id,
  router_id: RouterId,
  created_at: Timestamp(),
  report: Json,
});
const RejectSchema = Type.Object({
  id: Id,
  file: Type.String(),
  record_key: Type.String(),
  field: Type.String(),
  value: Nullable(Type.String()),
  reason: Type.String(),
  record: Type.String({ description: 'The record as it stood in the file.' }),
});
const Params = Type.Object({ id: Id });
const tags = ['imports'];

export async function importRoutes(app: App, services: Services): Promise<void> {
  const { database } = services;
  await app.register(multipart, {
    // How large they may be together, withUpload watches.
    limits: { fileSize: Infinity, files: 50, fields: 0, headerPairs: 50 },
  });

  app.post(
    '/imports',
    {
      schema: {
        tags,
        summary: "Import the old program's files",
        description:
          'Send the files of the data folder as multipart/form-data. Nothing is written unless every record can be taken, or `skip_invalid` is set. ' +
          'Importing the same files again changes nothing, so a repeated request is harmless, with or without an Idempotency-Key.',
        consumes: ['multipart/form-data'],
        querystring: ImportQuery,
        response: { ...problems, 200: Type.Object({ report: Json }) },
      },
    },
    (request) =>
      withUpload(request, async (source) => {
        const { router_id, dry_run, skip_invalid, timezone } = request.query;
        const { userId, sessionId } = signedIn(request);
        const actor: Actor = { userId, kind: 'user', sessionId };
        const report = await importFolder(services.serviceAddress, {
          source,
          actor,
          routerId: router_id,
          timezone,
          skipInvalid: skip_invalid,
          dryRun: dry_run,
        });
        return { report };
      }),
  );

  app.get(
    '/imports',
    {
      schema: {
        tags,
        summary: 'What was imported, newest first',
        querystring: Type.Object(PageQuery),
        response: { ...problems, 200: PageOf(ImportSchema) },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const rows = await inTenant(database, request, (transaction, { userId }) =>
        listImports(transaction, userId, limit + 1, parseCursor(cursor)),
      );
      return pageOf(rows, limit, ({ id }) => ({ value: null, id }));
    },
  );

  app.get(
    '/imports/:id',
    {
      schema: {
        tags,
        summary: 'One import and its report',
        params: Params,
        response: { ...problems, 200: ImportSchema },
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
      schema: {
        tags,
        summary: 'The records an import could not take',
        params: Params,
        querystring: Type.Object(PageQuery),
        response: { ...problems, 200: PageOf(RejectSchema) },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const rows = await inTenant(database, request, async (transaction, { userId }) => {
        const { id } = await findImport(transaction, userId, request.params.id);
        return listRejects(transaction, userId, id, limit + 1, parseCursor(cursor));
      });
      return pageOf(rows, limit, ({ id }) => ({ value: null, id }));
    },
  );
}

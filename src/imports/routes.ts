import multipart from '@fastify/multipart';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Type } from 'typebox';
import type { Actor } from '../audit/record.ts';
import type { App, FastifyRequest, Services } from '../endpoint/app.ts';
import { PageOf, PageQuery, pageOf, parseCursor } from '../endpoint/page.ts';
import { Id, Json, Nullable, RouterId, Timestamp, problems } from '../endpoint/schema.ts';
import { inTenant, signedIn } from '../endpoint/signed-in.ts';
import { InvalidInputError } from '../errors.ts';
import { importFolder } from './import.ts';
import { findImport, listImports, listRejects } from './queries.ts';

/** Largest upload, all files together, in bytes: a million devices are some 200 MB. */
const LARGEST_UPLOAD = 512 * 1024 * 1024;

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
    limits: { fileSize: LARGEST_UPLOAD, files: 50, fields: 0, headerPairs: 50 },
  });

  app.post(
    '/imports',
    {
      bodyLimit: LARGEST_UPLOAD,
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

/** Puts the uploaded files into a folder of their own for as long as `work` takes. */
async function withUpload<Result>(
  request: FastifyRequest,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  if (!request.isMultipart()) {
    throw new InvalidInputError([
      {
        field: 'Content-Type',
        value: request.headers['content-type'] ?? '',
        expected: 'multipart/form-data with the files of the data folder',
      },
    ]);
  }
  const folder = await mkdtemp(join(tmpdir(), 'netpilot-upload-'));
  try {
    for await (const part of request.files()) {
      await pipeline(
        part.file,
        createWriteStream(join(folder, fileName(part.filename)), { flags: 'wx', mode: 0o600 }),
      );
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The name alone: what a browser sends may hold a path. */
function fileName(sent: string | undefined): string {
  const name = basename((sent ?? '').replaceAll('\\', '/'));
  if (/^[\w][\w.-]{0,99}$/.test(name)) return name;
  throw new InvalidInputError([
    {
      field: 'filename',
      value: sent ?? '',
      expected: 'the name of a file of the data folder, such as devices.json',
    },
  ]);
}

import type { Client } from 'pg';
import type { Actor } from '../api/actor.ts';
import { isTimezone } from '../api/schema.ts';
import type { DatabaseAddress } from '../config/database-address.ts';
import {
  COUNT_IMPORTED,
  IMPORTED_QUOTAS,
  type ImportedQuota,
  requireWithin,
} from '../database/quotas.ts';
import { InvalidInputError, NotFoundError } from '../errors.ts';
import { addRows, createImport, type Import } from './context.ts';
import { findGenerations } from './generation.ts';
import { mergeStaged } from './merge.ts';
import { readInProcess } from './import-process.ts';
import type { Message } from './messages.ts';
import { remark } from './problem.ts';
import { stageFiles } from './reading.ts';
import { RejectedRecordsError } from './rejected-records.ts';
import { type ImportReport, totalsOf } from './report.ts';
import { restoreRows } from './restore.ts';
import { explainConflict, openSession } from './session.ts';
import type { Source } from './source.ts';
import { runStatement } from './statements.ts';

export type ImportOptions = {
  /** A data folder of the old program, one of its files, or a file that `netpilot export` wrote. */
  source: string;
  /** What errors call it; its path by default. */
  sourceName?: string;
  /** Whose import it is, and by whom. The user exists, or is made by the import. */
  actor: Actor;
  /** E-mail of a user who does not exist yet, and is made with what is imported, or not at all. */
  newUser?: string;
  /** The router it is for, made if it is missing. An export needs none: it has its own. */
  routerId?: string;
  /** Where dates without a zone were written (IANA): UTC by default. */
  timezone?: string;
  /** Import the rest and keep rejected records; by default a single one stops everything. */
  skipInvalid?: boolean;
  /** Do all of it, and then take it back. */
  dryRun?: boolean;
  /** Stops it as long as files are read: nothing is imported then, and its reason is thrown. */
  signal?: AbortSignal;
  /** Gets the bytes read, and those of all files. */
  onProgress?: (done: number, total: number) => void;
};

const ROUTER_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,254}$/;

/**
 * Imports a data folder in one transaction: all of it, or nothing. Throws RejectedRecordsError (which has
 * the report) if records cannot be imported and must not be skipped, InvalidInputError if there is nothing
 * to import or an option is wrong, NotFoundError without the user, ConflictError if somebody changed the
 * same things at the same time.
 * @param address the service's login
 */
export async function importFolder(
  address: DatabaseAddress,
  options: ImportOptions,
): Promise<ImportReport> {
  requireOptions(options);
  const { source, sourceName: shownAs = source, signal = new AbortController().signal } = options;
  const messages = readInProcess({ source, shownAs, signal });
  try {
    const found = await findSource(messages);
    if (isLegacy(found) && options.routerId === undefined) throw routerIdMissing();
    return await importSource(address, options, found, messages);
  } finally {
    await messages.return();
  }
}

/** What can be imported, as the first message says. */
async function findSource(messages: AsyncGenerator<Message, void>): Promise<Source> {
  const { value: message } = await messages.next();
  if (message?.kind !== 'source')
    throw new TypeError('the reading process did not say what it found');
  return message;
}

function isLegacy({ files }: Source): boolean {
  return files.some(({ kind }) => kind !== 'export');
}

async function importSource(
  address: DatabaseAddress,
  options: ImportOptions,
  source: Source,
  messages: AsyncIterable<Message>,
): Promise<ImportReport> {
  const client = await openSession(address, options.actor.userId, 'read committed');
  try {
    const report = await runImport(client, options, source, messages);
    if (report.outcome === 'stopped') throw new RejectedRecordsError(report);
    if (report.outcome === 'imported') await client.query('commit');
    return report;
  } catch (error) {
    throw explainConflict(error);
  } finally {
    await client.end();
  }
}

/** Stages everything, then writes from there. */
async function runImport(
  client: Client,
  options: ImportOptions,
  source: Source,
  messages: AsyncIterable<Message>,
): Promise<ImportReport> {
  const { actor, routerId = '', timezone = 'UTC', skipInvalid = false, onProgress } = options;
  if (options.newUser === undefined) await requireUser(client, actor.userId);
  // Two imports for one user follow one another; nobody else waits for either.
  await client.query(
    `select pg_advisory_xact_lock(hashtextextended('netpilot.import ' || $1, 0))`,
    [actor.userId],
  );
  const context = await createImport(client, source, timezone);
  const mustStop = () => !skipInvalid && totalsOf(context.counts).rejected > 0;

  await stageFiles(context, messages, onProgress ?? (() => undefined));
  const router = isLegacy(source) ? routerId : null;
  if (mustStop()) return reportOf(context, 'stopped', router);
  if (options.newUser !== undefined) await createUser(context, actor, options.newUser);
  await useRouter(client, routerId);
  await restoreRows(context);
  if (mustStop()) return { ...reportOf(context, 'stopped', router), rows_written: {} };
  if (isLegacy(source)) {
    await ensureRouter(context, routerId);
    await mergeStaged(context);
  }
  requireEveryRecord(context);
  return finish(context, options, isLegacy(source) ? routerId : await anyRouter(client));
}

/** Records the import, if it changed something, with the rejected records and in the audit. */
async function finish(
  context: Import,
  { actor, dryRun = false }: ImportOptions,
  router: string | null,
): Promise<ImportReport> {
  const { client, rows } = context;
  await useRouter(client, router ?? '');
  await runStatement(client, 'drop-known-rejects');
  const { rows: newRejects } = await client.query('select from staged_rejects limit 1');
  const changed = newRejects.length + Object.keys(rows).length > 0;
  const outcome = changed ? 'imported' : 'nothing new';
  const report = reportOf(context, dryRun ? 'dry run' : outcome, router);
  if (!changed) return report;
  const importId = router === null ? null : await record(client, actor, router, report);
  await client.query(
    `insert into audit_entries (user_id, actor, session_id, action, router_id, subject_id, details)
     values ($1, $2, $3, 'import.finished', $4, $5, $6)`,
    [
      actor.userId,
      actor.kind,
      actor.sessionId ?? null,
      router,
      importId,
      JSON.stringify({ ...report.totals, rows_written: report.rows_written }),
    ],
  );
  if (actor.kind === 'user') await requireImportQuotas(client);
  return report;
}

/** Throws QuotaExceededError for what no user may have so much of; the operator decides without it. */
async function requireImportQuotas(client: Client): Promise<void> {
  const { rows } = await client.query<Record<ImportedQuota, string>>(COUNT_IMPORTED);
  for (const quota of IMPORTED_QUOTAS) requireWithin(quota, Number(rows[0]?.[quota]));
}

/** The import's own row in `imports`, with the rejected records beside it; gives its id. */
async function record(
  client: Client,
  actor: Actor,
  router: string,
  report: ImportReport,
): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `insert into imports (user_id, router_id, report) values ($1, $2, $3)
     returning id, set_config('netpilot.import_id', id::text, true)`,
    [actor.userId, router, JSON.stringify(report)],
  );
  await runStatement(client, 'write-rejects');
  return rows[0]?.id ?? null;
}

function reportOf(
  context: Import,
  outcome: ImportReport['outcome'],
  router: string | null,
): ImportReport {
  const { timezone, counts, rows, mode, source, notes, rejects } = context;
  return {
    outcome,
    router_id: router,
    timezone,
    generations: findGenerations(context),
    tables: counts,
    totals: totalsOf(counts),
    rows_written: rows,
    ...(mode && { mode }),
    left_out: source.leftOut.map(({ file, code }) => ({
      file,
      code,
      reason: remark(code).text,
    })),
    notes: [...notes.values()],
    rejects,
  };
}

/** Throws if a record is in no count: it was lost, or counted twice. */
function requireEveryRecord({ counts }: Import): void {
  for (const { file, table, read, written, unchanged, rejected } of counts) {
    if (read === written + unchanged + rejected) continue;
    throw new Error(
      `${file}, ${table}: ${read} records were read, but ${written} written, ${unchanged} unchanged and ${rejected} rejected. Nothing was imported.`,
    );
  }
}

/** Which router the statements of sql/ are about. */
async function useRouter(client: Client, routerId: string): Promise<void> {
  await client.query(`select set_config('netpilot.router_id', $1, true)`, [routerId]);
}

async function ensureRouter(context: Import, routerId: string): Promise<void> {
  const { rowCount } = await context.client.query(
    `insert into user_routers (user_id, router_id) values (current_user_id(), $1) on conflict do nothing`,
    [routerId],
  );
  addRows(context, 'user_routers', rowCount);
}

async function anyRouter(client: Client): Promise<string | null> {
  const { rows } = await client.query<{ router_id: string }>(
    'select router_id from user_routers order by id limit 1',
  );
  return rows[0]?.router_id ?? null;
}

async function requireUser(client: Client, userId: string): Promise<void> {
  const { rows } = await client.query('select 1 from users where id = $1', [userId]);
  if (rows.length === 0) throw new NotFoundError('user', userId);
}

/** A user who has not signed in yet: the first sign-in with that e-mail takes over the account. */
async function createUser(context: Import, actor: Actor, email: string): Promise<void> {
  const { client } = context;
  await client.query('insert into users (id, email) values ($1, $2)', [actor.userId, email]);
  await client.query(
    `insert into audit_entries (user_id, actor, action, subject_id, details)
     values ($1, $2, 'user.created', $1::uuid::text, jsonb_build_object('email', $3::text))`,
    [actor.userId, actor.kind, email],
  );
  addRows(context, 'users', 1);
}

function requireOptions({ routerId, timezone = 'UTC' }: ImportOptions): void {
  if (routerId !== undefined && !ROUTER_ID.test(routerId)) {
    throw invalid(
      'router_id',
      routerId,
      'letters, digits and . _ : - after the first, 255 at most',
    );
  }
  if (!isTimezone(timezone)) {
    throw invalid('timezone', timezone, 'a time zone of the IANA database, such as Europe/Berlin');
  }
}

function invalid(field: string, value: string, expected: string): InvalidInputError {
  return new InvalidInputError([{ field, value, expected }]);
}

function routerIdMissing(): InvalidInputError {
  return new InvalidInputError([
    { field: 'router_id', expected: 'the router whose data this is: only an export has its own' },
  ]);
}

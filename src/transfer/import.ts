import type { Client } from 'pg';
import type { Actor } from '../api/actor.ts';
import type { DatabaseAddress } from '../config/database-address.ts';
import { InvalidInputError, NotFoundError } from '../errors.ts';
import { type Book, createBook } from './book.ts';
import { findGenerations } from './generation.ts';
import { mergeStaged } from './merge.ts';
import { isTimezone } from './legacy/timestamp.ts';
import { readSource } from './reading.ts';
import { type ImportReport, RejectedRecordsError } from './report.ts';
import { restoreRows } from './restore.ts';
import { explainConflict, inTenantSession } from './session.ts';
import { openSource } from './source.ts';
import { createStaging } from './staging.ts';
import { queryStatement, runStatement } from './statements.ts';

export type ImportOptions = {
  /** A data folder of the old program, one of its files, or a file that `netpilot export` wrote. */
  source: string;
  /** What errors call it; its path, where nothing else is said. */
  sourceName?: string;
  /** Whose import it is, and by whom. The user exists, or is made by the import. */
  actor: Actor;
  /** E-mail of a user who is not there yet, and is made with what is imported, or not at all. */
  newUser?: string;
  /** The router it is for, made where it is missing. An export needs none: it has its own. */
  routerId?: string;
  /** Where dates without a zone were written (IANA): UTC where nothing else is known. */
  timezone?: string;
  /** Import the rest, and keep rejected records, where otherwise one stops everything. */
  skipInvalid?: boolean;
  /** Do all of it, and then take it back. */
  dryRun?: boolean;
  /** Told of the bytes read, of all there are. */
  onProgress?: (done: number, total: number) => void;
};

const ROUTER_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,254}$/;

/**
 * Imports a data folder in one transaction: all of it, or nothing. Throws RejectedRecordsError (which has
 * the report) where records cannot be taken and are not to be skipped, InvalidInputError where
 * there is nothing to import or an option is wrong, NotFoundError without the user, ConflictError where
 * somebody changed the same things meanwhile.
 * @param address the service's login
 */
export async function importFolder(
  address: DatabaseAddress,
  options: ImportOptions,
): Promise<ImportReport> {
  requireOptions(options);
  const session = await inTenantSession(address, options.actor.userId, 'read committed');
  let kept = false;
  try {
    const report = await importWithin(session.client, options);
    if (report.outcome === 'stopped') throw new RejectedRecordsError(report);
    if (report.outcome === 'imported') {
      await session.commit();
      kept = true;
    }
    return report;
  } catch (error) {
    throw explainConflict(error);
  } finally {
    if (!kept) await session.rollback().catch(() => undefined);
  }
}

async function importWithin(client: Client, options: ImportOptions): Promise<ImportReport> {
  const { actor, routerId, timezone = 'UTC', skipInvalid = false, dryRun = false } = options;
  const source = await openSource(options.source, options.sourceName);
  const restoring = source.files.filter(({ kind }) => kind === 'export').map(({ name }) => name);
  const legacy = source.files.some(({ kind }) => kind !== 'export');
  if (legacy && routerId === undefined) throw routerIdMissing();
  if (options.newUser === undefined) await requireUser(client, actor.userId);
  // Two imports for one user follow one another; nobody else waits for either.
  await client.query(
    `select pg_advisory_xact_lock(hashtextextended('netpilot.import ' || $1, 0))`,
    [actor.userId],
  );

  const book = createBook();
  const staging = await createStaging(client);
  const { seen, carried } = await readSource(source, timezone, book, staging, options.onProgress);
  await staging.finish();
  const noted = book.notes().some(({ code }) => code === 'no_first_seen');
  const generations = findGenerations(source.files, seen, noted);
  const reportOf = (outcome: ImportReport['outcome'], router: string | null): ImportReport => ({
    outcome,
    router_id: router,
    timezone,
    generations,
    tables: [...book.tables],
    totals: book.totals(),
    rows_written: book.rows,
    left_out: source.leftOut,
    notes: book.notes(),
    rejects: [...book.rejects],
  });
  if (book.totals().rejected > 0 && !skipInvalid) return reportOf('stopped', routerId ?? null);

  if (options.newUser !== undefined) await createUser(client, actor, options.newUser, book);
  await useRouter(client, routerId ?? '');
  if (restoring.length > 0) await restoreRows(client, book, restoring.join(', '));
  if (book.totals().rejected > 0 && !skipInvalid) {
    return { ...reportOf('stopped', routerId ?? null), rows_written: {} };
  }
  if (legacy) {
    await ensureRouter(client, routerId ?? '', book);
    await mergeStaged(client, carried, book);
  }
  book.check();
  const router = legacy ? (routerId ?? null) : await anyRouter(client);
  await useRouter(client, router ?? '');
  const fresh = await countNewRejects(client);
  const changed = fresh > 0 || Object.values(book.rows).some((rows) => rows > 0);
  const report = reportOf(outcomeOf(dryRun, changed), router);
  if (changed) await record(client, actor, router, report);
  return report;
}

function outcomeOf(dryRun: boolean, changed: boolean): ImportReport['outcome'] {
  if (dryRun) return 'dry run';
  return changed ? 'imported' : 'nothing new';
}

/** The import's own line in `imports` and in the audit, with the rejected records beside it. */
async function record(
  client: Client,
  actor: Actor,
  router: string | null,
  report: ImportReport,
): Promise<void> {
  let importId: string | null = null;
  if (router !== null) {
    const { rows } = await client.query<{ id: string }>(
      `insert into imports (user_id, router_id, report) values ($1, $2, $3)
       returning id, set_config('netpilot.import_id', id::text, true)`,
      [actor.userId, router, JSON.stringify(report)],
    );
    importId = rows[0]?.id ?? null;
    await runStatement(client, 'write-rejects');
  }
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
}

async function countNewRejects(client: Client): Promise<number> {
  const [row] = await queryStatement<{ count: number }>(client, 'count-new-rejects');
  return row?.count ?? 0;
}

/** Which router the statements of sql/ are about. */
async function useRouter(client: Client, routerId: string): Promise<void> {
  await client.query(`select set_config('netpilot.router_id', $1, true)`, [routerId]);
}

async function ensureRouter(client: Client, routerId: string, book: Book): Promise<void> {
  const { rowCount } = await client.query(
    `insert into user_routers (user_id, router_id) values (current_user_id(), $1) on conflict do nothing`,
    [routerId],
  );
  book.rowsWritten('user_routers', rowCount ?? 0);
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

/** Somebody who has not signed in yet: whoever does with that e-mail takes the account over. */
async function createUser(client: Client, actor: Actor, email: string, book: Book): Promise<void> {
  await client.query('insert into users (id, email) values ($1, $2)', [actor.userId, email]);
  await client.query(
    `insert into audit_entries (user_id, actor, action, subject_id, details)
     values ($1, $2, 'user.created', $1::uuid::text, jsonb_build_object('email', $3::text))`,
    [actor.userId, actor.kind, email],
  );
  book.rowsWritten('users', 1);
}

function requireOptions({ routerId, timezone = 'UTC' }: ImportOptions): void {
  if (routerId !== undefined && !ROUTER_ID.test(routerId)) {
    throw new InvalidInputError([
      {
        field: 'router_id',
        value: routerId,
        expected: 'letters, digits and . _ : - after the first, 255 at most',
      },
    ]);
  }
  if (!isTimezone(timezone)) {
    throw new InvalidInputError([
      {
        field: 'timezone',
        value: timezone,
        expected: 'a time zone of the IANA database, such as Europe/Berlin',
      },
    ]);
  }
}

function routerIdMissing(): InvalidInputError {
  return new InvalidInputError([
    { field: 'router_id', expected: 'the router whose data this is: only an export has its own' },
  ]);
}

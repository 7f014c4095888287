import { type InferResult, type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { wholeOf } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { routerWithin } from '../api/access.ts';
import type { Sender } from '../api/actor.ts';
import type { App, Services } from '../api/app.ts';
import { sortBy } from '../api/keyset.ts';
import { PageOf, PageQuery, type Position, pageOf, parseCursor } from '../api/page.ts';
import { Id, Json, Nullable, RouterId, Strict, Timestamp } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { AUDIT_ACTIONS } from './actions.ts';
import { type Joined, NAMES, joinNames, namesOf } from './entry-names.ts';

const COLUMNS = [
  'id',
  'at',
  'actor_id',
  'session_id',
  'action',
  'router_id',
  'home_id',
  'subject_id',
  'details',
  'imported_at',
] as const;

const AuditEntrySchema = Type.Object({
  id: Id,
  at: Timestamp(),
  actor: Type.String({
    description:
      '`user`, `operator`, `router` or `system`; `imported` for what an imported export says, true or not.',
  }),
  actor_id: Nullable({ ...Id, description: 'The member who acted; null: not a member.' }),
  actor_name: Nullable(
    Type.String({ description: "Who acted, for what others did: a member, or the home's owner." }),
  ),
  session_id: Nullable(Type.String()),
  action: Type.Unsafe<string>({ type: 'string', enum: AUDIT_ACTIONS }),
  token_name: Nullable(
    Type.String({
      description:
        'The API token that acted, as it was called then; only of own actions, and for the owner.',
    }),
  ),
  client: Nullable(
    Type.String({
      description:
        'Where the session that acted was, such as "Chrome on Linux"; null: no session, or not yours to know.',
    }),
  ),
  router_id: Nullable(RouterId),
  router_name: Nullable(Type.String()),
  home_id: Nullable({ ...Id, description: 'The home, of what is about no router.' }),
  subject_id: Nullable(Type.String()),
  subject_name: Nullable(
    Type.String({ description: 'What it is called now; if it is gone, what it was called then.' }),
  ),
  device: Nullable(
    Type.Object(
      { id: Id, router_id: RouterId, name: Type.String() },
      { description: 'The device that it is about, if that is still here.' },
    ),
  ),
  person: Nullable(
    Type.Object(
      { id: Id, name: Type.String() },
      { description: 'The person that it is about, if they are still here.' },
    ),
  ),
  other_router_name: Nullable(
    Type.String({ description: 'The router that was replaced, or that has the same MAC.' }),
  ),
  details: Json,
  imported_at: Nullable(
    Timestamp('When an import of an export brought it here; null: it was recorded here.'),
  ),
});

/** What was recorded here comes first, whatever an import restored. Ids are time-ordered. */
const NEWEST_FIRST = sortBy('-recorded', 'boolean', sql`(imported_at is null)`);

const AuditQuery = Strict({
  ...PageQuery,
  router_id: Type.Optional(RouterId),
  action: Type.Optional(
    Type.String({
      pattern: '^[a-z_]+(\\.[a-z_]+)?$',
      description: 'An action (`device.changed`), or all of a subject (`device`).',
    }),
  ),
  device_id: Type.Optional({
    ...Id,
    description: 'Only actions on this device, or on a part of it.',
  }),
  actor_id: Type.Optional(
    Type.String({
      pattern: '^(owner|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$',
      description: 'Only actions of this member of the home, or of its `owner`.',
    }),
  ),
  token_name: Type.Optional(
    Type.String({
      maxLength: 255,
      pattern: '^[^\\u0000]*$',
      description: 'Only actions of an API token of this name.',
    }),
  ),
  since: Type.Optional(Timestamp('Only actions at or after this time.')),
});

type Filter = Static<typeof AuditQuery>;

export function auditRoutes(app: App, { database }: Services): void {
  app.get(
    '/audit',
    {
      config: { access: 'read', role: 'viewer', isWithinRouter: true },
      schema: {
        summary: 'List who did what, newest first; what was imported comes last',
        querystring: AuditQuery,
        response: { 200: PageOf(AuditEntrySchema) },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const after = parseCursor(cursor, NEWEST_FIRST);
      const rows = await inTenant(database, request, (transaction, actor) =>
        listEntries(transaction, actor, request.query, after),
      );
      return pageOf(rows, limit, NEWEST_FIRST);
    },
  );
}

/**
 * One more than a page of the entries, each with the names of what it is about. What was recorded here and what was imported are
 * asked for one after the other: in the order of their ids alone the planner reads no more of a partition than is shown.
 */
export async function listEntries(
  transaction: TenantTransaction,
  actor: Sender,
  filter: Filter,
  after: Position | undefined,
) {
  const most = filter.limit + 1;
  const read = (isRecorded: boolean, count: number) => {
    const before = after?.value === String(isRecorded) ? after.id : undefined;
    return readNewest(transaction, actor, filter, { isRecorded, before, count });
  };
  const recorded = after?.value === 'false' ? [] : await read(true, most);
  if (recorded.length === most) return recorded;
  return [...recorded, ...(await read(false, most - recorded.length))];
}

type Part = { isRecorded: boolean; before: string | undefined; count: number };

async function readNewest(
  transaction: TenantTransaction,
  actor: Sender,
  filter: Filter,
  part: Part,
) {
  const { rows } = await sql<InferResult<ReturnType<typeof newest>>[number] & Joined>`
    select entry.*, ${NAMES}
    from (${newest(transaction, actor, filter, part)}) entry ${joinNames(actor.userId)}
    order by entry.id desc`.execute(transaction);
  return rows.map((row) => ({ ...row, ...namesOf(row) }));
}

function newest(
  transaction: TenantTransaction,
  actor: Sender,
  filter: Filter,
  { isRecorded, before, count }: Part,
) {
  const isTheirs = mayKnowByWhat(actor);
  return transaction
    .selectFrom('audit_entries')
    .select(COLUMNS)
    .select([
      sql<string>`case when imported_at is null then actor else 'imported' end`.as('actor'),
      // An entry of the owner has no name: their account has it.
      sql<
        string | null
      >`case when actor_name is null and actor = 'user' then ${actor.ownerName ?? null} else actor_name end`.as(
        'actor_name',
      ),
      sql<string | null>`case when ${isTheirs} then token_name end`.as('token_name'),
      sql<string | null>`case when ${isTheirs} then client end`.as('client'),
      sql<string>`(imported_at is null)::text`.as('sort_value'),
    ])
    .where(sql<SqlBool>`${sql.join(conditionsOf(actor, filter), sql` and `)}`)
    .where('imported_at', isRecorded ? 'is' : 'is not', null)
    .where(before === undefined ? sql<SqlBool>`true` : sql<SqlBool>`id < ${before}::uuid`)
    .orderBy('id', 'desc')
    .limit(count);
}

function conditionsOf(actor: Sender, filter: Filter): RawBuilder<SqlBool>[] {
  const { action, device_id, actor_id, token_name, since } = filter;
  const { userId } = actor;
  const router = routerWithin(actor, filter.router_id);
  return [
    sql<SqlBool>`user_id = ${userId}`,
    ...(router === undefined ? [] : [sql<SqlBool>`router_id = ${router}`]),
    ...(action === undefined
      ? []
      : [
          sql<SqlBool>`(action = ${action} or action like ${`${action.replaceAll('_', '\\_')}.%`})`,
        ]),
    ...(device_id === undefined ? [] : [isAboutDevice(userId, device_id)]),
    ...(actor_id === undefined ? [] : [isBy(userId, actor_id)]),
    ...(token_name === undefined
      ? []
      : [sql<SqlBool>`(token_name = ${token_name} and ${mayKnowByWhat(actor)})`]),
    ...(since === undefined ? [] : [sql<SqlBool>`at >= ${since}`]),
  ];
}

/** The condition that one may know by which token or session somebody acted: of oneself, and the owner of everybody. */
function mayKnowByWhat({ userId, actorId }: Sender): RawBuilder<SqlBool> {
  return userId === actorId ? sql`true` : sql`actor_id = ${actorId}`;
}

/** The condition that a member acted, or the owner, whose entries have no id of who acted. */
function isBy(userId: string, actorId: string): RawBuilder<SqlBool> {
  return actorId === 'owner' || actorId === userId
    ? sql`actor = 'user' and actor_id is null`
    : sql`actor_id = ${actorId}`;
}

/**
 * The condition that an entry is about a device or a part of it: about itself, a block, a list entry, or a rule or pause that
 * is or was for it. The ids are looked up once; the index gives the entries in their order.
 */
function isAboutDevice(userId: string, deviceId: string): RawBuilder<SqlBool> {
  const ids = sql`array(
    select id::text from user_devices
    where user_id = ${userId} and ${wholeOf(userId, deviceId)} in (id, shown_as))`;
  return sql`(
    coalesce(details ->> 'device_id', subject_id) = any (${ids})
    or action = 'rule.changed'
      and array[details -> 'after' ->> 'device_id', details -> 'before' ->> 'device_id'] && ${ids})`;
}

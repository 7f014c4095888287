import { ApiProblem, api, expectOk, unwrap } from '../../api/client.ts';
import type { Details } from './details.ts';
import { type Undo, isStill } from './undo.ts';

/** What was to be undone has been changed since then, or is gone. */
export class ChangedSinceError extends Error {
  readonly isGone: boolean;

  constructor(isGone: boolean) {
    super(isGone ? 'it is gone' : 'it was changed since then');
    this.name = 'ChangedSinceError';
    this.isGone = isGone;
  }
}

type Confirm = { confirm?: true };

/**
 * Undoes an entry of the audit: a change like any other, with an entry of its own. Throws ChangedSinceError if the thing is
 * not as the entry has left it, and ApiProblem for any other refusal: one field `confirm` if it would cut off the device in use.
 */
export async function writeUndo(undo: Undo, confirm: Confirm): Promise<void> {
  try {
    await write(undo, confirm);
  } catch (error) {
    if (error instanceof ApiProblem) {
      if (error.status === 404) throw new ChangedSinceError(true);
      // 412: between reading it here and writing it.
      const isConflict =
        error.status === 409 && !error.fields.some(({ field }) => field === 'confirm');
      if (error.status === 412 || (isConflict && error.behind.length === 0))
        throw new ChangedSinceError(false);
    }
    throw error;
  }
}

async function write(undo: Undo, confirm: Confirm): Promise<void> {
  switch (undo.act) {
    case 'changeDevice':
    case 'changeRouter':
    case 'changePolicy':
    case 'changeEntry':
    case 'removeEntry':
      return writeOfRouter(undo, confirm);
    case 'changePerson': {
      const params = { path: { home_id: undo.home_id, id: undo.id } };
      const path = '/api/v1/homes/{home_id}/people/{id}';
      const headers = await matching(api.GET(path, { params }), undo.is);
      return expectOk(api.PATCH(path, { params, headers, ...sending(undo.to) }));
    }
    case 'changeHome': {
      const params = { path: { home_id: undo.home_id } };
      const path = '/api/v1/homes/{home_id}';
      const headers = await matching(api.GET(path, { params }), undo.is);
      return expectOk(api.PATCH(path, { params, headers, ...sending(undo.to) }));
    }
    case 'changeRule':
    case 'deleteRule':
    case 'addRule':
      return writeRule(undo, confirm);
    case 'endBlock': {
      const { router_id, id } = undo;
      const params = { path: { router_id, id } };
      const path = '/api/v1/routers/{router_id}/blocks/{id}';
      await matching(api.GET(path, { params }), { is_active: true });
      return expectOk(api.POST(`${path}/unblock`, { params }));
    }
    case 'block': {
      const { router_id, device_id } = undo;
      const params = { path: { router_id } };
      const body = { device_id, ...confirm };
      return expectOk(api.POST('/api/v1/routers/{router_id}/blocks', { params, body }));
    }
    case 'addEntry': {
      const params = { path: { router_id: undo.router_id } };
      const body = sending({ ...undo.to, ...confirm });
      return expectOk(api.POST(`/api/v1/routers/{router_id}/${undo.list}`, { params, ...body }));
    }
  }
}

type OfRouter = Extract<
  Undo,
  { act: 'changeDevice' | 'changeRouter' | 'changePolicy' | 'changeEntry' | 'removeEntry' }
>;

async function writeOfRouter(undo: OfRouter, confirm: Confirm): Promise<void> {
  const { router_id, is } = undo;
  const ofRouter = { path: { router_id } };
  switch (undo.act) {
    case 'changeDevice': {
      const params = { path: { router_id, id: undo.id } };
      const path = '/api/v1/routers/{router_id}/devices/{id}';
      const headers = await matching(api.GET(path, { params }), is);
      const isOfPerson = 'person_id' in undo.to;
      const body = sending({ ...undo.to, ...(isOfPerson && confirm) });
      return expectOk(api.PATCH(path, { params, headers, ...body }));
    }
    case 'changeRouter': {
      const path = '/api/v1/routers/{router_id}';
      const headers = await matching(api.GET(path, { params: ofRouter }), is);
      return expectOk(api.PATCH(path, { params: ofRouter, headers, ...sending(undo.to) }));
    }
    case 'changePolicy': {
      const path = '/api/v1/routers/{router_id}/policy';
      const headers = await matching(api.GET(path, { params: ofRouter }), is);
      const body = sending({ ...undo.to, ...confirm });
      return expectOk(api.PATCH(path, { params: ofRouter, headers, ...body }));
    }
    case 'changeEntry':
    case 'removeEntry': {
      const params = { path: { router_id, id: undo.id } };
      const path = `/api/v1/routers/{router_id}/${undo.list}/{id}` as const;
      const headers = await matching(api.GET(path, { params }), is);
      return undo.act === 'removeEntry'
        ? expectOk(api.DELETE(path, { params: { ...params, query: confirm }, headers }))
        : expectOk(api.PATCH(path, { params, headers, ...sending({ ...undo.to, ...confirm }) }));
    }
  }
}

type OfRule = Extract<Undo, { act: 'changeRule' | 'deleteRule' | 'addRule' }>;

async function writeRule(undo: OfRule, confirm: Confirm): Promise<void> {
  const { home_id } = undo;
  if (undo.act === 'addRule') {
    const body = { ...sending({ ...undo.to, ...confirm }), body: { kind: 'pause' as const } };
    return expectOk(
      api.POST('/api/v1/homes/{home_id}/rules', { params: { path: { home_id } }, ...body }),
    );
  }
  const params = { path: { home_id, id: undo.id } };
  const path = '/api/v1/homes/{home_id}/rules/{id}';
  const headers = await matching(api.GET(path, { params }), undo.is);
  return undo.act === 'deleteRule'
    ? expectOk(api.DELETE(path, { params: { ...params, query: confirm }, headers }))
    : expectOk(api.PATCH(path, { params, headers, ...sending({ ...undo.to, ...confirm }) }));
}

/** A body as the audit holds it: these are the fields that the API takes, under the same names. */
function sending(body: Details): { body: Record<string, never>; bodySerializer: () => string } {
  return { body: {}, bodySerializer: () => JSON.stringify(body) };
}

type Reading = Parameters<typeof unwrap<object>>[0];

/** The header with which only what was read here is changed. Throws ChangedSinceError unless that is as it should be. */
async function matching(reading: Reading, is: Details): Promise<{ 'If-Match'?: string }> {
  const [present, etag] = await Promise.all([
    unwrap(reading),
    reading.then(({ response }) => response.headers.get('etag')).catch(() => null),
  ]);
  if (!isStill(present, is)) throw new ChangedSinceError(false);
  return etag === null ? {} : { 'If-Match': etag };
}

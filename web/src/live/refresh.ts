import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { ApiProblem } from '../api/client.ts';
import {
  type Device,
  type Event,
  type SubjectOf,
  deviceQuery,
  devicesQuery,
} from '../api/queries.ts';

/** Stands for the single devices: whether their router knows what comes next is not part of the list of all. */
const DETAILS = 'device details';

/** The queries that an event makes stale, by the subject of its type. Homes first: others follow from them. */
const STALE: Record<SubjectOf<Event['type']>, readonly string[]> = {
  access: ['asks'],
  alert_channel: ['alert-channels'],
  alert_preferences: ['alert-preferences'],
  device: ['devices', 'people'],
  home: ['homes', 'routers', 'devices', 'people', 'rules'],
  invitation: ['invitations'],
  member: ['homes', 'members', 'invitations', 'people'],
  router: ['routers', 'policy', 'dial', 'devices', 'homes', 'health'],
  person: ['homes', 'people', 'devices', 'rules'],
  policy: ['policy', 'routers', 'people', DETAILS, 'child'],
  rule: ['rules', 'devices', 'people', 'policy', 'child'],
  whitelist: ['whitelist', 'devices', 'people', 'policy'],
  blacklist: ['blacklist', 'devices', 'people', 'policy'],
  block: ['blocks', 'devices', 'people', 'policy', 'child'],
  import: ['devices', 'people', 'routers', 'policy', 'whitelist', 'blacklist', 'blocks'],
  session: ['sessions'],
  setting: [],
  token: ['tokens'],
  user: ['me'],
};
/** Of a device that only moves or comes and goes nothing of its person changes. */
const PRESENCE: ReadonlySet<Event['type']> = new Set([
  'device.online',
  'device.offline',
  'device.moved',
]);
const staleBySubject = new Map(Object.entries(STALE));

/** Up to this many changed devices are fetched one by one; if more have changed, the list is fetched. */
const FEW = 10;

/** An event, or `everything` if some may have been missed. */
type Change = Event | 'everything';

/**
 * Returns a function that refreshes the queries that an event makes stale. Events that come during a refresh
 * are handled together after it: a stream of them neither floods the server nor delays an answer.
 */
export function createRefresher(queryClient: QueryClient): (change: Change) => void {
  let waiting: Change[] = [];
  let isRunning = false;
  const run = async () => {
    isRunning = true;
    try {
      while (waiting.length > 0) {
        // The events of one transaction arrive together.
        await new Promise((resolve) => void setTimeout(resolve, 50));
        const changes = waiting;
        waiting = [];
        await refresh(queryClient, changes);
      }
    } finally {
      isRunning = false;
    }
  };
  return (change) => {
    waiting.push(change);
    if (!isRunning) void run();
  };
}

async function refresh(queryClient: QueryClient, changes: readonly Change[]): Promise<void> {
  const events = changes.filter((change) => change !== 'everything');
  if (events.length < changes.length) return queryClient.invalidateQueries();
  // What a rule that is being edited would change depends on nearly everything.
  const stale = new Set(['audit', 'preview']);
  const devices = new Map<string, string>();
  for (const { type, router_id, subject_id } of events) {
    const [subject = ''] = type.split('.');
    if (subject === 'device' && router_id !== null && subject_id !== null) {
      devices.set(subject_id, router_id);
      if (!PRESENCE.has(type)) stale.add('people');
    } else if (type === 'policy.changed')
      for (const name of ['policy', 'devices', 'people']) stale.add(name);
    else for (const name of staleBySubject.get(subject) ?? []) stale.add(name);
  }
  if (devices.size > FEW) stale.add('devices');
  const single = stale.has('devices') ? [] : [...devices];
  await Promise.all([
    ...[...stale].map((name) =>
      queryClient.invalidateQueries(
        name === DETAILS ? { predicate: isOneDevice } : { queryKey: [name] },
      ),
    ),
    ...single.map(([id, router_id]) => refreshDevice(queryClient, router_id, id)),
  ]);
}

function isOneDevice({ queryKey }: { queryKey: QueryKey }): boolean {
  return queryKey[0] === 'devices' && queryKey.length > 1;
}

/** Fetches one device, and updates it in the list too. */
async function refreshDevice(queryClient: QueryClient, router_id: string, id: string) {
  const query = deviceQuery(router_id, id);
  let found: Device | undefined;
  try {
    void queryClient.invalidateQueries({ queryKey: query.queryKey });
    found = await queryClient.fetchQuery(query);
  } catch (error) {
    // Not found: deleted, or merged into another one. After any other error the list is fetched.
    if (!(error instanceof ApiProblem && error.status === 404)) {
      await queryClient.invalidateQueries(devicesQuery);
      return;
    }
  }
  queryClient.setQueryData(devicesQuery.queryKey, (list) => list && replaceDevice(list, id, found));
}

/** The list with the device in its place, or without it if there is none any more. */
function replaceDevice(
  list: readonly Device[],
  id: string,
  found: Device | undefined,
): readonly Device[] {
  if (found === undefined) return list.filter((device) => device.id !== id);
  return list.some((device) => device.id === id)
    ? list.map((device) => (device.id === id ? found : device))
    : [found, ...list];
}

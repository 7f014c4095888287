import type { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/client.ts';
import { type Device, deviceQuery, devicesQuery } from '../api/queries.ts';

/** What the server tells of something that happened. */
export type LiveEvent = {
  readonly type: string;
  readonly router_id: string | null;
  readonly subject_id: string | null;
};

/** What an event of a subject makes old, by the beginning of its type. */
const MAKES_OLD: Record<string, readonly string[]> = {
  device: ['devices'],
  router: ['routers', 'policy', 'dial'],
  policy: ['policy', 'routers'],
  whitelist: ['whitelist', 'devices', 'policy'],
  blacklist: ['blacklist', 'devices', 'policy'],
  block: ['blocks', 'devices', 'policy'],
  import: ['devices', 'routers', 'policy', 'whitelist', 'blacklist', 'blocks'],
  session: ['sessions'],
  token: ['tokens'],
  user: ['me'],
};

/** So many devices are fetched one by one; where more have changed, the whole list is. */
const FEW = 10;

/**
 * Brings what is shown up to date after events. Those that come while it does are taken together
 * afterwards, so that a stream of them neither floods the server nor keeps an answer from coming.
 */
export function createRefresher(
  queryClient: QueryClient,
): (event: LiveEvent | 'everything') => void {
  let waiting: (LiveEvent | 'everything')[] = [];
  let isAtWork = false;
  const work = async () => {
    isAtWork = true;
    try {
      while (waiting.length > 0) {
        // What one transaction did arrives together.
        await new Promise((resolve) => void setTimeout(resolve, 50));
        const taken = waiting;
        waiting = [];
        await refresh(queryClient, taken);
      }
    } finally {
      isAtWork = false;
    }
  };
  return (event) => {
    waiting.push(event);
    if (!isAtWork) void work();
  };
}

async function refresh(
  queryClient: QueryClient,
  taken: readonly (LiveEvent | 'everything')[],
): Promise<void> {
  const events = taken.filter((event) => event !== 'everything');
  if (events.length < taken.length) return queryClient.invalidateQueries();
  const old = new Set(['audit']);
  const changed = new Map<string, string>();
  for (const { type, router_id, subject_id } of events) {
    const [subject = ''] = type.split('.');
    if (subject === 'device' && router_id !== null && subject_id !== null)
      changed.set(subject_id, router_id);
    else for (const name of MAKES_OLD[subject] ?? []) old.add(name);
  }
  if (changed.size > FEW) old.add('devices');
  const single = old.has('devices') ? [] : [...changed];
  await Promise.all([
    ...[...old].map((name) => queryClient.invalidateQueries({ queryKey: [name] })),
    ...single.map(([id, router_id]) => refreshDevice(queryClient, router_id, id)),
  ]);
}

/** One device, in its own place and in the list. */
async function refreshDevice(queryClient: QueryClient, router_id: string, id: string) {
  const query = deviceQuery(router_id, id);
  let found: Device | undefined;
  try {
    void queryClient.invalidateQueries({ queryKey: query.queryKey });
    found = await queryClient.fetchQuery(query);
  } catch (error) {
    // It is gone, or part of another. Of anything else the list itself will tell.
    if (!(error instanceof ApiProblem && error.status === 404)) {
      await queryClient.invalidateQueries(devicesQuery);
      return;
    }
  }
  queryClient.setQueryData(devicesQuery.queryKey, (devices) => devices && put(devices, id, found));
}

/** The list with this device in its place, or without it. */
function put(devices: readonly Device[], id: string, found: Device | undefined): readonly Device[] {
  if (found === undefined) return devices.filter((device) => device.id !== id);
  return devices.some((device) => device.id === id)
    ? devices.map((device) => (device.id === id ? found : device))
    : [found, ...devices];
}

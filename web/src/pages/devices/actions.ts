import {
  type QueryClient,
  type QueryKey,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { needsConfirmation } from '../../access/use-guarded.tsx';
import { api, unwrap } from '../../api/client.ts';
import { type Device, type DeviceDetail, devicesQuery } from '../../api/queries.ts';
import { useProblemToast } from '../../design/problem.ts';
import { showToast } from '../../design/toast.ts';
import { isLive } from '../../live/event-stream.ts';
import { expectedOf } from './expected.ts';
import { nameOf } from './label.ts';
import { endBlocks } from './steps.ts';

type Change = Partial<Pick<Device, 'is_blocked' | 'device_name' | 'device_type' | 'access'>>;

type Blocking = { devices: Device[]; isBlocked: boolean; confirm?: boolean };

/** Blocks devices, or ends their blocks. Cached at once, and rolled back with the reason if it is refused; a block can be undone. */
export function useSetBlocked() {
  const t = useTranslations('devices');
  const queryClient = useQueryClient();
  const rollBack = useRollback();
  const change = useMutation<void, Error, Blocking, Before>({
    mutationFn: ({ devices, isBlocked, confirm = false }) =>
      each(devices, (device) => (isBlocked ? block(device, confirm) : endBlocks(device))),
    onMutate: ({ devices, isBlocked }) =>
      showAtOnce(queryClient, devices, () => expectedOf({ wanted: isBlocked ? 'off' : 'on' })),
    onSuccess: (_nothing, { devices, isBlocked }) =>
      showToast({
        text: t(isBlocked ? 'blocked' : 'unblocked', {
          count: devices.length,
          name: nameOf(devices),
        }),
        undo: isBlocked ? () => change.mutate({ devices, isBlocked: false }) : undefined,
      }),
    onError: (error, { devices }, before) =>
      rollBack(before, error, devices.length === 1 && needsConfirmation(error)),
    onSettled: () => refresh(queryClient),
  });
  return change;
}

/** Changes the name or the type of a device. Null removes it. */
export function useChangeDevice() {
  const queryClient = useQueryClient();
  const rollBack = useRollback();
  return useMutation({
    mutationFn: ({
      device,
      change,
    }: {
      device: Device;
      change: { device_name?: string | null; device_type?: string | null };
    }) =>
      unwrap(
        api.PATCH('/api/v1/routers/{router_id}/devices/{id}', {
          params: { path: { router_id: device.router_id, id: device.id } },
          body: change,
        }),
      ),
    onMutate: ({ device, change }) => showAtOnce(queryClient, [device], () => change),
    onError: (error, _input, before) => rollBack(before, error),
    onSettled: () => refresh(queryClient),
  });
}

function block({ router_id, id }: Device, confirm: boolean): Promise<unknown> {
  return unwrap(
    api.POST('/api/v1/routers/{router_id}/blocks', {
      params: { path: { router_id } },
      body: { device_id: id, ...(confirm && { confirm }) },
    }),
  );
}

/** One after the other: each of them locks the router's policy anyway. */
async function each<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  for (const item of items) await work(item);
}

/** Data of a query about devices: the list, or one with its details. */
type Cached = readonly Device[] | DeviceDetail;
type Before = [QueryKey, Cached | undefined][];

const { queryKey } = devicesQuery;

/** Writes what is expected of some devices into the queries; returns what they had. */
export async function showAtOnce(
  queryClient: QueryClient,
  changed: readonly Device[],
  changeOf: (device: Device) => Change,
): Promise<Before> {
  // An answer on its way would overwrite the change.
  await queryClient.cancelQueries({ queryKey });
  const before = queryClient.getQueriesData<Cached>({ queryKey });
  const ids = new Set(changed.map(({ id }) => id));
  queryClient.setQueriesData<Cached>({ queryKey }, (cached): Cached | undefined => {
    if (cached === undefined) return undefined;
    if (!isList(cached)) return ids.has(cached.id) ? { ...cached, ...changeOf(cached) } : cached;
    return cached.map((device) =>
      ids.has(device.id) ? { ...device, ...changeOf(device) } : device,
    );
  });
  return before;
}

function isList(cached: Cached): cached is readonly Device[] {
  return Array.isArray(cached);
}

/** Puts back the data from before, and shows why, unless the person is asked. */
export function useRollback() {
  const queryClient = useQueryClient();
  const showProblem = useProblemToast();
  return async (before: Before | undefined, error: Error, isAsked = false): Promise<void> => {
    for (const [key, cached] of before ?? []) queryClient.setQueryData(key, cached);
    if (!isAsked) showProblem(error);
    // Some of several devices may have been changed.
    await queryClient.invalidateQueries({ queryKey });
  };
}

/** While the event stream is open, changes arrive by themselves. */
async function refresh(queryClient: QueryClient): Promise<void> {
  if (isLive()) return;
  await Promise.all(
    ['devices', 'policy', 'blocks', 'audit'].map((name) =>
      queryClient.invalidateQueries({ queryKey: [name] }),
    ),
  );
}

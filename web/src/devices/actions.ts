import {
  type QueryClient,
  type QueryKey,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { ApiProblem, api, ask } from '../api/client.ts';
import { type Device, type DeviceDetail, devicesQuery } from '../api/queries.ts';
import { showToast } from '../design/toast.tsx';
import { isLive } from '../live/event-stream.ts';
import { deviceLabel } from './label.ts';

type Change = Partial<Pick<Device, 'is_blocked' | 'device_name' | 'device_type'>>;

/** Blocks devices: shown at once, taken back with the reason where it is refused, with an undo. */
export function useBlock() {
  const t = useTranslations('devices');
  const queryClient = useQueryClient();
  const unblock = useUnblock();
  return useMutation({
    mutationFn: ({ devices, confirm = false }: { devices: Device[]; confirm?: boolean }) =>
      each(devices, (device) =>
        ask(
          api.POST('/api/v1/routers/{router_id}/blocks', {
            params: { path: { router_id: device.router_id } },
            body: { device_id: device.id, ...(confirm && { confirm }) },
          }),
        ),
      ),
    onMutate: ({ devices }) => showAtOnce(queryClient, devices, { is_blocked: true }),
    onSuccess: (_blocks, { devices }) =>
      showToast({
        text: t('blocked', { count: devices.length, name: nameOf(devices) }),
        undo: () => unblock.mutate(devices),
      }),
    onError: (error, _input, before) => takeBack(queryClient, before, error),
    onSettled: () => refresh(queryClient),
  });
}

/** Ends the blocks of devices, in the same way. */
export function useUnblock() {
  const t = useTranslations('devices');
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (devices: Device[]) => each(devices, endBlocks),
    onMutate: (devices) => showAtOnce(queryClient, devices, { is_blocked: false }),
    onSuccess: (_blocks, devices) =>
      showToast({ text: t('unblocked', { count: devices.length, name: nameOf(devices) }) }),
    onError: (error, _input, before) => takeBack(queryClient, before, error),
    onSettled: () => refresh(queryClient),
  });
}

/** Names a device or says what it is. Null takes it away. */
export function useChangeDevice() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({
      device,
      change,
    }: {
      device: Device;
      change: { device_name?: string | null; device_type?: string | null };
    }) =>
      ask(
        api.PATCH('/api/v1/routers/{router_id}/devices/{id}', {
          params: { path: { router_id: device.router_id, id: device.id } },
          body: change,
        }),
      ),
    onMutate: ({ device, change }) => showAtOnce(queryClient, [device], change),
    onError: (error, _input, before) => takeBack(queryClient, before, error),
    onSettled: () => refresh(queryClient),
  });
}

async function endBlocks({ router_id, id: device_id }: Device): Promise<void> {
  const { items } = await ask(
    api.GET('/api/v1/routers/{router_id}/blocks', {
      params: { path: { router_id }, query: { device_id, state: 'active', limit: 500 } },
    }),
  );
  await each([...items], ({ id }) =>
    ask(
      api.POST('/api/v1/routers/{router_id}/blocks/{id}/unblock', {
        params: { path: { router_id, id } },
      }),
    ),
  );
}

/** One after the other: each takes the router's policy for itself anyway. */
async function each<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  for (const item of items) await work(item);
}

/** The list of devices, or one with its details. */
type Shown = readonly Device[] | DeviceDetail;
type Before = [QueryKey, Shown | undefined][];

const { queryKey } = devicesQuery;

async function showAtOnce(
  queryClient: QueryClient,
  changed: readonly Device[],
  change: Change,
): Promise<Before> {
  // An answer under way would overwrite what is shown.
  await queryClient.cancelQueries({ queryKey });
  const before = queryClient.getQueriesData<Shown>({ queryKey });
  const ids = new Set(changed.map(({ id }) => id));
  queryClient.setQueriesData<Shown>({ queryKey }, (shown): Shown | undefined => {
    if (shown === undefined) return undefined;
    if (!isList(shown)) return ids.has(shown.id) ? { ...shown, ...change } : shown;
    return shown.map((device) => (ids.has(device.id) ? { ...device, ...change } : device));
  });
  return before;
}

function isList(shown: Shown): shown is readonly Device[] {
  return Array.isArray(shown);
}

async function takeBack(
  queryClient: QueryClient,
  before: Before | undefined,
  error: Error,
): Promise<void> {
  for (const [key, shown] of before ?? []) queryClient.setQueryData(key, shown);
  if (!isForConfirmation(error)) showToast({ text: error.message });
  // Some of several may have been done, and meanwhile more may have happened.
  await queryClient.invalidateQueries({ queryKey });
}

/** Whether the server asks back: it is the device in one's own hand. */
export function isForConfirmation(error: Error): boolean {
  return error instanceof ApiProblem && error.fields.some(({ field }) => field === 'confirm');
}

/** Where the connection is open, what has changed arrives by itself. */
async function refresh(queryClient: QueryClient): Promise<void> {
  if (isLive()) return;
  await Promise.all(
    ['devices', 'policy', 'blocks', 'audit'].map((name) =>
      queryClient.invalidateQueries({ queryKey: [name] }),
    ),
  );
}

function nameOf([first]: readonly Device[]): string {
  return first === undefined ? '' : deviceLabel(first);
}

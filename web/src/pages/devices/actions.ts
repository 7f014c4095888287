import {
  type QueryClient,
  type QueryKey,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { ApiProblem, api, ask } from '../../api/client.ts';
import { type Device, type DeviceDetail, devicesQuery } from '../../api/queries.ts';
import { useProblemText } from '../../design/problem-text.ts';
import { showToast } from '../../design/toast.ts';
import { isLive } from '../../live/event-stream.ts';
import { deviceLabel } from './label.ts';

type Change = Partial<Pick<Device, 'is_blocked' | 'device_name' | 'device_type'>>;

type Blocking = { devices: Device[]; isBlocked: boolean; confirm?: boolean };

/** Blocks devices, or ends their blocks: shown at once, taken back with the reason where it is refused; a block has an undo. */
export function useSetBlocked() {
  const t = useTranslations('devices');
  const queryClient = useQueryClient();
  const takeBack = useTakeBack();
  const change = useMutation<void, Error, Blocking, Before>({
    mutationFn: ({ devices, isBlocked, confirm = false }) =>
      each(devices, (device) => (isBlocked ? block(device, confirm) : endBlocks(device))),
    onMutate: ({ devices, isBlocked }) =>
      showAtOnce(queryClient, devices, { is_blocked: isBlocked }),
    onSuccess: (_nothing, { devices, isBlocked }) =>
      showToast({
        text: t(isBlocked ? 'blocked' : 'unblocked', {
          count: devices.length,
          name: nameOf(devices),
        }),
        undo: isBlocked ? () => change.mutate({ devices, isBlocked: false }) : undefined,
      }),
    onError: (error, _input, before) => takeBack(before, error),
    onSettled: () => refresh(queryClient),
  });
  return change;
}

/** Names a device or says what it is. Null takes it away. */
export function useChangeDevice() {
  const queryClient = useQueryClient();
  const takeBack = useTakeBack();
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
    onError: (error, _input, before) => takeBack(before, error),
    onSettled: () => refresh(queryClient),
  });
}

function block({ router_id, id }: Device, confirm: boolean): Promise<unknown> {
  return ask(
    api.POST('/api/v1/routers/{router_id}/blocks', {
      params: { path: { router_id } },
      body: { device_id: id, ...(confirm && { confirm }) },
    }),
  );
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

/** Puts back what was there, and says why. */
function useTakeBack() {
  const queryClient = useQueryClient();
  const problemText = useProblemText();
  return async (before: Before | undefined, error: Error): Promise<void> => {
    for (const [key, shown] of before ?? []) queryClient.setQueryData(key, shown);
    if (!isForConfirmation(error)) showToast({ text: problemText(error) });
    // Some of several may have been done, and meanwhile more may have happened.
    await queryClient.invalidateQueries({ queryKey });
  };
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

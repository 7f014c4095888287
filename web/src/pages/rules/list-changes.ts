import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useGuarded } from '../../access/use-guarded.tsx';
import { api, expectOk, unwrap } from '../../api/client.ts';
import type { BlacklistEntry, Device, WhitelistEntry } from '../../api/queries.ts';
import { useDeliveryToast } from '../../design/delivery-toast.ts';
import { deviceLabel, shownAddress } from '../devices/label.ts';

export type ListName = 'whitelist' | 'blacklist';
export type Entry = WhitelistEntry | BlacklistEntry;
/** The body that adds an entry: the two lists keep different remarks. */
type Addition = ({ device_id: string } | { device_ip?: string; device_mac?: string }) & {
  device_name?: string | null;
  description?: string | null;
  reason?: string | null;
  is_active?: boolean;
};
type Change =
  | { added: readonly { name: string; body: Addition }[] }
  | { removed: readonly { name: string; entry: Entry }[] };

/** Puts devices on one of the two lists of a router and takes them off it, with an undo. Asks before the device in use is cut off. */
export function useListChanges(name: ListName, router_id: string) {
  const t = useTranslations('rules');
  const queryClient = useQueryClient();
  const follow = useDeliveryToast();
  const tell = (text: string, undo: () => void) =>
    follow(
      { id: `${name} ${router_id}`, routerId: router_id, undo },
      { working: text, done: text },
    );
  const refresh = () =>
    Promise.all(
      [name, 'devices', 'policy'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
    );
  const params = { router_id };
  const add = (body: Addition) =>
    unwrap(api.POST(`/api/v1/routers/{router_id}/${name}`, { params: { path: params }, body }));
  /** What of a change is done: it stops at the device that must be confirmed, and goes on from there. */
  const done = useRef(new Map<unknown, Entry | undefined>());
  const change = useGuarded(
    async (wanted: Change, confirm) => {
      if (confirm.confirm === undefined) done.current.clear();
      // One after the other: each of them locks the router's policy anyway.
      if ('added' in wanted) {
        for (const one of wanted.added)
          if (!done.current.has(one)) done.current.set(one, await add({ ...one.body, ...confirm }));
        return;
      }
      for (const one of wanted.removed) {
        if (done.current.has(one)) continue;
        await expectOk(
          api.DELETE(`/api/v1/routers/{router_id}/${name}/{id}`, {
            params: { path: { ...params, id: one.entry.id }, query: confirm },
          }),
        );
        done.current.set(one, undefined);
      }
    },
    async (_nothing, wanted, run) => {
      if ('added' in wanted) {
        const removed = wanted.added.flatMap((one) => {
          const entry = done.current.get(one);
          return entry === undefined ? [] : [{ name: one.name, entry }];
        });
        const names = { count: wanted.added.length, name: wanted.added[0]?.name ?? '' };
        tell(t(`added.${name}`, names), () => run({ removed }));
      } else {
        const added = wanted.removed.map((one) => ({
          name: one.name,
          body: additionOf(one.entry),
        }));
        const [first] = wanted.removed;
        const names = { name: first?.name ?? '', count: wanted.removed.length };
        tell(t(`removed.${name}`, names), () => run({ added }));
      }
      await refresh();
    },
  );
  // A button that is disabled while it works would lose the focus.
  const run = (wanted: Change) => change.isPending || change.run(wanted);
  return {
    add: (devices: readonly Device[]) =>
      run({
        added: devices.map((device) => ({
          name: deviceLabel(device),
          body: { device_id: device.id },
        })),
      }),
    remove: (entry: Entry, label: string) => run({ removed: [{ name: label, entry }] }),
    dialog: change.dialog,
  };
}

/** The body that restores an entry. */
function additionOf(entry: Entry): Addition {
  const { device_id, device_ip, device_mac, device_name } = entry;
  const addresses = {
    ...(shownAddress(device_ip) !== '' && { device_ip }),
    ...(device_mac !== null && { device_mac }),
  };
  const named = device_id === null ? addresses : { device_id };
  const remark =
    'is_active' in entry
      ? { reason: entry.reason, is_active: entry.is_active }
      : { description: entry.description };
  return { ...named, device_name, ...remark };
}

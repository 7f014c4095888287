import { useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useGuarded } from '../../access/use-guarded.tsx';
import { api, unwrap, expectOk } from '../../api/client.ts';
import type { BlacklistEntry, Device, WhitelistEntry } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { showToast } from '../../design/toast.ts';
import { useRights } from '../../homes/current.ts';
import { deviceLabel, shownAddress } from '../devices/label.ts';
import { DevicePicker } from '../devices/picker.tsx';

type Name = 'whitelist' | 'blacklist';
type Entry = WhitelistEntry | BlacklistEntry;
/** The body that adds an entry: the two lists keep different remarks. */
type Addition = ({ device_id: string } | { device_ip?: string; device_mac?: string }) & {
  device_name?: string | null;
  description?: string | null;
  reason?: string | null;
  is_active?: boolean;
};

type Change = { added: Addition; removed?: undefined } | { added?: undefined; removed: Entry };

/** One of the two lists: its entries, with ways to add and remove devices. */
export function List({
  name,
  routerId,
  entries,
  devices,
}: {
  name: Name;
  routerId: string;
  entries: readonly Entry[];
  devices: readonly Device[];
}) {
  const t = useTranslations('policy');
  const { canChange } = useRights();
  const change = useList(name, routerId);
  const on = name === 'whitelist' ? 'is_whitelisted' : 'is_blacklisted';
  const byId = new Map(devices.map((device) => [device.id, device]));
  return (
    <section className="card">
      <h2>{t(`lists.${name}`)}</h2>
      {canChange && (
        <DevicePicker
          label={t(`add.${name}`)}
          isOffered={(device) => device.router_id === routerId && !device[on]}
          onPick={({ id }) => change.run({ added: { device_id: id } })}
        />
      )}
      {entries.length === 0 && <p className="quiet rows__none">{t('empty')}</p>}
      <ul className="rows">
        {entries.map((entry) => {
          const device = entry.device_id === null ? undefined : byId.get(entry.device_id);
          const label =
            entry.device_name ??
            (device ? deviceLabel(device) : undefined) ??
            (shownAddress(entry.device_ip) || (entry.device_mac ?? entry.device_ip));
          return (
            <li key={entry.id}>
              <span className="rows__main">
                <span className="name">{label}</span>
                <span className="mono quiet">{entry.device_mac ?? entry.device_ip}</span>
              </span>
              {'is_active' in entry && !entry.is_active && (
                <span className="badge">{t('inactive')}</span>
              )}
              {canChange && (
                <Button
                  variant="quiet"
                  aria-label={t('remove', { name: label })}
                  onClick={() => change.run({ removed: entry })}
                >
                  <X aria-hidden />
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {change.dialog}
    </section>
  );
}

/** Adds devices and removes them, each with an undo. */
function useList(name: Name, router_id: string) {
  const t = useTranslations('policy');
  const queryClient = useQueryClient();
  const refresh = () =>
    Promise.all(
      [name, 'devices', 'policy'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
    );
  const params = { router_id };
  return useGuarded(
    async ({ added, removed }: Change, confirm): Promise<Entry | undefined> => {
      if (added !== undefined)
        return unwrap(
          api.POST(`/api/v1/routers/{router_id}/${name}`, {
            params: { path: params },
            body: { ...added, ...confirm },
          }),
        );
      await expectOk(
        api.DELETE(`/api/v1/routers/{router_id}/${name}/{id}`, {
          params: { path: { ...params, id: removed.id }, query: confirm },
        }),
      );
      return undefined;
    },
    async (entry, { removed }, run) => {
      if (entry !== undefined)
        showToast({ text: t(`added.${name}`), undo: () => run({ removed: entry }) });
      if (removed !== undefined)
        showToast({
          text: t(`removed.${name}`),
          undo: () => run({ added: additionOf(removed) }),
        });
      await refresh();
    },
  );
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

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api, unwrap } from '../../api/client.ts';
import type { Device, DeviceDetail } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { showToast } from '../../design/toast.ts';
import { deviceLabel } from '../devices/label.ts';
import { DevicePicker } from '../devices/picker.tsx';

/** Merges other entries into this device (two network cards, a new random MAC), and splits them off again. */
export function Merging({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const change = useMerging(device);
  if (device.is_router) return undefined;
  return (
    <section className="card">
      <h2>{t('merging')}</h2>
      <p className="quiet">{t('mergingHint')}</p>
      <DevicePicker
        label={t('merge')}
        routerId={device.router_id}
        isOffered={({ id }) => id !== device.id}
        onPick={(other) => change.mutate({ other, how: 'merge' })}
      />
      <ul className="rows">
        {device.merged.map((part) => (
          <li key={part.id}>
            <span className="rows__main">
              <span className="name">{partName(part)}</span>
              <span className="mono quiet">{part.mac}</span>
            </span>
            <Button
              variant="quiet"
              onClick={() => change.mutate({ other: part, how: 'unmerge' })}
              aria-label={t('unmergeOne', { name: partName(part) })}
            >
              {t('unmerge')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function partName({ device_name, hostname, mac }: DeviceDetail['merged'][number]): string {
  return device_name ?? hostname ?? mac ?? '';
}

function useMerging(device: DeviceDetail) {
  const t = useTranslations('device');
  const onError = useProblemToast();
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: ({ other, how }: { other: Pick<Device, 'id'>; how: 'merge' | 'unmerge' }) =>
      unwrap(
        api.POST(`/api/v1/routers/{router_id}/devices/{id}/${how}`, {
          params: { path: { router_id: device.router_id, id: device.id } },
          body: { device_id: other.id },
        }),
      ),
    onSuccess: (_merged, { other, how }) =>
      showToast(
        how === 'merge'
          ? {
              text: t('mergedDone', { name: deviceLabel(device) }),
              undo: () => change.mutate({ other, how: 'unmerge' }),
            }
          : { text: t('unmergedDone') },
      ),
    onError,
    onSettled: () => queryClient.invalidateQueries(),
  });
  return change;
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api, ask } from '../../api/client.ts';
import type { Device, DeviceDetail } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { useProblemText } from '../../design/problem-text.ts';
import { showToast } from '../../design/toast.ts';
import { deviceLabel } from '../devices/label.ts';
import { DevicePicker } from '../devices/picker.tsx';

/** Says that other entries are this device too (two network cards, a new random MAC), and takes it back. */
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
            <span className="device__address">
              <span className="name">{part.device_name ?? part.hostname ?? part.mac}</span>
              <span className="mono quiet">{part.mac}</span>
            </span>
            <Button
              look="quiet"
              onClick={() => change.mutate({ other: part, how: 'unmerge' })}
              aria-label={t('unmergeOne', {
                name: part.device_name ?? part.hostname ?? part.mac ?? '',
              })}
            >
              {t('unmerge')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useMerging(device: DeviceDetail) {
  const t = useTranslations('device');
  const problemText = useProblemText();
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: ({ other, how }: { other: Pick<Device, 'id'>; how: 'merge' | 'unmerge' }) =>
      ask(
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
    onError: (error) => showToast({ text: problemText(error) }),
    onSettled: () => queryClient.invalidateQueries(),
  });
  return change;
}

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useGuarded } from '../../access/use-guarded.tsx';
import { api, unwrap } from '../../api/client.ts';
import type { Device, DeviceDetail } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { showToast } from '../../design/toast.ts';
import { useRights } from '../../homes/current.ts';
import { deviceLabel } from '../devices/label.ts';
import { DevicePicker } from '../devices/picker.tsx';

/** Merges other entries into this device (two network cards, a new random MAC), and splits them off again. */
export function Merging({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const change = useMerging(device);
  const { canChange } = useRights();
  if (device.is_router || !canChange) return undefined;
  return (
    <section className="card">
      <h2>{t('merging')}</h2>
      <p className="quiet">{t('mergingHint')}</p>
      <DevicePicker
        label={t('merge')}
        isOffered={({ router_id, id }) => router_id === device.router_id && id !== device.id}
        onPick={(other) => change.run({ other, how: 'merge' })}
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
              onClick={() => change.run({ other: part, how: 'unmerge' })}
              aria-label={t('unmergeOne', { name: partName(part) })}
            >
              {t('unmerge')}
            </Button>
          </li>
        ))}
      </ul>
      {change.dialog}
    </section>
  );
}

function partName({ device_name, hostname, mac }: DeviceDetail['merged'][number]): string {
  return device_name ?? hostname ?? mac ?? '';
}

function useMerging(device: DeviceDetail) {
  const t = useTranslations('device');
  const queryClient = useQueryClient();
  return useGuarded(
    ({ other, how }: { other: Pick<Device, 'id'>; how: 'merge' | 'unmerge' }, confirm) =>
      unwrap(
        api.POST(`/api/v1/routers/{router_id}/devices/{id}/${how}`, {
          params: { path: { router_id: device.router_id, id: device.id } },
          body: { device_id: other.id, ...confirm },
        }),
      ),
    async (_merged, { other, how }, run) => {
      showToast(
        how === 'merge'
          ? {
              text: t('mergedDone', { name: deviceLabel(device) }),
              undo: () => run({ other, how: 'unmerge' }),
            }
          : { text: t('unmergedDone') },
      );
      await queryClient.invalidateQueries();
    },
  );
}

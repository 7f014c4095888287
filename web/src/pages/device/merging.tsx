import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useGuarded } from '../../access/use-guarded.tsx';
import { api, unwrap } from '../../api/client.ts';
import { type Device, type DeviceDetail, devicesQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { showToast } from '../../design/toast.ts';
import { deviceLabel } from '../devices/label.ts';
import { DevicePicker } from '../devices/picker.tsx';
import { DeviceTile } from '../devices/type.tsx';
import { candidatesFor } from './candidates.ts';
import { MergeDialog } from './merge-dialog.tsx';

/** Merges other entries into this device (two network cards, a new private address), and splits them off again. */
export function Merging({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const { data: devices = [] } = useQuery(devicesQuery);
  const [other, setOther] = useState<Device>();
  const change = useMerging(device);
  const candidates = candidatesFor(device, devices);
  return (
    <>
      <h3>{t('merging')}</h3>
      <p className="quiet">{t('mergingHint')}</p>
      {candidates.length > 0 && (
        <ul className="rows" aria-label={t('candidates')}>
          {candidates.map(({ device: candidate, reasons }) => (
            <li key={candidate.id}>
              <DeviceTile device={candidate} size="small" />
              <span className="rows__main">
                <span className="name">{deviceLabel(candidate)}</span>
                <span className="quiet">
                  {reasons.map((reason) => t(`sameReasons.${reason}`)).join(' · ')}
                </span>
              </span>
              <Button
                aria-label={t('mergeOne', { name: deviceLabel(candidate) })}
                onClick={() => setOther(candidate)}
              >
                {t('mergeIt')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <DevicePicker
        label={t('merge')}
        isOffered={({ router_id, id }) => router_id === device.router_id && id !== device.id}
        onPick={setOther}
      />
      <Parts device={device} onSplit={(part) => change.run({ other: part, how: 'unmerge' })} />
      {other && (
        <MergeDialog
          device={device}
          other={other}
          onClose={() => setOther(undefined)}
          onMerge={(name) => {
            setOther(undefined);
            change.run({ other, how: 'merge', ...(name !== undefined && { name }) });
          }}
        />
      )}
      {change.dialog}
    </>
  );
}

type Part = DeviceDetail['merged'][number];

/** What is merged into a device. */
function Parts({ device, onSplit }: { device: DeviceDetail; onSplit: (part: Part) => void }) {
  const t = useTranslations('device');
  return (
    <ul className="rows">
      {device.merged.map((part) => (
        <li key={part.id}>
          <span className="rows__main">
            <span className="name">{partName(part)}</span>
            <span className="mono quiet">{part.mac}</span>
          </span>
          <Button
            variant="quiet"
            onClick={() => onSplit(part)}
            aria-label={t('unmergeOne', { name: partName(part) })}
          >
            {t('unmerge')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function partName({ device_name, hostname, mac }: Part): string {
  return device_name ?? hostname ?? mac ?? '';
}

type Change = {
  other: Pick<Device, 'id'>;
  how: 'merge' | 'unmerge';
  /** The name that is kept. */
  name?: string | null;
};

function useMerging(device: DeviceDetail) {
  const t = useTranslations('device');
  const queryClient = useQueryClient();
  const { router_id, id } = device;
  const params = { path: { router_id, id } };
  return useGuarded(
    async ({ other, how, name }: Change, confirm) => {
      await unwrap(
        api.POST(`/api/v1/routers/{router_id}/devices/{id}/${how}`, {
          params,
          body: { device_id: other.id, ...confirm },
        }),
      );
      if (name === undefined) return;
      await unwrap(
        api.PATCH('/api/v1/routers/{router_id}/devices/{id}', {
          params,
          body: { device_name: name },
        }),
      );
    },
    async (_merged, { other, how, name }, run) => {
      const before = device.device_name;
      showToast(
        how === 'merge'
          ? {
              text: t('mergedDone', { name: deviceLabel(device) }),
              undo: () =>
                run({ other, how: 'unmerge', ...(name !== undefined && { name: before }) }),
            }
          : { text: t('unmergedDone') },
      );
      await queryClient.invalidateQueries();
    },
  );
}

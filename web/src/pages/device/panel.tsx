import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { Skeleton } from '../../design/notice.tsx';
import { Sheet, useIsPanel } from '../../design/sheet.tsx';
import { deviceLabel } from '../devices/label.ts';
import { DeviceTile } from '../devices/type.tsx';
import { BottomActions } from './bottom-actions.tsx';
import { Missing } from './missing.tsx';
import './page.css';
import { useDevice } from './use-device.ts';
import { DeviceView } from './view.tsx';

/** Higher than any screen: the sheet does not grow when the device is there. */
const TALL = 1600;

/** A device beside the list on a desktop, over it on a phone. */
export default function DevicePanel({
  routerId,
  id,
  onClose,
}: {
  routerId: string;
  id: string;
  onClose: () => void;
}) {
  const t = useTranslations('device');
  const navigate = useNavigate();
  const found = useDevice(routerId, id);
  const isPanel = useIsPanel();
  const { device, known } = found;
  const onExpand = useCallback(
    () => void navigate({ to: '/routers/$routerId/devices/$id', params: { routerId, id } }),
    [navigate, routerId, id],
  );
  const named = device ?? known;
  return (
    <Sheet
      title={named === undefined ? t('oneDevice') : deviceLabel(named)}
      onClose={onClose}
      onExpand={onExpand}
      picture={named && <DeviceTile device={named} />}
      actions={isPanel || device === undefined ? undefined : <BottomActions device={device} />}
    >
      {device !== undefined && <DeviceView key={device.id} device={device} router={found.router} />}
      {device === undefined &&
        (found.error === null ? (
          <Skeleton height={TALL} />
        ) : (
          <Missing {...found} onBack={onClose} />
        ))}
    </Sheet>
  );
}

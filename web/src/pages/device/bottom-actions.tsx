import { Ban, CheckCheck, Pause } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { isRestricted } from '../../access/text.ts';
import type { DeviceDetail } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { useRights } from '../../homes/current.ts';
import { useAccessControl } from './use-access-control.tsx';

const PAUSE_MINUTES = 30;

/** What one does most, at the thumb. */
export function BottomActions({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const { canChange } = useRights();
  const { choose, isPending, dialog } = useAccessControl(device);
  if (device.is_router || !canChange) return undefined;
  const isBlocked = device.access.access === 'block';
  return (
    <>
      {!isBlocked && (
        <Button
          disabled={isPending}
          onClick={() => choose({ wanted: 'off', until: Date.now() + PAUSE_MINUTES * 60_000 })}
        >
          <Pause aria-hidden />
          {t('pauseFor', { count: PAUSE_MINUTES })}
        </Button>
      )}
      {isRestricted(device.access) && (
        <Button variant="primary" disabled={isPending} onClick={() => choose({ wanted: 'on' })}>
          <CheckCheck aria-hidden />
          {t('turnOn')}
        </Button>
      )}
      {!isBlocked && (
        <Button variant="danger" disabled={isPending} onClick={() => choose({ wanted: 'off' })}>
          <Ban aria-hidden />
          {t('turnOff')}
        </Button>
      )}
      {dialog}
    </>
  );
}

import { Suspense, lazy, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Device } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { needsConfirmation, useSetBlocked } from './actions.ts';
import { deviceLabel } from './label.ts';

/** Rarely needed: not part of the first page. */
const OwnDeviceDialog = lazy(() => import('./own-device-dialog.tsx'));

/** Blocks or unblocks with one click. Asks only before the device in use is blocked. */
export function BlockButton({ device }: { device: Device }) {
  const t = useTranslations();
  const change = useSetBlocked();
  const [isAsking, setAsking] = useState(false);
  const name = deviceLabel(device);
  if (device.is_router) return undefined;
  if (device.is_blocked) {
    return (
      <Button
        onClick={() => change.mutate({ devices: [device], isBlocked: false })}
        aria-label={t('devices.unblockOne', { name })}
      >
        {t('devices.unblock')}
      </Button>
    );
  }
  const start = (confirm: boolean) =>
    change.mutate(
      { devices: [device], isBlocked: true, confirm },
      {
        onError: (error) => {
          if (needsConfirmation(error)) setAsking(true);
        },
      },
    );
  return (
    <>
      <Button onClick={() => start(false)} aria-label={t('devices.blockOne', { name })}>
        {t('devices.block')}
      </Button>
      {isAsking && (
        <Suspense>
          <OwnDeviceDialog
            name={name}
            onClose={() => setAsking(false)}
            onBlock={() => {
              setAsking(false);
              start(true);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

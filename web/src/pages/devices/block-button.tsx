import { Suspense, lazy, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Device } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { type Behind, ApiProblem } from '../../api/client.ts';
import { needsConfirmation } from '../../access/use-guarded.tsx';
import { useRights } from '../../homes/current.ts';
import { useSetBlocked } from './actions.ts';
import { deviceLabel } from './label.ts';

/** Rarely needed: not part of the first page. */
const OwnDeviceDialog = lazy(() => import('./own-device-dialog.tsx'));

/** Blocks or unblocks with one click. Asks only before the device in use is blocked, or several behind one MAC. */
export function BlockButton({ device }: { device: Device }) {
  const t = useTranslations();
  const change = useSetBlocked();
  /** Who would be blocked as well, while the person is asked. */
  const [asking, setAsking] = useState<readonly Behind[]>();
  const name = deviceLabel(device);
  const { canChange } = useRights();
  if (device.is_router || !canChange) return undefined;
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
          if (needsConfirmation(error)) setAsking(error instanceof ApiProblem ? error.behind : []);
        },
      },
    );
  return (
    <>
      <Button onClick={() => start(false)} aria-label={t('devices.blockOne', { name })}>
        {t('devices.block')}
      </Button>
      {asking !== undefined && (
        <Suspense>
          <OwnDeviceDialog
            name={name}
            behind={asking}
            onClose={() => setAsking(undefined)}
            onBlock={() => {
              setAsking(undefined);
              start(true);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

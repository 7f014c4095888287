import { Pause, Play } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { useTranslations } from 'use-intl';
import { usePauses } from '../../access/pause.tsx';
import type { Home } from '../../api/home-queries.ts';
import type { Device } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { useRights } from '../../homes/current.ts';

/** Not part of the first page. */
const PauseDialog = lazy(() => import('../../access/pause-dialog.tsx'));

/** Pauses all devices of a home, for as long as it asks then, and ends that pause; nothing for who may not. */
export function PauseEveryone({ home, devices }: { home: Home; devices: readonly Device[] }) {
  const t = useTranslations('access');
  const { canChange } = useRights();
  const [isAsking, setAsking] = useState(false);
  const because = devices
    .map(({ access }) => access.because)
    .find(({ kind, target }) => kind === 'pause' && target === 'everyone');
  const of = {
    homeId: home.id,
    name: t('everyone'),
    devices: devices.length,
    target: { target: 'everyone' },
  } as const;
  const { resume, dialog } = usePauses(of, because);
  if (!canChange || devices.length === 0) return undefined;
  return (
    <>
      {because === undefined ? (
        <Button aria-haspopup="dialog" onClick={() => setAsking(true)}>
          <Pause aria-hidden />
          {t('pauseEveryone')}
        </Button>
      ) : (
        <Button onClick={resume}>
          <Play aria-hidden />
          {t('resumeEveryone')}
        </Button>
      )}
      {dialog}
      {isAsking && (
        <Suspense>
          <PauseDialog of={of} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}

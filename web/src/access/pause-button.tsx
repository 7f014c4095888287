import { ChevronDown, Pause, Play, Plus } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../design/button.tsx';
import './pause-button.css';
import { MORE_MINUTES, PAUSE_MINUTES, type PauseTarget, usePauses } from './pause.tsx';
import type { Access } from './text.ts';

/** Not part of the first page. */
const PauseDialog = lazy(() => import('./pause-dialog.tsx'));

/**
 * Pauses a person or a device for half an hour, in one tap; the arrow beside it asks how long. During a pause it ends it,
 * or makes it longer.
 */
export function PauseButton({
  of,
  because,
  until = null,
}: {
  of: PauseTarget;
  because: Access['because'] | undefined;
  /** When the pause ends: one without an end cannot be longer. */
  until?: string | null;
}) {
  const t = useTranslations('access');
  const [isAsking, setAsking] = useState(false);
  const pauses = usePauses(of, because);
  const { name } = of;
  return (
    <>
      {pauses.pauseId === null ? (
        <span className="split">
          <Button
            onClick={() => pauses.pause({ minutes: PAUSE_MINUTES })}
            aria-label={t('pauseOne', { name, count: PAUSE_MINUTES })}
          >
            <Pause aria-hidden />
            {t('pause')}
          </Button>
          <Button
            aria-haspopup="dialog"
            aria-label={t('pauseOther', { name })}
            onClick={() => setAsking(true)}
          >
            <ChevronDown aria-hidden />
          </Button>
        </span>
      ) : (
        <span className="split">
          <Button onClick={pauses.resume} aria-label={t('resumeOne', { name })}>
            <Play aria-hidden />
            {t('resume')}
          </Button>
          {until !== null && (
            <Button
              onClick={pauses.extend}
              aria-label={t('extendOne', { name, count: MORE_MINUTES })}
            >
              <Plus aria-hidden />
              {MORE_MINUTES}
            </Button>
          )}
        </span>
      )}
      {pauses.dialog}
      {isAsking && (
        <Suspense>
          <PauseDialog of={of} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}

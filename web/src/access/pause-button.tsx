import { Pause, Play } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Access } from './text.ts';
import { Button } from '../design/button.tsx';
import { showToast } from '../design/toast.ts';
import type { RuleAddition } from './rule-writes.ts';
import { useDeleteRule } from './rule-writes.ts';

/** Not part of the first page. */
const PauseDialog = lazy(() => import('./pause-dialog.tsx'));

/** Who or what a pause is for. */
export type PauseTarget = {
  homeId: string;
  name: string;
  /** How many devices it concerns. */
  devices: number;
  /** As a rule has it. */
  target: Pick<RuleAddition, 'target' | 'person_id' | 'device_id'>;
};

/** Pauses a person or a device, or ends the pause: two taps. */
export function PauseButton({
  of,
  because,
}: {
  of: PauseTarget;
  because: Access['because'] | undefined;
}) {
  const t = useTranslations('access');
  const [isAsking, setAsking] = useState(false);
  const resume = useDeleteRule(() => showToast({ text: t('resumed', { name: of.name }) }));
  const pauseId = because?.kind === 'pause' ? because.rule_id : null;
  return (
    <>
      {pauseId === null ? (
        <Button onClick={() => setAsking(true)} aria-label={t('pauseOne', { name: of.name })}>
          <Pause aria-hidden />
          {t('pause')}
        </Button>
      ) : (
        <Button
          disabled={resume.isPending}
          onClick={() => resume.run({ home_id: of.homeId, id: pauseId })}
          aria-label={t('resumeOne', { name: of.name })}
        >
          <Play aria-hidden />
          {t('resume')}
        </Button>
      )}
      {resume.dialog}
      {isAsking && (
        <Suspense>
          <PauseDialog of={of} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}

import { useTranslations } from 'use-intl';
import { ApiProblem } from '../../api/client.ts';
import { Button } from '../../design/button.tsx';
import { Empty } from '../../design/drawing.tsx';
import { ProblemNotice } from '../../design/notice.tsx';

/** Says that a device is not here (any more), or why it cannot be shown. */
export function Missing({
  error,
  retry,
  onBack,
}: {
  error: Error | null;
  retry: () => void;
  onBack: () => void;
}) {
  const t = useTranslations('device');
  if (error === null) return undefined;
  const isMissing = error instanceof ApiProblem && [400, 404].includes(error.status);
  if (!isMissing) return <ProblemNotice error={error} onRetry={retry} />;
  return (
    <div role="alert">
      <Empty
        drawing="search"
        title={t('missing')}
        action={<Button onClick={onBack}>{t('toDevices')}</Button>}
      >
        {t('missingHint')}
      </Empty>
    </div>
  );
}

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
  heading = 'h2',
}: {
  error: Error | null;
  retry: () => void;
  onBack: () => void;
  /** `h1` if it is the whole page. */
  heading?: 'h1' | 'h2';
}) {
  const t = useTranslations('device');
  if (error === null) return undefined;
  const isMissing = error instanceof ApiProblem && [400, 404].includes(error.status);
  if (!isMissing) return <ProblemNotice error={error} onRetry={retry} />;
  return (
    <div role="alert">
      <Empty
        drawing="search"
        heading={heading}
        title={t('missing')}
        action={<Button onClick={onBack}>{t('toDevices')}</Button>}
      >
        {t('missingHint')}
      </Empty>
    </div>
  );
}

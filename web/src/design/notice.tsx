import type { LucideIcon } from 'lucide-react';
import { CloudOff, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { ApiProblem } from '../api/client.ts';
import { Button } from './button.tsx';
import { useProblemText } from './problem-text.ts';

/** What stands where there is nothing: a picture, a sentence, and what to do about it. */
export function Notice({
  icon: Icon,
  title,
  children,
  action,
  heading: Heading = 'h2',
}: {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** `h1` where it is the whole page. */
  heading?: 'h1' | 'h2';
}) {
  return (
    <div className="notice">
      <Icon aria-hidden />
      <Heading>{title}</Heading>
      {children !== undefined && <p>{children}</p>}
      {action}
    </div>
  );
}

/** What went wrong, with the server's own words, and a way to try again. */
export function ProblemNotice({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const t = useTranslations();
  const problemText = useProblemText();
  const isAway = error instanceof ApiProblem && error.status === 0;
  return (
    <div role="alert">
      <Notice
        icon={isAway ? CloudOff : TriangleAlert}
        title={isAway ? t('problem.offline') : t('problem.title')}
        action={onRetry && <Button onClick={onRetry}>{t('action.retry')}</Button>}
      >
        {isAway ? undefined : problemText(error)}
      </Notice>
    </div>
  );
}

/** A place that is being filled, of the size that it will have: nothing shifts. */
export function Skeleton({ height }: { height: number }) {
  const t = useTranslations('state');
  return (
    <output className="skeleton" style={{ blockSize: height }}>
      <span className="visually-hidden">{t('loading')}</span>
    </output>
  );
}

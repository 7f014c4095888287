import type { LucideIcon } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { ApiProblem } from '../api/client.ts';
import { Button, buttonClass } from './button.tsx';
import { Empty } from './drawing.tsx';
import { useProblemText } from './problem.ts';

/** An icon, a sentence, and what to do about it, where a page or a list has nothing to show. */
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
  /** `h1` if it is the whole page. */
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

/** An error, with a button that tries again; what is not here (any more) leads back instead. */
export function ProblemNotice({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const t = useTranslations();
  const problemText = useProblemText();
  const again = onRetry && <Button onClick={onRetry}>{t('action.retry')}</Button>;
  if (isGone(error))
    return (
      <div role="alert">
        <Empty
          drawing="search"
          heading="h1"
          title={t('problem.gone')}
          action={
            <Link to="/" className={buttonClass('primary')}>
              {t('problem.home')}
            </Link>
          }
        >
          {t('problem.goneHint')}
        </Empty>
      </div>
    );
  const isAway = error instanceof ApiProblem && error.status === 0;
  return (
    <div role="alert">
      <Empty
        drawing="cut-cable"
        title={isAway ? t('problem.offline') : t('problem.title')}
        action={again}
      >
        {isAway ? t('problem.offlineHint') : problemText(error)}
      </Empty>
    </div>
  );
}

/** Whether an error says that there is nothing at an address, or that the address itself is wrong. */
function isGone(error: Error): boolean {
  if (!(error instanceof ApiProblem)) return false;
  return error.status === 404 || error.fields.some(({ field }) => /^(?:\w+_)?id$/.test(field));
}

type Query = { readonly error: Error | null; readonly refetch: () => Promise<unknown> };

/** The error of the first of these queries that failed, with a button that fetches all of them again; nothing if none did. */
export function QueryProblem({ queries }: { queries: readonly Query[] }) {
  const error = queries.find((query) => query.error !== null)?.error;
  if (!error) return undefined;
  return (
    <ProblemNotice
      error={error}
      onRetry={() => {
        for (const query of queries) void query.refetch();
      }}
    />
  );
}

/** Stands for content that is loading, at the height it will have, so that nothing shifts. */
export function Skeleton({ height }: { height: number }) {
  const t = useTranslations('state');
  return (
    <output className="skeleton" style={{ blockSize: height }}>
      <span className="visually-hidden">{t('loading')}</span>
    </output>
  );
}

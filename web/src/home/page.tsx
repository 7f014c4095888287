import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { routersQuery } from '../api/queries.ts';
import { ProblemNotice, Skeleton } from '../design/notice.tsx';

/** The network at a glance. */
export function HomePage() {
  const t = useTranslations('navigation');
  const routers = useQuery(routersQuery);
  if (routers.isError)
    return <ProblemNotice error={routers.error} onRetry={() => void routers.refetch()} />;
  return (
    <div className="page">
      <header className="page__heading">
        <h1>{t('home')}</h1>
      </header>
      {routers.isPending ? <Skeleton height={120} /> : <p>{routers.data.length}</p>}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { type Router, policyQuery } from '../api/queries.ts';

/** Whether a router does what it is to do; the reason, where it does not yet, on hovering. */
export function RouterState({ router }: { router: Router }) {
  const t = useTranslations('state');
  const { data } = useQuery(policyQuery(router.router_id));
  if (data === undefined) return <span className="badge">{t('unknown')}</span>;
  const isPending = data.delivery.state === 'pending';
  return (
    <span className={`badge badge--${isPending ? 'warning' : 'good'}`} title={data.delivery.reason}>
      {isPending ? t('pending') : t('applied')}
    </span>
  );
}

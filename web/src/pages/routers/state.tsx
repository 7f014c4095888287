import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useDateText } from '../../design/time.tsx';
import { type Router, policyQuery, routersQuery } from '../../api/queries.ts';

/** Whether a router is connected and has applied its policy; if not, the reason on hovering. */
export function RouterState({ router }: { router: Router }) {
  const t = useTranslations('state');
  const { data } = useQuery(policyQuery(router.router_id));
  const reason = usePendingReason(router.router_id);
  if (!router.is_active) return <span className="badge">{t('unlinked')}</span>;
  // Unknown yet: as wide as it most likely will be, so that nothing shifts.
  const isPending = data?.delivery.state === 'pending';
  return (
    <span className={data === undefined ? 'badges badges--unknown' : 'badges'}>
      <span className={`badge ${router.is_connected ? 'badge--good' : 'badge--warning'}`}>
        {router.is_connected ? t('connected') : t('offline')}
      </span>
      <span className={`badge ${isPending ? 'badge--warning' : 'badge--good'}`} title={reason}>
        {isPending ? t('pending') : t('applied')}
      </span>
    </span>
  );
}

/** Why a router has not applied its policy yet, in the person's language; undefined if it has. */
export function usePendingReason(routerId: string): string | undefined {
  const t = useTranslations('state.because');
  const dateText = useDateText();
  const { data: policy } = useQuery(policyQuery(routerId));
  const { data: routers } = useQuery(routersQuery);
  const code = policy?.delivery.reason_code;
  if (code !== 'offline') return code && t(code);
  const seen = routers?.find(({ router_id }) => router_id === routerId)?.last_seen;
  if (!seen) return undefined;
  const since = dateText(new Date(seen), { dateStyle: 'medium', timeStyle: 'short' });
  return t('offline', { since });
}

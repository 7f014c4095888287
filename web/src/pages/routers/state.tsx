import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Dot } from '../../design/dot.tsx';
import { useDateText } from '../../design/time.tsx';
import { useIsBrowser } from '../../homes/time.tsx';
import { type Router, policyQuery, routersQuery } from '../../api/queries.ts';

/** Whether a router is connected and does what its policy says. Why not, the caller says below it (`useDeliveryReason`). */
export function RouterState({ router }: { router: Router }) {
  const t = useTranslations('state');
  const { data } = useQuery(policyQuery(router.router_id));
  if (!router.is_active) return <span className="badge">{t('unlinked')}</span>;
  // Unknown yet: as wide as it most likely will be, so that nothing shifts.
  return (
    <span className={data === undefined ? 'badges badges--unknown' : 'badges'}>
      <Dot
        state={router.is_connected ? 'here' : 'away'}
        label={router.is_connected ? t('connected') : t('offline')}
        isLabelShown
      />
      <span className={`badge ${BADGES[data?.delivery.state ?? 'applied']}`}>
        {t(data?.delivery.state ?? 'applied')}
      </span>
    </span>
  );
}

const BADGES = {
  applied: 'badge--good',
  partial: 'badge--warning',
  pending: 'badge--warning',
  unknown: '',
} as const;

/** Why nobody can say that a router does what its policy says, in the person's language; undefined if it does. */
export function useDeliveryReason(routerId: string): string | undefined {
  const t = useTranslations('state.because');
  const dateText = useDateText();
  const isBrowser = useIsBrowser();
  const { data: policy } = useQuery(policyQuery(routerId));
  const { data: routers } = useQuery(routersQuery);
  const code = policy?.delivery.reason_code;
  if (code !== 'offline' && code !== 'away') return code && t(code);
  // The server does not know the time zone.
  if (!isBrowser) return undefined;
  const seen = routers?.find(({ router_id }) => router_id === routerId)?.last_seen;
  if (!seen) return undefined;
  const since = dateText(new Date(seen), { dateStyle: 'medium', timeStyle: 'short' });
  return t(code, { since });
}

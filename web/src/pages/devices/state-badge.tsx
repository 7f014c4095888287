import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { type Device, policyQuery } from '../../api/queries.ts';
import { usePendingReason } from '../routers/state.tsx';

/** Whether a device is online or blocked, and whether its block is applied yet. */
export function StateBadge({ device }: { device: Device }) {
  const t = useTranslations('state');
  if (device.is_blocked) return <BlockedBadge routerId={device.router_id} />;
  return device.is_online ? (
    <span className="badge badge--good">{t('online')}</span>
  ) : (
    <span className="badge">{t('offline')}</span>
  );
}

function BlockedBadge({ routerId }: { routerId: string }) {
  const t = useTranslations('state');
  const { data } = useQuery(policyQuery(routerId));
  const reason = usePendingReason(routerId);
  const isPending = data?.delivery.state === 'pending';
  return (
    <span className={`badge badge--${isPending ? 'warning' : 'danger'}`} title={reason}>
      {isPending ? t('blockedPending') : t('blocked')}
    </span>
  );
}

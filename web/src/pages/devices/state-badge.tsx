import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { type Device, policyQuery } from '../../api/queries.ts';
import { useDeliveryReason } from '../routers/state.tsx';

/** Whether a device is online or blocked, and whether its block is applied. */
export function StateBadge({ device }: { device: Device }) {
  const t = useTranslations('state');
  if (device.is_blocked) return <BlockedBadge routerId={device.router_id} />;
  return device.is_online ? (
    <span className="badge badge--good">{t('online')}</span>
  ) : (
    <span className="badge">{t('offline')}</span>
  );
}

const BLOCKED = {
  applied: { look: 'badge--danger', text: 'blocked' },
  pending: { look: 'badge--warning', text: 'blockedPending' },
  unknown: { look: 'badge--warning', text: 'blockedUnknown' },
} as const;

function BlockedBadge({ routerId }: { routerId: string }) {
  const t = useTranslations('state');
  const { data } = useQuery(policyQuery(routerId));
  const reason = useDeliveryReason(routerId);
  const { look, text } = BLOCKED[data?.delivery.state ?? 'applied'];
  return (
    <span className={`badge ${look}`} title={reason}>
      {t(text)}
    </span>
  );
}

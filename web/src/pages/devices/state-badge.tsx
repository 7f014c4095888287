import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { type Device, policyQuery } from '../../api/queries.ts';
import { useDeliveryReason } from '../routers/state.tsx';

/** Whether a device is online or blocked, and whether its block is applied. */
export function StateBadge({ device }: { device: Device }) {
  const t = useTranslations('state');
  if (device.is_blocked) return <BlockedBadge device={device} />;
  return device.is_online ? (
    <span className="badge badge--good">{t('online')}</span>
  ) : (
    <span className="badge">{t('offline')}</span>
  );
}

const BLOCKED = {
  applied: { look: 'badge--danger', text: 'blocked' },
  partial: { look: 'badge--danger', text: 'blocked' },
  refused: { look: 'badge--warning', text: 'blockedRefused' },
  pending: { look: 'badge--warning', text: 'blockedPending' },
  unknown: { look: 'badge--warning', text: 'blockedUnknown' },
} as const;

function BlockedBadge({ device: { id, router_id } }: { device: Device }) {
  const t = useTranslations('state');
  const { data } = useQuery(policyQuery(router_id));
  const reason = useDeliveryReason(router_id);
  const delivery = data?.delivery;
  const refused = delivery?.refused?.find(
    ({ rule, device_id }) => rule === 'block' && device_id === id,
  );
  const isRefused = delivery?.state === 'partial' && refused !== undefined;
  const { look, text } = BLOCKED[isRefused ? 'refused' : (delivery?.state ?? 'applied')];
  const why = isRefused ? t(`refused.${refused.reason_code}`) : reason;
  return (
    <span
      className={`badge ${look}`}
      title={delivery?.state === 'partial' && !isRefused ? undefined : why}
    >
      {t(text)}
    </span>
  );
}

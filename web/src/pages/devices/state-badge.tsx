import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useNow, useTranslations } from 'use-intl';
import { type Device, policyQuery } from '../../api/queries.ts';
import { useDateText } from '../../design/time.tsx';
import { useDeliveryReason } from '../routers/state.tsx';

/** Whether a device is online or blocked, and whether its block is applied; while its router is away, since when nobody knows. */
export function StateBadge({ device }: { device: Device }) {
  const t = useTranslations('state');
  if (device.is_blocked) return <BlockedBadge device={device} />;
  if (device.unknown_since !== null) return <UnknownBadge since={device.unknown_since} />;
  return device.is_online ? (
    <span className="badge badge--good">{t('online')}</span>
  ) : (
    <span className="badge">{t('offline')}</span>
  );
}

function UnknownBadge({ since }: { since: string }) {
  const t = useTranslations('state');
  const dateText = useDateText();
  const now = useNow({ updateInterval: 60_000 });
  // The server renders it without the time: it does not know the time zone.
  const isBrowser = useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
  if (!isBrowser) return <span className="badge">{t('unknown')}</span>;
  const date = new Date(since);
  const day = { dateStyle: 'short' } as const;
  const isToday = dateText(date, day) === dateText(now, day);
  const time = { timeStyle: 'short' } as const;
  return (
    <span className="badge">
      {t('unknownSince', { since: dateText(date, isToday ? time : { ...day, ...time }) })}
    </span>
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

import { useQuery } from '@tanstack/react-query';
import { useNow, useTranslations } from 'use-intl';
import { Reason } from '../../access/reason.tsx';
import { isRestricted, useAccessText, useHomeOf } from '../../access/text.ts';
import { type Device, policyQuery } from '../../api/queries.ts';
import { useDateText } from '../../design/time.tsx';
import { useIsBrowser } from '../../homes/time.tsx';
import { useDeliveryReason } from '../routers/state.tsx';

/**
 * What holds for a device, and whether its router does it; without a restriction whether it is online, and while its
 * router is away, since when nobody knows.
 */
export function StateBadge({ device }: { device: Device }) {
  const t = useTranslations('state');
  if (isRestricted(device.access)) return <RestrictedBadge device={device} />;
  if (device.unknown_since !== null) return <UnknownBadge since={device.unknown_since} />;
  return device.is_online ? (
    <span className="badge badge--good">{t('online')}</span>
  ) : (
    <span className="badge">{t('offline')}</span>
  );
}

/** Why a device is restricted, and until when; nothing if it is not. A block by hand says so by itself. */
export function AccessReason({ device: { access, router_id } }: { device: Device }) {
  const homeOf = useHomeOf();
  return isRestricted(access) && <Reason access={access} home={homeOf(router_id)} />;
}

function UnknownBadge({ since }: { since: string }) {
  const t = useTranslations('state');
  const dateText = useDateText();
  const now = useNow({ updateInterval: 60_000 });
  // The server renders it without the time: it does not know the time zone.
  const isBrowser = useIsBrowser();
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

const WAITING = { pending: 'pending', unknown: 'away' } as const;

function RestrictedBadge({ device: { id, router_id, access } }: { device: Device }) {
  const t = useTranslations();
  const { state } = useAccessText();
  const { data } = useQuery(policyQuery(router_id));
  const reason = useDeliveryReason(router_id);
  const delivery = data?.delivery;
  const refused = delivery?.refused?.find(
    ({ rule, device_id }) => rule === 'block' && device_id === id,
  );
  if (delivery?.state === 'partial' && refused !== undefined)
    return (
      <span className="badge badge--warning" title={t(`state.refused.${refused.reason_code}`)}>
        {t('state.blockedRefused')}
      </span>
    );
  if (delivery?.state === 'pending' || delivery?.state === 'unknown')
    return (
      <span className="badge badge--warning" title={reason}>
        {t(`access.${WAITING[delivery.state]}`, { state: state(access) })}
      </span>
    );
  return (
    <span className={`badge badge--${access.access === 'block' ? 'danger' : 'warning'}`}>
      {state(access)}
    </span>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useNow, useTranslations } from 'use-intl';
import { Reason } from '../../access/reason.tsx';
import { isRestricted, useAccessText, useHomeOf } from '../../access/text.ts';
import { type Device, type Policy, policyQuery } from '../../api/queries.ts';
import { Dot, type DotState } from '../../design/dot.tsx';
import { useDateText } from '../../design/time.tsx';
import { useIsBrowser } from '../../homes/time.tsx';
import { useDeliveryReason } from '../routers/state.tsx';

type Shown = Pick<Device, 'id' | 'router_id' | 'access' | 'is_online' | 'unknown_since'>;

/**
 * What holds for a device, and whether its router does it; without a restriction whether it is here, and while its
 * router is away, since when nobody knows.
 */
export function StateBadge({ device }: { device: Shown }) {
  const t = useTranslations('state');
  if (isRestricted(device.access)) return <RestrictedBadge device={device} />;
  if (device.unknown_since !== null) return <UnknownBadge since={device.unknown_since} />;
  return device.is_online ? (
    <span className="badge badge--good">{t('online')}</span>
  ) : (
    <span className="badge">{t('offline')}</span>
  );
}

/** How a device is, as a dot with a text for those who do not see it. */
export function DeviceDot({ device }: { device: Shown }) {
  const t = useTranslations('devices.dots');
  const state = dotOf(device);
  return <Dot state={state} label={t(state)} />;
}

export function dotOf({ access, is_online, unknown_since }: Shown): DotState {
  if (access.access === 'block') return 'blocked';
  if (unknown_since !== null) return 'unknown';
  return is_online ? 'here' : 'away';
}

/**
 * Why a device is restricted and until when, and why its router does not do it (yet); nothing if it is not. A block by
 * hand says so by itself.
 */
export function AccessReason({ device }: { device: Shown }) {
  const homeOf = useHomeOf();
  if (!isRestricted(device.access)) return undefined;
  return (
    <>
      <Reason access={device.access} home={homeOf(device.router_id)} />
      <WaitingReason device={device} />
    </>
  );
}

function WaitingReason({ device }: { device: Shown }) {
  const t = useTranslations('state.refused');
  const { data } = useQuery(policyQuery(device.router_id));
  const reason = useDeliveryReason(device.router_id);
  // The server does not know the time zone.
  const isBrowser = useIsBrowser();
  const refused = refusedBlockOf(data, device);
  if (refused !== undefined) return <span className="reason quiet">{t(refused.reason_code)}</span>;
  const isWaiting = data?.delivery.state === 'pending' || data?.delivery.state === 'unknown';
  return (
    isWaiting && isBrowser && reason !== undefined && <span className="reason quiet">{reason}</span>
  );
}

/** The block of a device that its router cannot do. */
export function refusedBlockOf(policy: Policy | undefined, { id }: Pick<Device, 'id'>) {
  if (policy?.delivery.state !== 'partial') return undefined;
  return policy.delivery.refused?.find(
    ({ rule, device_id }) => rule === 'block' && device_id === id,
  );
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

function RestrictedBadge({ device }: { device: Shown }) {
  const t = useTranslations();
  const { state } = useAccessText();
  const { access } = device;
  const { data } = useQuery(policyQuery(device.router_id));
  const delivery = data?.delivery;
  if (refusedBlockOf(data, device) !== undefined)
    return <span className="badge badge--warning">{t('state.blockedRefused')}</span>;
  if (delivery?.state === 'pending' || delivery?.state === 'unknown')
    return (
      <span className="badge badge--warning">
        {t(`access.${WAITING[delivery.state]}`, { state: state(access) })}
      </span>
    );
  return (
    <span className={`badge badge--${access.access === 'block' ? 'danger' : 'warning'}`}>
      {state(access)}
    </span>
  );
}

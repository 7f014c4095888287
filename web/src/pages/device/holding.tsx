import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Countdown } from '../../access/countdown.tsx';
import { isRestricted, useAccessText } from '../../access/text.ts';
import type { Home } from '../../api/home-queries.ts';
import { type DeviceDetail, auditQuery, policyQuery, routersQuery } from '../../api/queries.ts';
import { useMomentText, zoneOf } from '../../homes/time.tsx';
import { refusedBlockOf } from '../devices/state-badge.tsx';
import { routerLabel } from '../routers/choice.tsx';
import { useDeliveryReason } from '../routers/state.tsx';
import { deciderOf } from './who.ts';

/** What holds for a device, in words: why, who did it, until when, what comes next, and whether its router does it. */
export function Holding({ device, home }: { device: DeviceDetail; home: Home | undefined }) {
  const t = useTranslations('device');
  const tAccess = useTranslations('access');
  const momentText = useMomentText();
  const { state, why, speed } = useAccessText();
  const by = useDecider(device);
  const zone = zoneOf(home);
  const { access } = device;
  const { next, since, until, because } = access;
  const said = {
    allow: t('free'),
    limit: t('slowed', { speed: speed(access) }),
    block: t('none', { state: state(access) }),
  }[access.access];
  const isPause = because.kind === 'pause';
  // Of a pause the state has said why, and of a block who did it says more than that it was by hand.
  const isSaid = isPause || (because.kind === 'block' && by !== undefined);
  const words = [
    !isSaid && why(because),
    by,
    since !== null && tAccess('since', { time: momentText(since, zone) }),
  ].filter((word) => word !== false && word !== undefined);
  return (
    <div className="device__holding">
      <p>
        <strong>{said}</strong>
      </p>
      {isRestricted(access) && words.length > 0 && <p className="quiet">{words.join(' · ')}</p>}
      {until !== null && isRestricted(access) && (
        <p>
          {tAccess('until', { time: momentText(until, zone) })} <Countdown until={until} />
        </p>
      )}
      {isPause && until === null && <p>{tAccess('untilResumed')}</p>}
      {access.access === 'allow' && because.kind !== 'none' && (
        <p className="quiet">{t('because', { reason: why(because) })}</p>
      )}
      <Delivered device={device} />
      {next === null ? (
        <p className="quiet">{tAccess('nextNone')}</p>
      ) : (
        <>
          <p>
            {tAccess('next', {
              state: state(next),
              time: momentText(next.at, zone),
              because: why(next.because),
            })}
          </p>
          <Told tone={next.is_armed ? 'good' : 'waiting'}>
            {tAccess(next.is_armed ? 'armed' : 'notArmed')}
          </Told>
        </>
      )}
    </div>
  );
}

/** Whether its router does it, in words. */
function Delivered({ device }: { device: DeviceDetail }) {
  const t = useTranslations();
  const { data: policy } = useQuery(policyQuery(device.router_id));
  const { data: routers } = useQuery(routersQuery);
  const reason = useDeliveryReason(device.router_id);
  const router = routers?.find(({ router_id }) => router_id === device.router_id);
  const name = router ? routerLabel(router) : '';
  if (policy === undefined) return undefined;
  const refused = refusedBlockOf(policy, device);
  if (refused !== undefined)
    return (
      <Told tone="bad">
        {t('device.refusedBlock', { name })} {t(`state.refused.${refused.reason_code}`)}
      </Told>
    );
  const { state } = policy.delivery;
  if (state === 'applied' || state === 'partial')
    return <Told tone="good">{t('device.active', { name })}</Told>;
  return (
    <Told tone="waiting">
      {t(state === 'pending' ? 'device.pending' : 'device.notKnown', { name })} {reason}
    </Told>
  );
}

const ICONS = { good: CircleCheck, waiting: Clock, bad: CircleAlert } as const;

function Told({ tone, children }: { tone: keyof typeof ICONS; children: ReactNode }) {
  const Icon = ICONS[tone];
  return (
    <p className="device__told" data-tone={tone}>
      {/* Another one appears as the router answers. */}
      <Icon key={tone} aria-hidden className="icon" />
      <span>{children}</span>
    </p>
  );
}

/** Who decided it, if the newest part of the history says so. */
function useDecider({ id, access }: DeviceDetail): string | undefined {
  const t = useTranslations('device');
  const { data } = useInfiniteQuery(auditQuery({ device_id: id }));
  const entry = deciderOf(access, data?.pages.flatMap(({ items }) => items) ?? []);
  if (entry === undefined || !isRestricted(access) || entry.imported_at !== null) return undefined;
  if (entry.token_name !== null) return t('byToken', { name: entry.token_name });
  if (entry.actor_name !== null) return t('by', { name: entry.actor_name });
  return entry.actor === 'user' ? t('byYou') : undefined;
}

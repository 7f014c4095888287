import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { type DeviceDetail, blocksQuery, routersQuery } from '../../api/queries.ts';
import { Fact } from '../../design/fact.tsx';
import { DateTime, RelativeTime } from '../../design/time.tsx';
import { useRights } from '../../homes/current.ts';
import { DeleteButton } from './delete-button.tsx';
import { Merging } from './merging.tsx';
import { PlaceFacts } from './place.tsx';

/** What only some want to know: addresses, where it is, and what is one device. Folded. */
export function Technical({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const { canChange } = useRights();
  return (
    <details className="device__section device__technical">
      <summary>
        <h2>{t('technical')}</h2>
      </summary>
      <Facts device={device} />
      <Addresses device={device} />
      <Blocks device={device} />
      {canChange && !device.is_router && <Merging device={device} />}
      {canChange && <DeleteButton device={device} />}
    </details>
  );
}

function Facts({ device }: { device: DeviceDetail }) {
  const t = useTranslations();
  return (
    <dl className="facts">
      {device.macs.map((mac) => (
        <Fact key={mac} name={t('device.mac')}>
          <span className="mono">{mac}</span>
        </Fact>
      ))}
      {device.has_random_mac && <Fact name={t('device.random')}>{t('device.randomHint')}</Fact>}
      <Fact name={t('device.manufacturer')}>{device.manufacturer ?? t('state.unknown')}</Fact>
      <Fact name={t('device.hostname')}>
        <bdi>{device.hostname ?? t('state.unknown')}</bdi>
      </Fact>
      <PlaceFacts device={device} />
      <Elsewhere device={device} />
      <Fact name={t('device.firstSeen')}>
        <DateTime moment={device.first_seen} />
      </Fact>
      <Fact name={t('device.lastSeen')}>
        <DateTime moment={device.last_seen} />
      </Fact>
    </dl>
  );
}

function Addresses({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  if (device.addresses.length === 0) return undefined;
  return (
    <>
      <h3>{t('addresses')}</h3>
      <ul className="rows">
        {device.addresses.map(({ ip, mac, is_current, first_seen, last_seen }) => (
          <li key={`${mac} ${ip} ${first_seen}`}>
            <span className="mono rows__main">{ip}</span>
            <End at={is_current ? null : last_seen} badge="good" />
          </li>
        ))}
      </ul>
    </>
  );
}

function Blocks({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const { data = [] } = useQuery(blocksQuery(device.router_id));
  const ids = new Set([device.id, ...device.merged.map(({ id }) => id)]);
  const own = data.filter(({ device_id }) => device_id !== null && ids.has(device_id));
  if (own.length === 0) return undefined;
  return (
    <>
      <h3>{t('blocks')}</h3>
      <ul className="rows">
        {own.map(({ id, blocked_at, unblocked_at }) => (
          <li key={id}>
            <span className="rows__main">
              <DateTime moment={blocked_at} />
            </span>
            <End at={unblocked_at} badge="danger" />
          </li>
        ))}
      </ul>
    </>
  );
}

/** When something ended; a badge if it still lasts. */
function End({ at, badge }: { at: string | null; badge: 'good' | 'danger' }) {
  const t = useTranslations('device');
  if (at === null) return <span className={`badge badge--${badge}`}>{t('now')}</span>;
  return (
    <span className="quiet">
      {t('until')} <DateTime moment={at} />
    </span>
  );
}

/** The other routers that know its MAC, each with an entry of its own. */
function Elsewhere({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const { data: routers = [] } = useQuery(routersQuery);
  return device.elsewhere.map(({ router_id, device_id, last_seen }) => (
    <Fact key={device_id} name={t('elsewhere')}>
      <Link to="/routers/$routerId/devices/$id" params={{ routerId: router_id, id: device_id }}>
        <bdi>
          {routers.find((router) => router.router_id === router_id)?.router_name ?? router_id}
        </bdi>
      </Link>{' '}
      <RelativeTime moment={last_seen} />
    </Fact>
  ));
}

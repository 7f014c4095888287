import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import {
  type DeviceDetail,
  type Router,
  auditQuery,
  blocksQuery,
  deviceQuery,
  routersQuery,
} from '../../api/queries.ts';
import { homesQuery, peopleQuery, rulesQuery } from '../../api/home-queries.ts';
import { Choice } from '../../design/choice.tsx';
import { Fact } from '../../design/fact.tsx';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { RelativeTime, DateTime } from '../../design/time.tsx';
import { useRights } from '../../homes/current.ts';
import { ZoneNote } from '../../homes/time.tsx';
import { useChangeDevice } from '../devices/actions.ts';
import { BlockButton } from '../devices/block-button.tsx';
import { deviceLabel } from '../devices/label.ts';
import { EditableName } from '../devices/rename.tsx';
import { StateBadge } from '../devices/state-badge.tsx';
import { DEVICE_TYPES, DeviceIcon, knownType } from '../devices/type.tsx';
import { DeviceAccess } from './access.tsx';
import { Events } from './events.tsx';
import { Guesses } from './guesses.tsx';
import { Merging } from './merging.tsx';
import './page.css';
import { PlaceFacts } from './place.tsx';
import { Presence } from './presence.tsx';
import { UsageFact } from './usage.tsx';
import { WakeButton } from './wake-button.tsx';

const route = getRouteApi('/signed-in/routers/$routerId/devices/$id');

/** One device: details, presence, addresses, blocks and history. */
export function DevicePage() {
  const { routerId, id } = route.useParams();
  const device = useQuery(deviceQuery(routerId, id));
  const blocks = useQuery(blocksQuery(routerId));
  const events = useInfiniteQuery(auditQuery({ device_id: id }));
  const routers = useQuery(routersQuery);
  const ofHome = [useQuery(homesQuery), useQuery(peopleQuery), useQuery(rulesQuery)];
  const queries = [device, blocks, events, routers, ...ofHome];
  if (queries.some(({ isError }) => isError)) return <QueryProblem queries={queries} />;
  // Together: what comes later would shift what is below it.
  if (
    !device.isSuccess ||
    !blocks.isSuccess ||
    !events.isSuccess ||
    !routers.isSuccess ||
    ofHome.some(({ isPending }) => isPending)
  )
    return <Skeleton height={640} />;
  const router = routers.data.find(({ router_id }) => router_id === routerId);
  return (
    <div className="page">
      <Heading device={device.data} router={router} />
      <div className="columns device__columns">
        <DeviceAccess device={device.data} />
        <Facts device={device.data} router={router} />
        <Presence device={device.data} />
        <Addresses device={device.data} />
        <Blocks device={device.data} />
        <Merging device={device.data} />
        <Events device={device.data} />
      </div>
      <ZoneNote />
    </div>
  );
}

type Parts = { device: DeviceDetail; router: Router | undefined };

function Heading({ device, router }: Parts) {
  const { canChange } = useRights();
  return (
    <header className="page__heading device__heading">
      <DeviceIcon device={device} />
      <EditableName device={device}>
        {(renameButton) => (
          <h1>
            <bdi>{deviceLabel(device)}</bdi>
            {renameButton}
          </h1>
        )}
      </EditableName>
      <StateBadge device={device} />
      {router && canChange && <WakeButton device={device} router={router} />}
      <BlockButton device={device} />
    </header>
  );
}

function Facts({ device, router }: Parts) {
  const t = useTranslations();
  const change = useChangeDevice();
  const { canChange } = useRights();
  const type = device.device_type;
  const isCustomType = type !== null && knownType(type) === undefined;
  return (
    <section className="card">
      <h2>{t('device.facts')}</h2>
      {canChange && (
        <Choice
          label={t('devices.type')}
          options={[
            { value: '', text: t('device.noType') },
            ...(isCustomType ? [{ value: type, text: type }] : []),
            ...DEVICE_TYPES.map((value) => ({ value, text: t(`devices.types.${value}`) })),
          ]}
          value={type ?? ''}
          onChange={(chosen) =>
            change.mutate({ device, change: { device_type: chosen === '' ? null : chosen } })
          }
        />
      )}
      <Guesses device={device} />
      <dl className="facts">
        {device.macs.map((mac) => (
          <Fact key={mac} name={t('device.mac')}>
            <span className="mono">{mac}</span>
          </Fact>
        ))}
        {device.has_random_mac && <Fact name={t('device.random')}>{t('device.randomHint')}</Fact>}
        <Fact name={t('devices.columns.manufacturer')}>
          {device.manufacturer ?? t('state.unknown')}
        </Fact>
        <Fact name={t('device.hostname')}>
          <bdi>{device.hostname ?? t('state.unknown')}</bdi>
        </Fact>
        <PlaceFacts device={device} />
        <Elsewhere device={device} />
        {router && <UsageFact device={device} router={router} />}
        <Fact name={t('device.firstSeen')}>
          <DateTime moment={device.first_seen} />
        </Fact>
        <Fact name={t('devices.columns.last_seen')}>
          <RelativeTime moment={device.last_seen} />
        </Fact>
      </dl>
    </section>
  );
}

function Addresses({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  return (
    <section className="card">
      <h2>{t('addresses')}</h2>
      <ul className="rows">
        {device.addresses.map(({ ip, mac, is_current, first_seen, last_seen }) => (
          <li key={`${mac} ${ip} ${first_seen}`}>
            <span className="mono rows__main">{ip}</span>
            <End at={is_current ? null : last_seen} badge="good" />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Blocks({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const { data = [] } = useQuery(blocksQuery(device.router_id));
  const ids = new Set([device.id, ...device.merged.map(({ id }) => id)]);
  const own = data.filter(({ device_id }) => device_id !== null && ids.has(device_id));
  return (
    <section className="card">
      <h2>{t('blocks')}</h2>
      {own.length === 0 && <p className="quiet rows__none">{t('noBlocks')}</p>}
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
    </section>
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

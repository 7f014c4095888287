import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  Ban,
  CircleCheck,
  CircleHelp,
  type LucideIcon,
  MonitorSmartphone,
  Router,
  Sparkles,
} from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { type Device, devicesQuery, routersQuery } from '../../api/queries.ts';
import { buttonClass } from '../../design/button.tsx';
import { Notice, QueryProblem, Skeleton } from '../../design/notice.tsx';
import { RelativeTime } from '../../design/time.tsx';
import { BlockButton } from '../devices/block-button.tsx';
import { deviceLabel } from '../devices/label.ts';
import type { State } from '../devices/states.ts';
import { StateBadge } from '../devices/state-badge.tsx';
import { DeviceIcon } from '../devices/type.tsx';
import { RouterState } from '../routers/state.tsx';
import './page.css';

const DAY_MS = 24 * 60 * 60 * 1000;
const SHOWN = 6;

/** The network at a glance: devices online, new and blocked, and the state of the routers. */
export function HomePage() {
  const t = useTranslations('home');
  const routers = useQuery(routersQuery);
  const devices = useQuery(devicesQuery);
  const isPending = routers.isPending || devices.isPending;
  return (
    <div className="page">
      <header className="page__heading">
        <h1>{t('title')}</h1>
      </header>
      <QueryProblem queries={[routers, devices]} />
      {isPending && !routers.isError && !devices.isError && <Skeleton height={420} />}
      {routers.isSuccess && devices.isSuccess && routers.data.length === 0 && <Welcome />}
      {routers.isSuccess && devices.isSuccess && routers.data.length > 0 && (
        <>
          <Counts devices={devices.data} routers={routers.data.length} />
          <div className="home__columns">
            <Routers />
            <DeviceCard
              title={t('new')}
              none={t('noneNew')}
              icon={Sparkles}
              showsAge
              devices={devices.data
                .filter(isNew)
                .toSorted((one, other) => (one.first_seen < other.first_seen ? 1 : -1))}
            />
            <DeviceCard
              title={t('blocked')}
              none={t('noneBlocked')}
              icon={Ban}
              state="blocked"
              devices={devices.data.filter(({ is_blocked }) => is_blocked)}
            />
          </div>
        </>
      )}
    </div>
  );
}

function isNew({ first_seen, is_router }: Device): boolean {
  return !is_router && Date.parse(first_seen) > Date.now() - DAY_MS;
}

function Welcome() {
  const t = useTranslations('home');
  return (
    <Notice
      icon={Router}
      title={t('welcome')}
      action={
        <div className="dialog__actions">
          <Link to="/routers" className={buttonClass('primary')}>
            {t('link')}
          </Link>
          <Link to="/import" className={buttonClass('plain')}>
            {t('import')}
          </Link>
        </div>
      }
    >
      {t('welcomeHint')}
    </Notice>
  );
}

function Counts({ devices, routers }: { devices: readonly Device[]; routers: number }) {
  const t = useTranslations('home');
  const format = useFormatter();
  const unknown = devices.filter(({ unknown_since }) => unknown_since !== null).length;
  const tiles: { icon: LucideIcon; count: number; text: string }[] = [
    {
      icon: CircleCheck,
      count: devices.filter(({ is_online }) => is_online).length,
      text: t('onlineNow'),
    },
    ...(unknown > 0 ? [{ icon: CircleHelp, count: unknown, text: t('unknownNow') }] : []),
    { icon: MonitorSmartphone, count: devices.length, text: t('known') },
    {
      icon: Ban,
      count: devices.filter(({ is_blocked }) => is_blocked).length,
      text: t('blockedNow'),
    },
    { icon: Router, count: routers, text: t('routers', { count: routers }) },
  ];
  return (
    <ul className="home__glance">
      {tiles.map(({ icon: Icon, count, text }) => (
        <li key={text} className="card">
          <Icon aria-hidden />
          <span>
            <strong>{format.number(count)}</strong> {text}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Routers() {
  const t = useTranslations('home');
  const { data = [] } = useQuery(routersQuery);
  return (
    <section className="card">
      <h2>{t('yourRouters')}</h2>
      <ul className="rows">
        {data.map((router) => (
          <li key={router.router_id}>
            <Router aria-hidden className="icon" />
            <span className="rows__main home__device">
              <Link to="/routers" className="name">
                {router.router_name ?? router.router_id}
              </Link>
            </span>
            <RouterState router={router} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function DeviceCard({
  title,
  none,
  icon: Icon,
  showsAge = false,
  state,
  devices,
}: {
  title: string;
  none: string;
  icon: LucideIcon;
  showsAge?: boolean;
  /** What the whole list can be filtered by. */
  state?: State;
  devices: readonly Device[];
}) {
  const t = useTranslations('home');
  return (
    <section className={showsAge ? 'card home__new' : 'card'}>
      <h2>{title}</h2>
      {devices.length === 0 && (
        <p className="quiet rows__none">
          <Icon aria-hidden className="icon" /> {none}
        </p>
      )}
      <ul className="rows">
        {devices.slice(0, SHOWN).map((device) => (
          <DeviceItem key={device.id} device={device} showsAge={showsAge} />
        ))}
      </ul>
      {devices.length > SHOWN && (
        <Link to="/devices" search={state ? { state } : {}} className={buttonClass('quiet')}>
          {t('all', { count: devices.length })}
        </Link>
      )}
    </section>
  );
}

function DeviceItem({ device, showsAge }: { device: Device; showsAge: boolean }) {
  return (
    <li>
      <DeviceIcon device={device} />
      <span className="rows__main home__device">
        <Link
          className="name"
          to="/routers/$routerId/devices/$id"
          params={{ routerId: device.router_id, id: device.id }}
        >
          {deviceLabel(device)}
        </Link>
        <span className="quiet home__seen">
          <StateBadge device={device} />
          {showsAge && <RelativeTime moment={device.first_seen} />}
        </span>
      </span>
      <BlockButton device={device} />
    </li>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  Ban,
  CircleCheck,
  CircleHelp,
  Gauge,
  type LucideIcon,
  MonitorSmartphone,
  Router,
} from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { homesQuery, peopleQuery } from '../../api/home-queries.ts';
import { type Device, devicesQuery, routersQuery } from '../../api/queries.ts';
import { buttonClass } from '../../design/button.tsx';
import { Notice, QueryProblem, Skeleton } from '../../design/notice.tsx';
import { useRights } from '../../homes/current.ts';
import { ZoneNote } from '../../homes/time.tsx';
import { RouterState } from '../routers/state.tsx';
import { People } from './people.tsx';
import { Restricted } from './restricted.tsx';
import { Waiting } from './waiting.tsx';
import './page.css';

/** The network at a glance: devices online, new and blocked, and the state of the routers. */
export function HomePage() {
  const t = useTranslations('home');
  const routers = useQuery(routersQuery);
  const devices = useQuery(devicesQuery);
  const people = useQuery(peopleQuery);
  const homes = useQuery(homesQuery);
  const queries = [routers, devices, people, homes];
  const isPending = queries.some((query) => query.isPending);
  const isFailed = queries.some((query) => query.isError);
  const areHere = routers.isSuccess && devices.isSuccess && people.isSuccess && homes.isSuccess;
  return (
    <div className="page">
      <header className="page__heading">
        <h1>{t('title')}</h1>
      </header>
      <QueryProblem queries={queries} />
      {isPending && !isFailed && <Skeleton height={420} />}
      {areHere && routers.data.length === 0 && <Welcome />}
      {areHere && routers.data.length > 0 && (
        <>
          <Counts devices={devices.data} routers={routers.data.length} />
          <div className="home__columns">
            <People />
            <Waiting devices={devices.data} />
            <Restricted devices={devices.data} />
            <Routers />
          </div>
          <ZoneNote />
        </>
      )}
    </div>
  );
}

function Welcome() {
  const t = useTranslations('home');
  const { isOwner } = useRights();
  return (
    <Notice
      icon={Router}
      title={t('welcome')}
      action={
        isOwner && (
          <div className="dialog__actions">
            <Link to="/routers" className={buttonClass('primary')}>
              {t('link')}
            </Link>
            <Link to="/settings/data/import" className={buttonClass('plain')}>
              {t('import')}
            </Link>
          </div>
        )
      }
    >
      {t('welcomeHint')}
    </Notice>
  );
}

function Counts({ devices, routers }: { devices: readonly Device[]; routers: number }) {
  const t = useTranslations('home');
  const format = useFormatter();
  const countOf = (wanted: string) =>
    devices.filter(({ access }) => access.access === wanted).length;
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
      count: countOf('block'),
      text: t('blockedNow'),
    },
    ...(countOf('limit') > 0
      ? [{ icon: Gauge, count: countOf('limit'), text: t('limitedNow') }]
      : []),
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

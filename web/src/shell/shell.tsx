import { useQueryClient } from '@tanstack/react-query';
import { ClientOnly, Link, Outlet, useLocation, useMatchRoute } from '@tanstack/react-router';
import {
  Activity,
  CalendarClock,
  Ellipsis,
  House,
  MonitorSmartphone,
  Router,
  Settings,
  ShieldCheck,
  Upload,
  UserCog,
  Users,
} from 'lucide-react';
import { Suspense, lazy, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import type { Role } from '../api/home-queries.ts';
import { useRights } from '../homes/current.ts';
import { followEvents, useConnection } from '../live/event-stream.ts';
import { refreshAtSwitches } from '../live/refresh-at.ts';
import { HomeSwitch } from './home-switch.tsx';
import './shell.css';

/** Not part of the first page, which has no toast yet. */
const Toasts = lazy(async () => ({ default: (await import('../design/toast-region.tsx')).Toasts }));

const MAIN_ITEMS = [
  { to: '/', name: 'home', icon: House },
  { to: '/people', name: 'people', icon: Users },
  { to: '/devices', name: 'devices', icon: MonitorSmartphone },
  { to: '/rules', name: 'rules', icon: CalendarClock },
] as const;

/** Behind "More" on a phone, which has room for five items. */
const MORE_ITEMS = [
  { to: '/routers', name: 'routers', icon: Router },
  { to: '/policy', name: 'policy', icon: ShieldCheck },
  { to: '/activity', name: 'activity', icon: Activity },
  { to: '/settings/home', name: 'household', icon: UserCog },
  { to: '/settings/data/import', name: 'import', icon: Upload },
  { to: '/settings', name: 'settings', icon: Settings },
] as const;

type Item = (typeof MAIN_ITEMS)[number] | (typeof MORE_ITEMS)[number];

/** What each role sees; a child only their own page and account. */
const SEEN: Record<Role, (item: Item) => boolean> = {
  owner: () => true,
  admin: ({ name }) => name !== 'import',
  viewer: ({ name }) => name !== 'import',
  child: ({ name }) => name === 'home' || name === 'settings',
};

/** The frame of every page: navigation, connection banner and toasts. */
export function Shell() {
  const t = useTranslations();
  const queryClient = useQueryClient();
  const { role } = useRights();
  // A child gets none.
  const isFollowing = role !== 'child';
  useEffect(
    () => (isFollowing ? followEvents(queryClient) : undefined),
    [isFollowing, queryClient],
  );
  useEffect(() => refreshAtSwitches(queryClient), [queryClient]);
  const path = useLocation({ select: ({ pathname }) => pathname });
  const here = [...MAIN_ITEMS, ...MORE_ITEMS].find(({ to }) => to === path)?.name ?? partOf(path);
  const title = `${t(`navigation.${here}`)} · ${t('app.name')}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className="shell">
      <a className="shell__skip button" href="#content">
        {t('app.skip')}
      </a>
      <nav className="shell__navigation" aria-label={t('navigation.label')}>
        <span className="shell__brand" aria-hidden>
          {t('app.name')}
        </span>
        <ul>
          {MAIN_ITEMS.filter(SEEN[role]).map((item) => (
            <NavigationItem key={item.to} {...item} />
          ))}
          <li className="shell__more">
            <button type="button" className="shell__place" popoverTarget="more">
              <Ellipsis aria-hidden />
              <span>{t('navigation.more')}</span>
            </button>
          </li>
        </ul>
        <ul id="more" popover="auto" className="shell__rest">
          {MORE_ITEMS.filter(SEEN[role]).map((item) => (
            <NavigationItem key={item.to} {...item} />
          ))}
        </ul>
      </nav>
      <main id="content" className="shell__content" tabIndex={-1}>
        <ConnectionBanner />
        <HomeSwitch />
        <Outlet />
      </main>
      <ClientOnly>
        <Suspense>
          <Toasts />
        </Suspense>
      </ClientOnly>
    </div>
  );
}

/** The main page that a page without an entry of its own belongs to. */
function partOf(path: string): 'people' | 'devices' | 'home' {
  if (path.startsWith('/people/')) return 'people';
  return path.startsWith('/routers/') ? 'devices' : 'home';
}

function NavigationItem({ to, name, icon: Icon }: Item) {
  const t = useTranslations('navigation');
  const matches = useMatchRoute();
  // The page of a device is below its router's address, but belongs to the devices.
  const isOfDevices = name === 'devices' && matches({ to: '/routers/$routerId/devices/$id' });
  return (
    <li>
      <Link
        to={to}
        activeOptions={{ exact: to !== '/people' }}
        className="shell__place"
        onClick={({ currentTarget }) =>
          currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
        }
        {...(isOfDevices && { 'data-status': 'active' })}
      >
        <Icon aria-hidden />
        <span>{t(name)}</span>
      </Link>
    </li>
  );
}

/** Appears over the page, so that nothing shifts, while the data may be stale. */
function ConnectionBanner() {
  const t = useTranslations('live');
  const connection = useConnection();
  return (
    <output className="shell__banner">
      {connection === 'lost' && <span className="badge badge--warning">{t('lost')}</span>}
    </output>
  );
}

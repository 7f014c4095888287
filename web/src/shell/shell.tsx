import { useQueryClient } from '@tanstack/react-query';
import { ClientOnly, Link, Outlet, useLocation, useMatchRoute } from '@tanstack/react-router';
import {
  Activity,
  Ellipsis,
  House,
  MonitorSmartphone,
  Router,
  Settings,
  ShieldCheck,
  Upload,
} from 'lucide-react';
import { Suspense, lazy, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { followEvents, useConnection } from '../live/event-stream.ts';
import './shell.css';

/** Not part of the first page: there is nothing to say yet. */
const Toasts = lazy(async () => ({ default: (await import('../design/toast-region.tsx')).Toasts }));

const PLACES = [
  { to: '/', name: 'home', icon: House },
  { to: '/devices', name: 'devices', icon: MonitorSmartphone },
  { to: '/policy', name: 'policy', icon: ShieldCheck },
  { to: '/routers', name: 'routers', icon: Router },
] as const;

/** Behind "More" on a phone, where a thumb reaches five places. */
const MORE = [
  { to: '/activity', name: 'activity', icon: Activity },
  { to: '/import', name: 'import', icon: Upload },
  { to: '/settings', name: 'settings', icon: Settings },
] as const;

/** What stands around every page: the way to the others, and how the connection is. */
export function Shell() {
  const t = useTranslations();
  const queryClient = useQueryClient();
  useEffect(() => followEvents(queryClient), [queryClient]);
  const path = useLocation({ select: ({ pathname }) => pathname });
  const here = [...PLACES, ...MORE].find(({ to }) => to === path)?.name ?? 'devices';
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
          {PLACES.map((place) => (
            <Place key={place.to} {...place} />
          ))}
          <li className="shell__more">
            <button type="button" className="shell__place" popoverTarget="more">
              <Ellipsis aria-hidden />
              <span>{t('navigation.more')}</span>
            </button>
          </li>
        </ul>
        <ul id="more" popover="auto" className="shell__rest">
          {MORE.map((place) => (
            <Place key={place.to} {...place} />
          ))}
        </ul>
      </nav>
      <main id="content" className="shell__content" tabIndex={-1}>
        <ConnectionBanner />
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

function Place({ to, name, icon: Icon }: (typeof PLACES)[number] | (typeof MORE)[number]) {
  const t = useTranslations('navigation');
  const matches = useMatchRoute();
  // A device's own page is below its router's, and found from the list of devices.
  const isOfDevices = name === 'devices' && matches({ to: '/routers/$routerId/devices/$id' });
  return (
    <li>
      <Link
        to={to}
        activeOptions={{ exact: to === '/' || to === '/routers' }}
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

/** Says when what is shown may be old. It lies over the page: nothing shifts. */
function ConnectionBanner() {
  const t = useTranslations('live');
  const connection = useConnection();
  return (
    <output className="shell__banner">
      {connection === 'lost' && <span className="badge badge--warning">{t('lost')}</span>}
    </output>
  );
}

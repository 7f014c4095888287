import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import {
  Activity,
  House,
  type LucideIcon,
  MonitorSmartphone,
  Router,
  Settings,
  ShieldCheck,
  Upload,
} from 'lucide-react';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { followEvents, useConnection } from '../live/event-stream.ts';
import { Toasts } from '../design/toast.tsx';
import './shell.css';

const PLACES = [
  { to: '/', name: 'home', icon: House },
  { to: '/devices', name: 'devices', icon: MonitorSmartphone },
  { to: '/policy', name: 'policy', icon: ShieldCheck },
  { to: '/routers', name: 'routers', icon: Router },
  { to: '/activity', name: 'activity', icon: Activity },
  { to: '/import', name: 'import', icon: Upload },
  { to: '/settings', name: 'settings', icon: Settings },
] as const satisfies readonly { to: string; name: string; icon: LucideIcon }[];

/** What stands around every page: the way to the others, and how the connection is. */
export function Shell() {
  const t = useTranslations();
  const queryClient = useQueryClient();
  useEffect(() => followEvents(queryClient), [queryClient]);
  return (
    <div className="shell">
      <a className="shell__skip button" href="#content">
        {t('app.skip')}
      </a>
      <nav className="shell__navigation" aria-label={t('navigation.label')}>
        <span className="shell__brand" aria-hidden>
          <img src="/icon.svg" alt="" width={28} height={28} />
          {t('app.name')}
        </span>
        <ul>
          {PLACES.map(({ to, name, icon: Icon }) => (
            <li key={to}>
              <Link to={to} activeOptions={{ exact: to === '/' }} className="shell__place">
                <Icon aria-hidden />
                <span>{t(`navigation.${name}`)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <main id="content" className="shell__content" tabIndex={-1}>
        <ConnectionBanner />
        <Outlet />
      </main>
      <Toasts />
    </div>
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

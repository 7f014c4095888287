import { Link, useMatchRoute } from '@tanstack/react-router';
import {
  Activity,
  CalendarClock,
  Ellipsis,
  House,
  LifeBuoy,
  MonitorSmartphone,
  Router,
  Settings,
  Users,
} from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Role } from '../api/home-queries.ts';

/** On a phone at its foot. */
const MAIN_ITEMS = [
  { to: '/', name: 'home', icon: House },
  { to: '/people', name: 'people', icon: Users },
  { to: '/devices', name: 'devices', icon: MonitorSmartphone },
  { to: '/rules', name: 'rules', icon: CalendarClock },
] as const;

/** Behind "More" on a phone, which has room for five items. */
const MORE_ITEMS = [
  { to: '/routers', name: 'routers', icon: Router },
  { to: '/activity', name: 'activity', icon: Activity },
  { to: '/settings', name: 'settings', icon: Settings },
  { to: '/help', name: 'help', icon: LifeBuoy },
] as const;

export type Place = (typeof MAIN_ITEMS)[number] | (typeof MORE_ITEMS)[number];

/** What each role sees; a child only their own page and account. */
const SEEN: Record<Role, (place: Place) => boolean> = {
  owner: () => true,
  admin: () => true,
  viewer: () => true,
  child: ({ name }) => ['home', 'settings', 'help'].includes(name),
};

/** The places that somebody of a role sees. */
export function placesOf(role: Role): readonly Place[] {
  return [...MAIN_ITEMS, ...MORE_ITEMS].filter(SEEN[role]);
}

/** The place that a path belongs to. */
export function placeOf(path: string): Place['name'] {
  const exact = [...MAIN_ITEMS, ...MORE_ITEMS].find(({ to }) => to === path);
  if (exact) return exact.name;
  if (path.startsWith('/people/')) return 'people';
  if (path.startsWith('/settings/')) return 'settings';
  if (path.startsWith('/help/')) return 'help';
  return path.startsWith('/routers/') ? 'devices' : 'home';
}

/** The places: at the foot of a phone, the rest behind "More"; at the side of a desktop, all of them. */
export function Navigation({ role }: { role: Role }) {
  const t = useTranslations('navigation');
  return (
    <nav className="shell__navigation" aria-label={t('label')}>
      <ul>
        {MAIN_ITEMS.filter(SEEN[role]).map((item) => (
          <NavigationItem key={item.to} {...item} />
        ))}
        <li className="shell__more">
          <button type="button" className="shell__place" popoverTarget="more">
            <Ellipsis aria-hidden />
            <span>{t('more')}</span>
          </button>
        </li>
      </ul>
      <ul id="more" popover="auto" className="shell__rest">
        {MORE_ITEMS.filter(SEEN[role]).map((item) => (
          <NavigationItem key={item.to} {...item} />
        ))}
      </ul>
    </nav>
  );
}

/** Places whose sub-pages belong to them. */
const WITH_PARTS: ReadonlySet<string> = new Set(['/people', '/settings', '/help']);

function NavigationItem({ to, name, icon: Icon }: Place) {
  const t = useTranslations('navigation');
  const matches = useMatchRoute();
  // The page of a device is below its router's address, but belongs to the devices.
  const isOfDevices = name === 'devices' && matches({ to: '/routers/$routerId/devices/$id' });
  return (
    <li>
      <Link
        to={to}
        activeOptions={{ exact: !WITH_PARTS.has(to) }}
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

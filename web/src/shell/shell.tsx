import { useQueryClient } from '@tanstack/react-query';
import { ClientOnly, Outlet, useLocation } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { type ComponentType, Suspense, lazy, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useRights } from '../homes/current.ts';
import { followEvents } from '../live/event-stream.ts';
import { refreshAtSwitches } from '../live/refresh-at.ts';
import { setPaletteOpen, useIsPaletteOpen, usePaletteKeys } from './commands.ts';
import { ConnectionStrip } from './connection-strip.tsx';
import { HomeSwitch } from './home-switch.tsx';
import { Navigation, placeOf } from './navigation.tsx';
import { useHeadingFocus, usePartTitle } from './page-title.ts';
import './shell.css';

/** Not part of the first page, which has no toast yet. */
const Toasts = lazy(async () => ({ default: (await import('../design/toast-region.tsx')).Toasts }));

/** The frame of every page: navigation, the state of the connection, toasts, and the palette that it is given. */
export function Shell({ palette: Palette }: { palette: ComponentType }) {
  const t = useTranslations();
  const queryClient = useQueryClient();
  const { role } = useRights();
  const isChild = role === 'child';
  useEffect(
    // A child gets none.
    () => (isChild ? undefined : followEvents(queryClient)),
    [isChild, queryClient],
  );
  useEffect(() => refreshAtSwitches(queryClient), [queryClient]);
  const path = useLocation({ select: ({ pathname }) => pathname });
  usePartTitle(t(`navigation.${placeOf(path)}`));
  useHeadingFocus();
  usePaletteKeys();
  const isPaletteOpen = useIsPaletteOpen();
  return (
    <div className="shell">
      <a className="shell__skip button" href="#content">
        {t('app.skip')}
      </a>
      <div className="shell__side">
        <header className="shell__top">
          <span className="shell__brand" aria-hidden>
            {t('app.name')}
          </span>
          <HomeSwitch />
          <button
            type="button"
            className="shell__search"
            aria-keyshortcuts="Control+K Meta+K /"
            onClick={() => setPaletteOpen(true)}
          >
            <Search aria-hidden />
            <span>{t('palette.open')}</span>
            <kbd aria-hidden>/</kbd>
          </button>
        </header>
        <Navigation role={role} />
      </div>
      <main id="content" className="shell__content" tabIndex={-1}>
        <ConnectionStrip />
        <Outlet />
      </main>
      <ClientOnly>
        <Suspense>
          <Toasts />
        </Suspense>
      </ClientOnly>
      {isPaletteOpen && (
        <Suspense>
          <Palette />
        </Suspense>
      )}
    </div>
  );
}

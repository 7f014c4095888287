import { useCallback, useSyncExternalStore } from 'react';
import { useFormatter, useNow, useTranslations } from 'use-intl';
import type { Home } from '../api/home-queries.ts';
import { timeZone } from '../texts/time-zone.ts';
import { useShownHomes } from './current.ts';
import { wallTimeAt } from './wall-time.ts';

const MINUTE_MS = 60_000;
const WEEK_MS = 6 * 24 * 60 * 60 * 1000;

/** The zone that a home's times are shown in: the browser's, until the home has one. */
export function zoneOf(home: Pick<Home, 'timezone'> | undefined): string {
  return home?.timezone ?? timeZone();
}

/** Whether the page is in a browser: the server, which does not know the time zone, renders no times. */
export function useIsBrowser(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}

/** Formats a moment as shortly as it can be understood: 21:30, Sat 21:30, or 3 Jan, 21:30, in a home's zone. */
export function useMomentText(): (moment: string, zone: string) => string {
  const format = useFormatter();
  const now = useNow({ updateInterval: MINUTE_MS }).getTime();
  return useCallback(
    (moment, zone) => {
      const instant = Date.parse(moment);
      const day = (at: number) => wallTimeAt(at, zone).slice(0, 10);
      const clock = { hour: 'numeric', minute: '2-digit', timeZone: zone } as const;
      if (day(instant) === day(now)) return format.dateTime(instant, clock);
      const isNear = Math.abs(instant - now) < WEEK_MS;
      return format.dateTime(
        instant,
        isNear ? { weekday: 'short', ...clock } : { day: 'numeric', month: 'short', ...clock },
      );
    },
    [format, now],
  );
}

/** Says whose time the page shows, if it is not the browser's. At the foot of a page: nothing shifts. */
export function ZoneNote() {
  const t = useTranslations('access');
  const homes = useShownHomes();
  const isBrowser = useIsBrowser();
  if (!isBrowser) return undefined;
  const own = timeZone();
  const foreign = homes.map(zoneOf).find((zone) => !isSameZone(zone, own));
  if (foreign === undefined) return undefined;
  return <p className="quiet">{t('zone', { zone: foreign, own })}</p>;
}

/** Some zones have several names, and others keep the same time. */
function isSameZone(one: string, other: string): boolean {
  if (one === other) return true;
  const now = Date.now();
  const half = 183 * 24 * 60 * MINUTE_MS;
  return [now, now + half].every((at) => wallTimeAt(at, one) === wallTimeAt(at, other));
}

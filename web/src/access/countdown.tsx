import { useFormatter, useNow, useTranslations } from 'use-intl';
import { useIsBrowser } from '../homes/time.tsx';

const MINUTE_MS = 60_000;

/** How long something still lasts: "24 min left". Nothing on the server, whose clock may be another. */
export function Countdown({ until }: { until: string }) {
  const t = useTranslations('access');
  const format = useFormatter();
  const isBrowser = useIsBrowser();
  const now = useNow({ updateInterval: 10_000 }).getTime();
  if (!isBrowser) return undefined;
  const { hours, minutes } = restOf(Date.parse(until) - now);
  const words = [
    hours > 0 && format.number(hours, { style: 'unit', unit: 'hour', unitDisplay: 'short' }),
    (minutes > 0 || hours === 0) &&
      format.number(minutes, { style: 'unit', unit: 'minute', unitDisplay: 'short' }),
  ];
  return (
    <time className="moment" dateTime={until}>
      {t('left', { time: words.filter(Boolean).join(' ') })}
    </time>
  );
}

/** A rest in whole minutes, the last one begun counts; never less than one. */
export function restOf(ms: number): { hours: number; minutes: number } {
  const minutes = Math.max(1, Math.ceil(ms / MINUTE_MS));
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}

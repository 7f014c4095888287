import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { homeUsageQuery } from '../../api/usage-queries.ts';
import { useBytesText } from '../../design/bytes.ts';
import { Line } from '../../design/line.tsx';
import type { LiveRates } from '../../live/rates.ts';
import { useLiveRates } from '../../live/live-rates.ts';
import { type Minute, linesOf } from './traffic-lines.ts';

/** A line lower than this would only show noise. */
const LEAST_TOP = 1_000_000;

/** What went through the routers in the last hour, and what goes through them now. */
export default function Traffic({
  routerIds,
  homeIds,
}: {
  routerIds: readonly string[];
  homeIds: readonly string[];
}) {
  const t = useTranslations('home');
  const { rate } = useBytesText();
  const live = useLiveRates(routerIds);
  const hour = useQueries({
    queries: homeIds.map((id) => homeUsageQuery(id, 'hour')),
    combine: (found): { minutes: readonly Minute[]; isPartly: boolean } => ({
      minutes: found.flatMap(({ data }) => (typeof data === 'object' ? data.series : [])),
      isPartly: found.some(({ data }) => typeof data === 'object' && data.counting === 'partly'),
    }),
  });
  const { at, down, up } = useMemo(() => linesOf(hour.minutes, live.history), [hour, live.history]);
  const series = useMemo(
    () => [
      { name: t('download'), colour: '--tint-teal', values: down, isFilled: true } as const,
      { name: t('upload'), colour: '--tint-violet', values: up } as const,
    ],
    [t, down, up],
  );
  return (
    <>
      <Line label={t('trafficLabel')} {...{ at, series }} text={rate} top={LEAST_TOP} height={9} />
      <p className="home__legend">
        <span data-line="down">{t('down', { rate: rate(live.down) })}</span>
        <span data-line="up">{t('up', { rate: rate(live.up) })}</span>
      </p>
      {(live.counting === 'partly' || hour.isPartly) && (
        <p className="quiet home__small">{t('partly')}</p>
      )}
    </>
  );
}

/** What goes through the routers now, in a few digits. */
export function Rate({ routerIds }: { routerIds: readonly string[] }) {
  const t = useTranslations('home');
  const { rate } = useBytesText();
  const counting = useLiveRates(routerIds, countingOf);
  const down = useLiveRates(routerIds, downOf);
  const up = useLiveRates(routerIds, upOf);
  if (counting === 'none') return undefined;
  return (
    <>
      <span aria-hidden>↓</span> <span className="visually-hidden">{t('download')}</span>
      {rate(down)} <span aria-hidden>↑</span> <span className="visually-hidden">{t('upload')}</span>
      {rate(up)}
    </>
  );
}

const countingOf = ({ counting }: LiveRates) => counting;
const downOf = ({ down }: LiveRates) => down;
const upOf = ({ up }: LiveRates) => up;

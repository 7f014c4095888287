import { useEffect, useMemo, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useNow, useTranslations } from 'use-intl';
import type { DeviceDetail } from '../../api/queries.ts';
import { DateTime, useDateText } from '../../design/time.tsx';
import { timeZone } from '../../texts/time-zone.ts';
import { type Stay, presenceSeries } from './presence-series.ts';

const DAYS = 7;
const HEIGHT = 120;
const DAY_S = 24 * 60 * 60;

/** Online times of the last days, as a chart and as a list that a screen reader can read. */
export function Presence({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const stays: readonly Stay[] = device.presence;
  return (
    <section className="card device__presence">
      <h2>{t('presence')}</h2>
      {stays.length === 0 ? (
        <p className="quiet rows__none">{t('noPresence')}</p>
      ) : (
        <>
          <Timeline stays={stays} />
          <details>
            <summary>{t('asList')}</summary>
            <ul className="rows">
              {stays.slice(0, 20).map(({ online_at, offline_at }) => (
                <li key={online_at}>
                  <span className="rows__main">
                    <DateTime moment={online_at} />
                  </span>
                  <span className="quiet">
                    {offline_at === null ? t('stillOnline') : <DateTime moment={offline_at} />}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
    </section>
  );
}

function Timeline({ stays }: { stays: readonly Stay[] }) {
  const t = useTranslations('device');
  const dateText = useDateText();
  const place = useRef<HTMLDivElement>(null);
  const now = useNow({ updateInterval: 60_000 });
  const data = useMemo(() => presenceSeries(stays, now.getTime(), DAYS), [stays, now]);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const color = (name: string) => getComputedStyle(element).getPropertyValue(name);
    const axis = {
      stroke: getComputedStyle(element).color,
      grid: { show: false },
      ticks: { show: false },
      size: 28,
    };
    const steps = uPlot.paths.stepped?.({ align: 1 });
    const chart = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { show: false },
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), timeZone()),
        scales: { y: { range: [0, 1.15] } },
        axes: [
          {
            ...axis,
            values: (_chart, splits) =>
              splits.map((seconds) =>
                dateText(new Date(seconds * 1000), { weekday: 'short', day: 'numeric' }),
              ),
            // On a narrow screen there is room for every second day only.
            incrs: [DAY_S, 2 * DAY_S],
          },
          { ...axis, show: false },
        ],
        series: [
          {},
          {
            ...(steps && { paths: steps }),
            points: { show: false },
            stroke: color('--chart'),
            fill: color('--chart-fill'),
          },
        ],
      },
      data,
      element,
    );
    const resize = new ResizeObserver(() =>
      chart.setSize({ width: element.clientWidth, height: HEIGHT }),
    );
    resize.observe(element);
    return () => {
      resize.disconnect();
      chart.destroy();
    };
  }, [data, dateText]);
  return (
    <div
      ref={place}
      className="device__timeline"
      role="img"
      aria-label={t('timeline', { days: DAYS })}
    />
  );
}

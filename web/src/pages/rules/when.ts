import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'use-intl';
import { type Rule, homesQuery } from '../../api/home-queries.ts';
import { useMomentText, zoneOf } from '../../homes/time.tsx';
import type { Window } from './draft.ts';

/** A Monday, to name the days of the week by. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 24 * 60 * 60 * 1000;

/** Names of the days of the week: 1 is Monday. */
export function useDayText(): (day: number, length: 'short' | 'long') => string {
  const format = useFormatter();
  return (day, length) =>
    format.dateTime(MONDAY + (day - 1) * DAY_MS, { weekday: length, timeZone: 'UTC' });
}

/** When a window is, as "Mon–Thu, Sun 21:00–07:00". */
export function useWindowText(): (window: Window) => string {
  const t = useTranslations('rules');
  const format = useFormatter();
  const dayText = useDayText();
  const clock = (time: string) =>
    format.dateTime(new Date(`2024-01-01T${time}Z`), {
      hour: 'numeric',
      minute: '2-digit',
      timeZone: 'UTC',
    });
  return ({ days, from, to }) =>
    t('window', {
      days:
        days.length === 7
          ? t('everyDay')
          : spansOf(days)
              .map(([first, last]) =>
                first === last
                  ? dayText(first, 'short')
                  : `${dayText(first, 'short')}–${dayText(last, 'short')}`,
              )
              .join(', '),
      from: clock(from),
      to: clock(to),
    });
}

/** Days in a row, as first and last; two are named one by one. */
export function spansOf(days: readonly number[]): [first: number, last: number][] {
  const spans: [number, number][] = [];
  for (const day of days.toSorted((one, other) => one - other)) {
    const span = spans.at(-1);
    if (span !== undefined && span[1] === day - 1) span[1] = day;
    else spans.push([day, day]);
  }
  return spans.flatMap(([first, last]): [number, number][] =>
    last === first + 1
      ? [
          [first, first],
          [last, last],
        ]
      : [[first, last]],
  );
}

/** When a rule says something. */
export function useWhenText(): (rule: Rule) => string {
  const t = useTranslations('rules');
  const windowText = useWindowText();
  const momentText = useMomentText();
  const { data: homes } = useQuery(homesQuery);
  const access = useTranslations('access');
  return ({ kind, windows, from_at, until_at, home_id }) => {
    if (kind === 'new_device') return '';
    if (kind === 'schedule') return windows?.map(windowText).join(' · ') ?? t('always');
    const zone = zoneOf(homes?.find(({ id }) => id === home_id));
    if (until_at === null) return access('untilResumed');
    const until = momentText(until_at, zone);
    return Date.parse(from_at) > Date.now()
      ? t('fromUntil', { from: momentText(from_at, zone), until })
      : t('until', { time: until });
  };
}

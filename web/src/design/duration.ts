import { useMemo } from 'react';
import { useTranslations } from 'use-intl';

const MINUTE_MS = 60_000;
const HOUR_MIN = 60;
const DAY_MIN = 24 * HOUR_MIN;

/** The two largest units of a length of time, in whole minutes; days without minutes. */
export function partsOf(milliseconds: number): { days: number; hours: number; minutes: number } {
  const minutes = Math.max(Math.round(milliseconds / MINUTE_MS), 0);
  if (minutes >= DAY_MIN) {
    const hours = Math.round(minutes / HOUR_MIN);
    return { days: Math.floor(hours / 24), hours: hours % 24, minutes: 0 };
  }
  return { days: 0, hours: Math.floor(minutes / HOUR_MIN), minutes: minutes % HOUR_MIN };
}

/** Lengths of time (in ms) in words: `plain` "1 h 20 min", `since` "for 2 h", `left` "1 h 20 min left". */
export function useDurationText(): Record<'plain' | 'since' | 'left', (ms: number) => string> {
  const t = useTranslations('time');
  return useMemo(() => {
    const plain = (milliseconds: number) => {
      const { days, hours, minutes } = partsOf(milliseconds);
      const parts = [
        days > 0 && t('days', { days }),
        hours > 0 && t('hours', { hours }),
        minutes > 0 && t('minutes', { minutes }),
      ].filter((part) => part !== false);
      return parts.length === 0 ? t('lessThanMinute') : parts.join(' ');
    };
    return {
      plain,
      since: (milliseconds) => t('for', { length: plain(milliseconds) }),
      left: (milliseconds) => t('left', { length: plain(milliseconds) }),
    };
  }, [t]);
}

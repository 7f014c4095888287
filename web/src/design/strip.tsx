import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import './strip.css';

const FULL = 9;
const HOURS_A_DAY = 24;

/** How many hours the digits of a day add up to, each a share of its part of the day from 0 to 9. */
export function hoursOf(digits: string): number {
  if (digits === '') return 0;
  const sum = Array.from(digits, Number).reduce((total, digit) => total + digit, 0);
  return (sum / FULL / digits.length) * HOURS_A_DAY;
}

/** 24 hours as bars, the oldest first: digits from 0 to 9, each the share of its half hour (or other part of the day). */
export function Strip({
  digits,
  label,
}: {
  digits: string;
  /** What it says, for those who do not see it; without one: "here 4 h of the last 24". Empty: a text beside it does. */
  label?: string;
}) {
  const t = useTranslations('time');
  const path = useMemo(
    () => barsPath(Array.from(digits, (digit) => Number(digit) / FULL)),
    [digits],
  );
  return (
    <svg
      className="strip"
      {...(label === ''
        ? { 'aria-hidden': true }
        : {
            role: 'img',
            'aria-label': label ?? t('hereOfDay', { hours: Math.round(hoursOf(digits)) }),
          })}
      viewBox={`0 0 ${Math.max(digits.length, 1)} 1`}
      preserveAspectRatio="none"
    >
      <path d={path} />
    </svg>
  );
}

/** Bars of a picture that is 1 high and 1 wide for each of them, with shares from 0 to 1; `from` is where each begins. */
export function barsPath(
  shares: readonly number[],
  { from = [], width = 1 }: { from?: readonly number[]; width?: number } = {},
): string {
  return shares
    .flatMap((share, index) => {
      if (!(share > 0)) return [];
      const height = round(Math.min(share, 1));
      const top = round(1 - height - (from[index] ?? 0));
      return [`M${round(index + (1 - width) / 2)} ${top}h${width}v${height}h-${width}z`];
    })
    .join('');
}

function round(length: number): number {
  return Math.round(length * 1000) / 1000;
}

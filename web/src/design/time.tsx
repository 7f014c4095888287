import { useCallback } from 'react';
import { type DateTimeFormatOptions, useFormatter, useNow, useTranslations } from 'use-intl';
import { timeZone } from '../texts/time-zone.ts';

const MINUTE_MS = 60_000;

/** A moment as "3 minutes ago"; its date and time on hovering. */
export function RelativeTime({ moment }: { moment: string }) {
  const t = useTranslations('state');
  const format = useFormatter();
  const dateText = useDateText();
  const now = useNow({ updateInterval: MINUTE_MS });
  const date = new Date(moment);
  const isNow = now.getTime() - date.getTime() < MINUTE_MS;
  return (
    <time
      className="ago"
      dateTime={moment}
      // Only now: formatting its first date takes a browser longer than rendering a list.
      onPointerEnter={({ currentTarget }) => {
        currentTarget.title = dateText(date, { dateStyle: 'full', timeStyle: 'medium' });
      }}
      // The server may have rendered it in the minute before.
      suppressHydrationWarning
    >
      {isNow ? t('justNow') : format.relativeTime(date, now)}
    </time>
  );
}

/** A moment as date and time. */
export function DateTime({ moment }: { moment: string }) {
  const dateText = useDateText();
  return (
    <time dateTime={moment}>
      {dateText(new Date(moment), { dateStyle: 'medium', timeStyle: 'short' })}
    </time>
  );
}

/** Formats dates in the person's language and time zone. The server does not know the time zone: nothing that it renders may use this. */
export function useDateText(): (date: Date, options: DateTimeFormatOptions) => string {
  const format = useFormatter();
  return useCallback(
    (date, options) => format.dateTime(date, { ...options, timeZone: timeZone() }),
    [format],
  );
}

import { useFormatter, useNow, useTranslations } from 'use-intl';

const MINUTE_MS = 60_000;

/** A moment as a person says it, "3 minutes ago"; the whole of it on hovering. */
export function Ago({ moment }: { moment: string }) {
  const t = useTranslations('state');
  const format = useFormatter();
  const now = useNow({ updateInterval: MINUTE_MS });
  const date = new Date(moment);
  const isNow = now.getTime() - date.getTime() < MINUTE_MS;
  return (
    <time
      className="ago"
      dateTime={moment}
      title={format.dateTime(date, { dateStyle: 'full', timeStyle: 'medium' })}
    >
      {isNow ? t('justNow') : format.relativeTime(date, now)}
    </time>
  );
}

/** A moment as date and time. */
export function Moment({ moment }: { moment: string }) {
  const format = useFormatter();
  return (
    <time dateTime={moment}>
      {format.dateTime(new Date(moment), { dateStyle: 'medium', timeStyle: 'short' })}
    </time>
  );
}

import { useFormatter, useNow } from 'use-intl';

/** A moment as a person says it, "3 minutes ago"; the whole of it on hovering. */
export function Ago({ moment }: { moment: string }) {
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const date = new Date(moment);
  return (
    <time
      dateTime={moment}
      title={format.dateTime(date, { dateStyle: 'full', timeStyle: 'medium' })}
    >
      {format.relativeTime(date, now)}
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

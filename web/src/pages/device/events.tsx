import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { type DeviceDetail, auditQuery } from '../../api/queries.ts';
import { useActionText } from '../activity/text.ts';
import { LoadMore } from '../../design/load-more.tsx';
import { RelativeTime } from '../../design/time.tsx';

/** What was done to this device, newest first. */
export function Events({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const tActivity = useTranslations('activity');
  const actionText = useActionText();
  const events = useInfiniteQuery(auditQuery({ device_id: device.id }));
  const entries = events.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="card">
      <h2>{t('events')}</h2>
      {entries.length === 0 && <p className="quiet rows__none">{t('noEvents')}</p>}
      <ul className="rows">
        {entries.map(({ id, action, at, imported_at }) => (
          <li key={id}>
            <span className="rows__main">{actionText(action)}</span>
            {imported_at !== null && <span className="badge">{tActivity('actors.imported')}</span>}
            <span className="quiet">
              <RelativeTime moment={at} />
            </span>
          </li>
        ))}
      </ul>
      <LoadMore list={events} />
    </section>
  );
}

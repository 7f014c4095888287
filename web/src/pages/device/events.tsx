import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { type DeviceDetail, auditQuery } from '../../api/queries.ts';
import { useActionText } from '../activity/text.ts';
import { Button } from '../../design/button.tsx';
import { Ago } from '../../design/time.tsx';

/** What was done to this device, newest first. */
export function Events({ device }: { device: DeviceDetail }) {
  const t = useTranslations();
  const actionText = useActionText();
  const { data, ...events } = useInfiniteQuery(auditQuery({ device_id: device.id }));
  const entries = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="card">
      <h2>{t('device.events')}</h2>
      {entries.length === 0 && <p className="quiet device__none">{t('device.noEvents')}</p>}
      <ul className="rows">
        {entries.map(({ id, action, at }) => (
          <li key={id}>
            <span className="device__address">{actionText(action)}</span>
            <span className="quiet">
              <Ago moment={at} />
            </span>
          </li>
        ))}
      </ul>
      {events.hasNextPage && (
        <Button disabled={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
          {t('action.loadMore')}
        </Button>
      )}
    </section>
  );
}

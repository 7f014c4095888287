import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { type DeviceDetail, auditQuery, meQuery } from '../../api/queries.ts';
import { sentencesOf } from '../activity/fold.ts';
import { Sentence } from '../activity/sentence-text.tsx';
import { LoadMore } from '../../design/load-more.tsx';
import { RelativeTime } from '../../design/time.tsx';

/** What was done to this device, newest first. */
export function History({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const { data: me } = useQuery(meQuery);
  const events = useInfiniteQuery(auditQuery({ device_id: device.id }));
  const entries = events.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="device__section">
      <h2>{t('events')}</h2>
      {entries.length === 0 && <p className="quiet">{t('noEvents')}</p>}
      <ul className="rows">
        {sentencesOf(entries, me?.id).map((sentence) => (
          <li key={sentence.id}>
            <span className="rows__main">
              <Sentence of={sentence} />
            </span>
            <span className="quiet">
              <RelativeTime moment={sentence.at} />
            </span>
          </li>
        ))}
      </ul>
      <LoadMore list={events} />
    </section>
  );
}

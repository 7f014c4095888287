import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { auditQuery, devicesQuery } from '../../api/queries.ts';
import { useDateText } from '../../design/time.tsx';
import { deviceIdOf } from '../activity/subject.ts';
import { useActionText } from '../activity/text.ts';
import { deviceLabel } from '../devices/label.ts';

const SHOWN = 6;

/** The last few things that happened, in words. */
export default function LastEntries() {
  const t = useTranslations('home');
  const dateText = useDateText();
  const actionText = useActionText();
  const { data } = useInfiniteQuery(auditQuery({}));
  const { data: devices = [] } = useQuery(devicesQuery);
  const entries = data?.pages[0]?.items.slice(0, SHOWN) ?? [];
  if (data && entries.length === 0) return <p className="quiet">{t('nothingYet')}</p>;
  return (
    <ul>
      {entries.map((entry) => {
        const device = devices.find(({ id }) => id === deviceIdOf(entry));
        return (
          <li key={entry.id}>
            <time className="quiet" dateTime={entry.at}>
              {dateText(new Date(entry.at), { timeStyle: 'short' })}
            </time>
            <span>
              {actionText(entry.action)}
              {device && (
                <>
                  {' · '}
                  <bdi>{deviceLabel(device)}</bdi>
                </>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

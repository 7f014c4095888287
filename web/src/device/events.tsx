import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { type DeviceDetail, auditQuery } from '../api/queries.ts';
import { deviceIdOf } from '../activity/subject.ts';
import { useActionText } from '../activity/text.ts';
import { Ago } from '../design/time.tsx';

/** What was done to this device, as far as the newest entries of its router tell. */
export function Events({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const actionText = useActionText();
  const { data } = useInfiniteQuery(auditQuery({ router_id: device.router_id }));
  const ids = new Set([device.id, ...device.merged.map(({ id }) => id)]);
  const own = (data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter((entry) => ids.has(deviceIdOf(entry)));
  return (
    <section className="card">
      <h2>{t('events')}</h2>
      {own.length === 0 && <p className="quiet device__none">{t('noEvents')}</p>}
      <ul className="rows">
        {own.map(({ id, action, at }) => (
          <li key={id}>
            <span className="device__address">{actionText(action)}</span>
            <span className="quiet">
              <Ago moment={at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

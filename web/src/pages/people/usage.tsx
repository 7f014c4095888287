import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Person } from '../../api/home-queries.ts';
import type { Device } from '../../api/queries.ts';
import { homeUsageQuery, personUsageQuery, personUsageTable } from '../../api/usage-queries.ts';
import { Bars } from '../../design/bars.tsx';
import { buttonClass } from '../../design/button.tsx';
import { useBytesText } from '../../design/bytes.ts';
import { deviceLabel } from '../devices/label.ts';

/** So many devices are named. */
const TOP = 3;

/** What a person used today and in 30 days, and with which devices. Nothing if no router of theirs counts. */
export function PersonUsage({ person, devices }: { person: Person; devices: readonly Device[] }) {
  const t = useTranslations('people');
  const { bytes } = useBytesText();
  const { home_id, id } = person;
  const { data: today } = useQuery(personUsageQuery(home_id, id, 'today'));
  const { data: month } = useQuery(personUsageQuery(home_id, id, 'month'));
  const { data: home } = useQuery(homeUsageQuery(home_id, 'month'));
  if (today === undefined || month === undefined || month.counting === 'none') return undefined;
  const names = new Map(devices.map((device) => [device.id, device]));
  const top = (home?.devices ?? []).flatMap(({ device_id, down, up }) => {
    const device = names.get(device_id);
    return device === undefined ? [] : [{ device, total: down + up }];
  });
  return (
    <section className="card">
      <h2>{t('usage')}</h2>
      <dl className="facts">
        <div>
          <dt>{t('today')}</dt>
          <dd>{bytes(today.down + today.up)}</dd>
        </div>
        <div>
          <dt>{t('month')}</dt>
          <dd>{bytes(month.down + month.up)}</dd>
        </div>
      </dl>
      <Bars
        values={month.series.map(({ down }) => down)}
        second={month.series.map(({ up }) => up)}
        label={t('monthBars', { total: bytes(month.down + month.up) })}
      />
      {month.counting === 'partly' && <p className="quiet">{t('partlyCounted')}</p>}
      {top.length > 0 && (
        <ul className="rows">
          {top.slice(0, TOP).map(({ device, total }) => (
            <li key={device.id}>
              <span className="rows__main">
                <Link
                  className="name"
                  to="/routers/$routerId/devices/$id"
                  params={{ routerId: device.router_id, id: device.id }}
                >
                  {deviceLabel(device)}
                </Link>
              </span>
              <span className="quiet">{bytes(total)}</span>
            </li>
          ))}
        </ul>
      )}
      <div className="dialog__actions">
        <a className={buttonClass('quiet')} href={personUsageTable(home_id, id, 'month')} download>
          <Download aria-hidden />
          {t('table')}
        </a>
      </div>
    </section>
  );
}

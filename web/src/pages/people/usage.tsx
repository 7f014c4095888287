import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Person } from '../../api/home-queries.ts';
import { type Device, routersQuery } from '../../api/queries.ts';
import { homeUsageQuery, personUsageQuery, personUsageTable } from '../../api/usage-queries.ts';
import { Bars } from '../../design/bars.tsx';
import { buttonClass } from '../../design/button.tsx';
import { useBytesText } from '../../design/bytes.ts';
import { deviceLabel } from '../devices/label.ts';
import { countsUsage } from '../devices/live-usage.ts';

/** So many devices are named. */
const TOP = 3;

function totalOf(used: { down: number; up: number } | undefined): number {
  return used === undefined ? 0 : used.down + used.up;
}

/** What a person used today and in 30 days, and with which devices. Nothing if no router of theirs counts. */
export function PersonUsage({ person, devices }: { person: Person; devices: readonly Device[] }) {
  const t = useTranslations('people');
  const { bytes } = useBytesText();
  const { home_id, id } = person;
  const { data: today } = useQuery(personUsageQuery(home_id, id, 'today'));
  const { data: month } = useQuery(personUsageQuery(home_id, id, 'month'));
  const { data: home } = useQuery(homeUsageQuery(home_id, 'month'));
  const { data: routers = [] } = useQuery(routersQuery);
  const isKnown = today !== undefined && month !== undefined && home !== undefined;
  if (isKnown ? month.counting === 'none' : !routers.some(countsUsage)) return undefined;
  const totals = new Map(home?.devices.map(({ device_id, ...used }) => [device_id, totalOf(used)]));
  const top = devices
    .map((device) => ({ device, total: totals.get(device.id) ?? 0 }))
    .toSorted((one, other) => other.total - one.total);
  return (
    // As high before anything is known, so that nothing below it moves.
    <section className="card" {...(!isKnown && { 'data-coming': '' })}>
      <h2>{t('usage')}</h2>
      <dl className="facts">
        <div>
          <dt>{t('today')}</dt>
          <dd>{bytes(totalOf(today))}</dd>
        </div>
        <div>
          <dt>{t('month')}</dt>
          <dd>{bytes(totalOf(month))}</dd>
        </div>
      </dl>
      <Bars
        values={month?.series.map(({ down }) => down) ?? []}
        second={month?.series.map(({ up }) => up) ?? []}
        label={t('monthBars', { total: bytes(totalOf(month)) })}
      />
      {month?.counting === 'partly' && <p className="quiet">{t('partlyCounted')}</p>}
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

import { useMemo } from 'react';
import { useFormatter, useNow, useTranslations } from 'use-intl';
import { useHomeOf } from '../../access/text.ts';
import type { DeviceDetail } from '../../api/queries.ts';
import { Days } from '../../design/days.tsx';
import { useDurationText } from '../../design/duration.ts';
import { DateTime } from '../../design/time.tsx';
import { zoneOf } from '../../homes/time.tsx';
import { daysHere } from './days-here.ts';

const DAYS = 7;
/** As many stays as the API gives; of what was before nothing is known. */
const MOST_STAYS = 200;
/** So many are read out as a list. */
const LISTED = 20;

/** When it was here in the last days, as bars and as a list. */
export function WhenHere({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const format = useFormatter();
  const { plain } = useDurationText();
  const zone = zoneOf(useHomeOf()(device.router_id));
  const now = useNow({ updateInterval: 60_000 }).getTime();
  const { presence: stays, first_seen } = device;
  const days = useMemo(() => {
    const oldest = stays.length < MOST_STAYS ? undefined : stays.at(-1)?.online_at;
    const since = Math.max(Date.parse(first_seen), oldest === undefined ? 0 : Date.parse(oldest));
    return daysHere(stays, { now, zone, days: DAYS, since });
  }, [stays, first_seen, now, zone]);
  const dayName = (start: number) =>
    format.dateTime(start, { weekday: 'short', day: 'numeric', timeZone: zone });
  return (
    <section className="device__section">
      <h2>{t('presence')}</h2>
      {stays.length === 0 ? (
        <p className="quiet">{t('noPresence')}</p>
      ) : (
        <>
          <Days
            label={t('timeline', { days: days.length })}
            days={days.map(({ start, digits, ms }) => ({
              name: dayName(start),
              digits,
              sum: ms === 0 ? '–' : plain(ms),
            }))}
          />
          {days.length < DAYS && (
            <p className="quiet">
              {t('firstSeen')} <DateTime moment={first_seen} />
            </p>
          )}
          <details>
            <summary>{t('asList')}</summary>
            <ul className="rows">
              {stays.slice(0, LISTED).map(({ mac, online_at, offline_at }) => (
                <li key={`${mac} ${online_at}`}>
                  <span className="rows__main">
                    <DateTime moment={online_at} />
                  </span>
                  <span className="quiet">
                    {offline_at === null ? t('stillOnline') : <DateTime moment={offline_at} />}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
    </section>
  );
}

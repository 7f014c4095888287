import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { DeviceDetail, Router } from '../../api/queries.ts';
import { type UsagePeriod, deviceUsageQuery, deviceUsageTable } from '../../api/usage-queries.ts';
import { Bars } from '../../design/bars.tsx';
import { useBytesText } from '../../design/bytes.ts';
import { Segments } from '../../design/segments.tsx';
import { countsUsage, useLiveRate } from '../devices/live-usage.ts';

const PERIODS = ['today', 'month', 'year'] as const satisfies UsagePeriod[];
type Period = (typeof PERIODS)[number];

/** What the device used: today, in 30 days, in a year; or that nothing is known of it. */
export function UsageSection({
  device,
  router,
}: {
  device: DeviceDetail;
  router: Router | undefined;
}) {
  const t = useTranslations('device');
  const { bytes } = useBytesText();
  const [period, setPeriod] = useState<Period>('today');
  const { router_id, id } = device;
  const { data } = useQuery({
    ...deviceUsageQuery(router_id, id, period),
    // Until the other is there: what is below would move twice.
    placeholderData: keepPreviousData,
  });
  if (data === undefined) return undefined;
  const isNone = data.counting === 'none' && data.down + data.up === 0;
  // Of a router that has just begun to count nothing has come yet.
  const isCounting = router !== undefined && countsUsage(router);
  const words = t('used', { down: bytes(data.down), up: bytes(data.up) });
  return (
    <section className="device__section">
      <h2>{t('usage')}</h2>
      {isCounting && <UsedNow device={device} />}
      <Segments<Period>
        label={t('period')}
        isLabelHidden
        options={PERIODS.map((value) => ({ value, text: t(`periods.${value}`) }))}
        value={period}
        onChange={setPeriod}
      />
      {isNone ? (
        <p className="quiet">{t(isCounting ? 'notYetCounted' : 'notCounted')}</p>
      ) : (
        <>
          <p>
            <strong className="device__used">{bytes(data.down + data.up)}</strong>{' '}
            <span className="quiet">{words}</span>
          </p>
          <Bars
            label={`${t(`periods.${period}`)}: ${words}`}
            values={data.series.map(({ down }) => down)}
            second={data.series.map(({ up }) => up)}
          />
          {data.counting === 'partly' && <p className="quiet">{t('partly')}</p>}
          <a href={deviceUsageTable(router_id, id, period)} download className="device__table">
            <Download aria-hidden className="icon" />
            {t('asTable')}
          </a>
        </>
      )}
    </section>
  );
}

/** What it uses right now. */
function UsedNow({ device: { router_id, id } }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const text = useBytesText();
  const { down = 0, up = 0 } = useLiveRate([router_id], id) ?? {};
  return (
    <p className="device__now">{t('usedNow', { down: text.rate(down), up: text.rate(up) })}</p>
  );
}

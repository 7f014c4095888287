import { useQuery } from '@tanstack/react-query';
import { useFormatter, useNow, useTranslations } from 'use-intl';
import { type DeviceDetail, type Router, usageQuery, usageWatchQuery } from '../../api/queries.ts';
import { Fact } from '../../design/fact.tsx';
import { useRights } from '../../homes/current.ts';

/** Longer ago than this, in milliseconds, a sample says nothing of now. */
const STALE = 90_000;

/** What the device uses now: a fact of a `dl.facts`. Nothing if its router does not count that. */
export function UsageFact({ device, router }: { device: DeviceDetail; router: Router }) {
  const t = useTranslations('device');
  const format = useFormatter();
  const now = useNow({ updateInterval: 10_000 });
  const enabled = router.is_connected && router.agent_features?.includes('usage') === true;
  const { canChange } = useRights();
  useQuery({ ...usageWatchQuery(router.router_id), enabled: enabled && canChange });
  const { data } = useQuery({ ...usageQuery(router.router_id), enabled });
  if (!enabled || !data || now.getTime() - Date.parse(data.measured_at) > STALE) return null;
  const used = data.devices.find(({ device_id }) => device_id === device.id);
  const rate = (bytes = 0) =>
    t('rate', {
      rate: format.number((bytes * 8) / 1_000 / data.milliseconds, { maximumFractionDigits: 2 }),
    });
  return (
    <Fact name={t('usage')}>
      {`${rate(used?.down)} ↓ ${rate(used?.up)} ↑`}
      {data.counting === 'partly' && ` (${t('partly')})`}
    </Fact>
  );
}

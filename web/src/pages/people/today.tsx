import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { presenceStripsQuery } from '../../api/health-queries.ts';
import type { Person } from '../../api/home-queries.ts';
import { type Device, routersQuery } from '../../api/queries.ts';
import { homeUsageQuery } from '../../api/usage-queries.ts';
import { useBytesText } from '../../design/bytes.ts';
import { Strip } from '../../design/strip.tsx';
import { countsUsage } from '../devices/live-usage.ts';
import { strongest } from './person-day.ts';

/** When the devices of a person were here in the last 24 hours, and what they used today. */
export function Today({ person, devices }: { person: Person; devices: readonly Device[] }) {
  const t = useTranslations('people');
  const { bytes } = useBytesText();
  const { data: strips } = useQuery(presenceStripsQuery);
  const { data: usage } = useQuery(homeUsageQuery(person.home_id, 'today'));
  const digits = strongest(devices.flatMap(({ id }) => strips?.get(id) ?? []));
  const { data: routers = [] } = useQuery(routersQuery);
  const used = usage?.people.find(({ person_id }) => person_id === person.id);
  if (devices.length === 0) return undefined;
  return (
    <p className="board__today">
      <span className="quiet">{t('lastDay')}</span>
      <Strip digits={digits} />
      {(usage ? usage.counting !== 'none' : routers.some(countsUsage)) && (
        // There is room for it before it is known.
        <span className="board__used">
          {usage && bytes((used?.down ?? 0) + (used?.up ?? 0))}
          {usage?.counting === 'partly' && ` (${t('partly')})`}
        </span>
      )}
    </p>
  );
}

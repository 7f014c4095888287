import { useQueries, useQuery } from '@tanstack/react-query';
import { presenceStripsQuery } from '../../api/health-queries.ts';
import { type HomeUsage, homeUsageQuery } from '../../api/usage-queries.ts';
import { useShownHomes } from '../../homes/current.ts';

const NO_STRIPS: ReadonlyMap<string, string> = new Map();

/** When each device was here in the last 24 hours, as digits of half hours, by its id. */
export function useStrips(): ReadonlyMap<string, string> {
  const { data } = useQuery(presenceStripsQuery);
  return data ?? NO_STRIPS;
}

/** What each device used today, in bytes, by its id: one query for each home. */
export function useUsageToday(): ReadonlyMap<string, number> {
  const homes = useShownHomes().filter(({ routers }) => routers > 0);
  return useQueries({
    queries: homes.map(({ id }) => homeUsageQuery(id, 'today')),
    combine: bytesByDevice,
  });
}

/** The same as long as the answers are. */
function bytesByDevice(
  answers: readonly { data?: HomeUsage | string | undefined }[],
): ReadonlyMap<string, number> {
  return new Map(
    answers.flatMap(({ data }) =>
      // A text is the table, which is not asked for here.
      data === undefined || typeof data === 'string'
        ? []
        : data.devices.map(({ device_id, down, up }) => [device_id, down + up] as const),
    ),
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ALERT_KINDS } from '../../../../src/alerts/kinds.ts';
import { type Preferences, type Wish, preferencesQuery } from '../../api/alert-queries.ts';
import { api, unwrap } from '../../api/client.ts';

/** What is wanted now, as it is sent: without what another version of the server knows. */
export function wishOf({ quiet_hours, let_through, digest, watched_devices }: Preferences): Wish {
  return {
    quiet_hours,
    let_through: ALERT_KINDS.filter((kind) => let_through.includes(kind)),
    digest,
    watched_devices: watched_devices.map(({ device_id }) => device_id),
  };
}

/** Changes a part of it, and leaves the rest as the server has it. */
export function useSavePreferences(homeId: string) {
  const queryClient = useQueryClient();
  const query = preferencesQuery(homeId);
  return useMutation({
    mutationFn: async (changes: Partial<Wish>) => {
      const now = await queryClient.fetchQuery({ ...query, staleTime: 0 });
      return unwrap(
        api.PUT('/api/v1/homes/{home_id}/alert-preferences', {
          params: { path: { home_id: homeId } },
          body: { ...wishOf(now), ...changes },
        }),
      );
    },
    onSuccess: (saved) => queryClient.setQueryData(query.queryKey, saved),
  });
}

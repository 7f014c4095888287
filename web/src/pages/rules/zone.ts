import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, unwrap } from '../../api/client.ts';
import { type Home, homesQuery } from '../../api/home-queries.ts';
import { useProblemToast } from '../../design/problem.ts';
import { timeZone } from '../../texts/time-zone.ts';

/**
 * Whether a home's times mean what they say. A home without a zone, whose times would count in UTC, gets the browser's
 * when its first rule is written.
 */
export function useSettledZone(home: Home | undefined): boolean {
  const queryClient = useQueryClient();
  const onError = useProblemToast();
  const { mutate } = useMutation({
    mutationFn: (home_id: string) =>
      unwrap(
        api.PATCH('/api/v1/homes/{home_id}', {
          params: { path: { home_id } },
          body: { timezone: timeZone() },
        }),
      ),
    onError,
    onSuccess: () => queryClient.invalidateQueries(homesQuery),
  });
  const unset = home?.timezone === null ? home.id : undefined;
  useEffect(() => {
    if (unset !== undefined) mutate(unset);
  }, [unset, mutate]);
  return home !== undefined && home.timezone !== null;
}

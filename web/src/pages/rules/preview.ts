import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { RuleAddition } from '../../access/rule-writes.ts';
import { api, type paths, unwrap } from '../../api/client.ts';

type PreviewPath = paths['/api/v1/homes/{home_id}/rules/preview']['post'];
export type Preview = PreviewPath['responses'][200]['content']['application/json'];
type Asked = NonNullable<PreviewPath['requestBody']>['content']['application/json'];

/** A pause in typing after which it is worked out. */
const PAUSE_MS = 250;

/**
 * What a rule that is being edited would change. `preview` is undefined unless it belongs to exactly this rule: an
 * answer to what was typed before is never shown.
 * @param id of the rule that is changed; undefined if it is a new one
 * @param rule undefined if it cannot be saved yet
 */
export function usePreview(
  homeId: string,
  id: string | undefined,
  rule: RuleAddition | undefined,
): { preview: Preview | undefined; error: Error | null } {
  const wanted = JSON.stringify(rule);
  const [settled, setSettled] = useState<string | undefined>(wanted);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(wanted), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const query = useQuery({
    queryKey: ['preview', homeId, id, settled],
    queryFn: ({ signal }) => {
      const { kind, ...change }: RuleAddition = JSON.parse(settled ?? '');
      const body: Asked = id === undefined ? { rule: { kind, ...change } } : { id, change };
      return unwrap(
        api.POST('/api/v1/homes/{home_id}/rules/preview', {
          signal,
          params: { path: { home_id: homeId } },
          body,
        }),
      );
    },
    enabled: settled !== undefined,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  if (settled !== wanted) return { preview: undefined, error: null };
  return { preview: query.isFetching ? undefined : query.data, error: query.error };
}

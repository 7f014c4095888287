import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { api, expectOk, type paths, unwrap } from '../api/client.ts';
import { isLive } from '../live/event-stream.ts';
import { useGuarded } from './use-guarded.tsx';

type RulesPath = paths['/api/v1/homes/{home_id}/rules'];
type RulePath = paths['/api/v1/homes/{home_id}/rules/{id}'];
/** A rule as it is added. */
export type RuleAddition = NonNullable<
  RulesPath['post']['requestBody']
>['content']['application/json'];
type RuleChange = NonNullable<RulePath['patch']['requestBody']>['content']['application/json'];
/** What names a rule. */
export type RuleKey = { home_id: string; id: string };

export function createRule(home_id: string, body: RuleAddition) {
  return unwrap(api.POST('/api/v1/homes/{home_id}/rules', { params: { path: { home_id } }, body }));
}

export function changeRule({ home_id, id }: RuleKey, body: RuleChange) {
  return unwrap(
    api.PATCH('/api/v1/homes/{home_id}/rules/{id}', { params: { path: { home_id, id } }, body }),
  );
}

/**
 * Deletes a rule, as which a pause ends. Asks first if the device in use loses what let it through. `onDone` gets what
 * it was run with; `onLeft` is called if the rule stays.
 */
export function useDeleteRule<Key extends RuleKey>(
  onDone: (key: Key) => void,
  onLeft?: () => void,
) {
  const queryClient = useQueryClient();
  return useGuarded(
    ({ home_id, id }: Key, confirm) =>
      expectOk(
        api.DELETE('/api/v1/homes/{home_id}/rules/{id}', {
          params: { path: { home_id, id }, query: confirm },
        }),
      ),
    async (_nothing, key) => {
      onDone(key);
      await refreshRules(queryClient);
    },
    onLeft,
  );
}

/** Fetches what a change of a rule changes; while the event stream is open that comes by itself, but rules at once. */
export async function refreshRules(queryClient: QueryClient): Promise<void> {
  const names = isLive()
    ? ['rules', 'people', 'devices']
    : ['rules', 'people', 'devices', 'policy', 'audit'];
  await Promise.all(names.map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
}

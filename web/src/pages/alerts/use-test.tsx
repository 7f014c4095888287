import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { type Channel, channelsQuery } from '../../api/alert-queries.ts';
import { api, unwrap } from '../../api/client.ts';
import { useProblemText } from '../../design/problem.ts';
import { useAlertProblem } from './problem.ts';

/** Sends a test to a channel: whether it is on its way, and what came of it, in words. */
export function useTest(homeId: string, { id }: Pick<Channel, 'id'>) {
  const t = useTranslations('alerts');
  const problemText = useProblemText();
  const problemOf = useAlertProblem();
  const queryClient = useQueryClient();
  const test = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/homes/{home_id}/alert-channels/{id}/test', {
          params: { path: { home_id: homeId, id } },
        }),
      ),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries(channelsQuery(homeId)),
        queryClient.invalidateQueries({ queryKey: ['alert-deliveries', homeId] }),
      ]),
  });
  const { isPending: isRunning, data, error } = test;
  const problem = error === null ? data?.problem && problemOf(data.problem) : problemText(error);
  return {
    isRunning,
    isDelivered: data?.is_delivered === true,
    send: () => test.mutate(),
    result: (
      <p role="status" className="alerts__tested" data-state={stateOf(isRunning, data, error)}>
        {isRunning && t('testing')}
        {!isRunning && data?.is_delivered === true && (
          <>
            <CircleCheck aria-hidden className="icon" />
            <span>{t('tested')}</span>
          </>
        )}
        {!isRunning && problem !== undefined && problem !== null && (
          <>
            <CircleAlert aria-hidden className="icon" />
            <span>
              {t('notTested')} {problem}
            </span>
          </>
        )}
      </p>
    ),
  };
}

function stateOf(
  isRunning: boolean,
  data: { is_delivered: boolean } | undefined,
  error: Error | null,
): 'none' | 'running' | 'good' | 'bad' {
  if (isRunning) return 'running';
  if (error !== null) return 'bad';
  if (data === undefined) return 'none';
  return data.is_delivered ? 'good' : 'bad';
}

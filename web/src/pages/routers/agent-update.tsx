import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api, unwrap } from '../../api/client.ts';
import { type Router, agentUpdateQuery, isUpdateUnderWay } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Copyable } from '../../design/copyable.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { useRights } from '../../homes/current.ts';

/** What the owner writes on the router, once. Agents before 2 do not know it: the line that links them does. */
const ALLOW = 'netpilot-agent updates on';
const FIRST_THAT_UPDATES = 2;

/** Why a router has kept its agent. */
const KEPT = [
  'interrupted',
  'put-back',
  'not-here',
  'incomplete',
  'not-allowed',
  'signature',
  'version',
  'broken',
  'storage',
] as const;

/** The newer agent that this NetPilot has for a router: how it gets there, and how far that has come. Nothing if there is none. */
export function AgentUpdate({ router }: { router: Router }) {
  const t = useTranslations('routers.update');
  const { data } = useQuery(agentUpdateQuery(router));
  const { canChange } = useRights();
  const update = useUpdate(router);
  if (!data || !router.is_active) return null;
  const { offered_version: version, agent_version, is_newer, is_allowed } = data;
  const kept = KEPT.find((why) => why === data.update_state);
  if (isUpdateUnderWay(data))
    return (
      <p className="quiet" role="status">
        {t(`underWay.${data.update_state}`, { version: data.update_version ?? '' })}
      </p>
    );
  if (!is_newer || version === null || !canChange) return null;
  const knowsHow = Number.parseInt(agent_version ?? '', 10) >= FIRST_THAT_UPDATES;
  return (
    <div className="routers__update">
      <p>{t('newer', { version, present: agent_version ?? '' })}</p>
      {kept !== undefined && <p role="status">{t(`kept.${kept}`)}</p>}
      {is_allowed ? (
        <Button disabled={!router.is_connected || update.isPending} onClick={() => update.mutate()}>
          {t('button', { version })}
        </Button>
      ) : knowsHow ? (
        <>
          <p className="quiet">{t('allow')}</p>
          <Copyable text={ALLOW} label={t('copy')} />
        </>
      ) : (
        <p className="quiet">{t('allowByLine')}</p>
      )}
    </div>
  );
}

function useUpdate({ router_id }: Router) {
  const onError = useProblemToast();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/v1/routers/{router_id}/update', { params: { path: { router_id } } })),
    onError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['routers', router_id] }),
  });
}

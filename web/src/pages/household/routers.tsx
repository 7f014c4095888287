import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Router } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { api, unwrap } from '../../api/client.ts';
import { type Home, homesQuery } from '../../api/home-queries.ts';
import { routersQuery } from '../../api/queries.ts';
import { Choice } from '../../design/choice.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { showToast } from '../../design/toast.ts';
import { useRights } from '../../homes/current.ts';
import { routerLabel } from '../routers/choice.tsx';

/** The routers of a home, each of which can move to another home of its owner. */
export function Routers({ home }: { home: Home }) {
  const t = useTranslations('household');
  const { isOwner } = useRights();
  const { data: routers = [] } = useQuery(routersQuery);
  const { data: homes = [] } = useQuery(homesQuery);
  const move = useMoveRouter();
  const own = routers.filter(({ home_id }) => home_id === home.id);
  const targets = homes.filter(({ is_own }) => is_own);
  return (
    <section className="card">
      <h2>{t('routers')}</h2>
      {own.length === 0 && <p className="quiet rows__none">{t('noRouters')}</p>}
      <ul className="rows">
        {own.map((router) => (
          <li key={router.router_id}>
            <Router aria-hidden className="icon" />
            <span className="rows__main">
              <bdi>{routerLabel(router)}</bdi>
            </span>
            {isOwner && targets.length > 1 && (
              <Choice
                label={t('moveTo', { name: routerLabel(router) })}
                isLabelHidden
                options={targets.map(({ id, name }) => ({ value: id, text: name }))}
                value={home.id}
                onChange={(home_id) => move.mutate({ router_id: router.router_id, home_id })}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function useMoveRouter() {
  const t = useTranslations('household');
  const onError = useProblemToast();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ router_id, home_id }: { router_id: string; home_id: string }) =>
      unwrap(
        api.PATCH('/api/v1/routers/{router_id}', {
          params: { path: { router_id } },
          body: { home_id },
        }),
      ),
    onSuccess: () => showToast({ text: t('saved') }),
    onError,
    // Its devices lose what the other home decided.
    onSettled: () => queryClient.invalidateQueries(),
  });
}

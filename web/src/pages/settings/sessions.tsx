import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Laptop } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, expectOk } from '../../api/client.ts';
import { sessionsQuery, tokensQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { QueryProblem } from '../../design/notice.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { RelativeTime } from '../../design/time.tsx';
import { showToast } from '../../design/toast.ts';
import { EndOthers } from './end-others.tsx';

/** The sessions of the account, with ways to end them. */
export function Sessions() {
  const t = useTranslations('settings');
  const onError = useProblemToast();
  const queryClient = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const tokens = useQuery(tokensQuery);
  const outcome = {
    onSuccess: () => showToast({ text: t('ended') }),
    onError,
    // The tokens that were created there have ended with it.
    onSettled: () =>
      Promise.all(
        ['sessions', 'tokens'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
      ),
  };
  const end = useMutation({
    mutationFn: (id: string) =>
      expectOk(
        api.DELETE('/api/v1/sessions/{id}', { params: { path: { id }, query: { tokens: 'end' } } }),
      ),
    ...outcome,
  });
  const [isAsking, setAsking] = useState(false);
  return (
    <section className="card">
      <h2>{t('sessions')}</h2>
      <QueryProblem queries={[sessions]} />
      <ul className="rows">
        {(sessions.data ?? []).map((session) => (
          <li key={session.id}>
            <Laptop aria-hidden className="icon" />
            <span className="rows__main">
              <span className="name">{session.device}</span>
              <span className="quiet">
                <RelativeTime moment={session.last_used_at} />
                {session.ip_address !== null && ` · ${session.ip_address}`}
              </span>
            </span>
            {session.is_current ? (
              <span className="badge badge--good">{t('thisOne')}</span>
            ) : (
              <Button
                variant="quiet"
                aria-label={t('endOne', { device: session.device })}
                onClick={() => end.mutate(session.id)}
              >
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {((sessions.data?.length ?? 0) > 1 || (tokens.data?.length ?? 0) > 0) && (
        <div className="dialog__actions">
          <Button onClick={() => setAsking(true)}>{t('endOthers')}</Button>
        </div>
      )}
      {isAsking && <EndOthers onClose={() => setAsking(false)} />}
    </section>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Laptop } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { api, tell } from '../../api/client.ts';
import { sessionsQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { ProblemNotice } from '../../design/notice.tsx';
import { useProblemText } from '../../design/problem-text.ts';
import { Ago } from '../../design/time.tsx';
import { showToast } from '../../design/toast.ts';

/** Where one is signed in, with ways to end it. */
export function Sessions() {
  const t = useTranslations('settings');
  const problemText = useProblemText();
  const queryClient = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const outcome = {
    onSuccess: () => showToast({ text: t('ended') }),
    onError: (error: Error) => showToast({ text: problemText(error) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['sessions'] }),
  };
  const end = useMutation({
    mutationFn: (id: string) =>
      tell(api.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } })),
    ...outcome,
  });
  const endOthers = useMutation({
    mutationFn: () => tell(api.POST('/api/v1/sessions/end-others')),
    ...outcome,
  });
  return (
    <section className="card">
      <h2>{t('sessions')}</h2>
      {sessions.isError && (
        <ProblemNotice error={sessions.error} onRetry={() => void sessions.refetch()} />
      )}
      <ul className="rows">
        {(sessions.data ?? []).map((session) => (
          <li key={session.id}>
            <Laptop aria-hidden className="icon" />
            <span className="settings__session">
              <span className="name">{session.device}</span>
              <span className="quiet">
                <Ago moment={session.last_used_at} />
                {session.ip_address !== null && ` · ${session.ip_address}`}
              </span>
            </span>
            {session.is_current ? (
              <span className="badge badge--good">{t('thisOne')}</span>
            ) : (
              <Button
                look="quiet"
                aria-label={t('endOne', { device: session.device })}
                onClick={() => end.mutate(session.id)}
              >
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {(sessions.data?.length ?? 0) > 1 && (
        <div className="dialog__actions">
          <Button onClick={() => endOthers.mutate()}>{t('endOthers')}</Button>
        </div>
      )}
    </section>
  );
}

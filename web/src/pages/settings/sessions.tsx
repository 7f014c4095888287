import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Laptop } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, expectOk } from '../../api/client.ts';
import { type Session, sessionsQuery, tokensQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
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
  const [ended, setEnded] = useState<Session>();
  const outcome = {
    onSuccess: () => {
      showToast({ text: t('ended') });
      setEnded(undefined);
    },
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
              <LastUse session={session} />
            </span>
            {session.is_current ? (
              <span className="badge badge--good">{t('thisOne')}</span>
            ) : (
              <Button
                variant="quiet"
                aria-label={t('endOne', { device: session.device })}
                onClick={() => setEnded(session)}
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
      {ended && (
        <Dialog
          title={t('endTitle', { device: ended.device })}
          onClose={() => setEnded(undefined)}
          confirm={{
            text: t('end'),
            variant: 'danger',
            isDisabled: end.isPending,
            onClick: () => end.mutate(ended.id),
          }}
        >
          <p>{t('endText')}</p>
          <LastUse session={ended} />
        </Dialog>
      )}
      {isAsking && <EndOthers onClose={() => setAsking(false)} />}
    </section>
  );
}

/** When it was used last, and from where. */
function LastUse({ session: { last_used_at, ip_address } }: { session: Session }) {
  const t = useTranslations('settings');
  return (
    <span className="quiet">
      {t('lastUsed')} <RelativeTime moment={last_used_at} />
      {ip_address !== null && ` · ${ip_address}`}
    </span>
  );
}

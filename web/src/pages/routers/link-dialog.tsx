import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, LoaderCircle } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { ApiProblem, api, ask } from '../../api/client.ts';
import { Button } from '../../design/button.tsx';
import { CopyButton } from '../../design/copy-button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { ProblemNotice, Skeleton } from '../../design/notice.tsx';
import { Moment } from '../../design/time.tsx';

const STEPS = ['waiting', 'registered', 'connected'] as const;

/** A code, the line to paste on the router, and how far it has come. */
export function LinkDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations();
  const { mutate, ...code } = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/pairing-codes')),
  });
  useEffect(() => mutate(), [mutate]);
  return (
    <Dialog
      title={t('routers.linkTitle')}
      isOpen
      onClose={onClose}
      actions={<Button onClick={onClose}>{t('action.close')}</Button>}
    >
      {code.isError && <ProblemNotice error={code.error} onRetry={() => mutate()} />}
      {(code.isPending || code.isIdle) && <Skeleton height={220} />}
      {code.isSuccess && (
        <>
          <p>{t('routers.paste')}</p>
          <div className="routers__line">
            <code>{code.data.install_line}</code>
            <CopyButton
              text={code.data.install_line}
              label={t('routers.copy')}
              done={t('routers.copied')}
            />
          </div>
          <p className="quiet">
            {t('routers.codeIs')} <code>{code.data.code}</code>. {t('routers.worksUntil')}{' '}
            <Moment moment={code.data.expires_at} />.
          </p>
          <Progress id={code.data.id} onAgain={() => mutate()} />
        </>
      )}
    </Dialog>
  );
}

function Progress({ id, onAgain }: { id: string; onAgain: () => void }) {
  const t = useTranslations('routers');
  const queryClient = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ['pairing-codes', id],
    queryFn: ({ signal }) =>
      ask(api.GET('/api/v1/pairing-codes/{id}', { signal, params: { path: { id } } })),
    refetchInterval: ({ state: { data: progress, error: problem } }) =>
      progress?.state === 'connected' || progress?.state === 'expired' || problem !== null
        ? false
        : 1_000,
  });
  // What has run out is forgotten after a while.
  const isForgotten = error instanceof ApiProblem && error.status === 404;
  const state = isForgotten ? 'expired' : (data?.state ?? 'waiting');
  useEffect(() => {
    if (state !== 'waiting') void queryClient.invalidateQueries({ queryKey: ['routers'] });
  }, [state, queryClient]);
  if (state === 'expired') {
    return (
      <p role="alert">
        {t('expired')}{' '}
        <Button look="quiet" onClick={onAgain}>
          {t('again')}
        </Button>
      </p>
    );
  }
  const done = state === 'waiting' ? 0 : STEPS.indexOf(state) + 1;
  return (
    <ol className="routers__steps" aria-live="polite">
      {STEPS.map((step, index) => {
        const isDone = index < done;
        return (
          <li key={step} data-done={isDone || undefined}>
            {isDone && <Check aria-hidden className="icon" />}
            {index === done && <LoaderCircle aria-hidden className="icon routers__turning" />}
            <span>
              {t(`steps.${step}`)} {isDone && <span className="visually-hidden">{t('done')}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

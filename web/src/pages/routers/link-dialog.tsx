import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, LoaderCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ApiProblem, api, unwrap } from '../../api/client.ts';
import { Button } from '../../design/button.tsx';
import { Copyable } from '../../design/copyable.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { ProblemNotice, Skeleton } from '../../design/notice.tsx';
import { SignInAgain } from '../../design/sign-in-again.tsx';
import { isSignInTooOld } from '../../design/sign-in-too-old.ts';
import { DateTime } from '../../design/time.tsx';

const STEPS = ['waiting', 'registered', 'connected'] as const;

/** Shows a code, the line to paste on the router, and the progress of linking. */
export function LinkDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('routers');
  const { mutate, ...code } = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/pairing-codes')),
  });
  useEffect(() => mutate(), [mutate]);
  const [isOldCleaned, setOldCleaned] = useState(false);
  if (isSignInTooOld(code.error))
    return (
      <SignInAgain
        signInUrl={code.error.signInUrl}
        act="linkRouter"
        onRetry={() => mutate()}
        onClose={onClose}
      />
    );
  return (
    <Dialog title={t('linkTitle')} onClose={onClose}>
      {code.isError && <ProblemNotice error={code.error} onRetry={() => mutate()} />}
      {(code.isPending || code.isIdle) && <Skeleton height={220} />}
      {code.isSuccess && (
        <>
          <p>{t('paste')}</p>
          <Copyable
            text={`${code.data.install_line}${isOldCleaned ? ' --clean-old' : ''}`}
            label={t('copy')}
          />
          <label className="routers__option">
            <input
              type="checkbox"
              checked={isOldCleaned}
              onChange={({ target }) => setOldCleaned(target.checked)}
            />
            {t('cleanOld')}
          </label>
          <p className="quiet">
            {t('codeIs')} <code>{code.data.code}</code>. {t('worksUntil')}{' '}
            <DateTime moment={code.data.expires_at} />.
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
      unwrap(api.GET('/api/v1/pairing-codes/{id}', { signal, params: { path: { id } } })),
    refetchInterval: ({ state: { data: progress, error: problem } }) =>
      progress?.state === 'connected' || progress?.state === 'expired' || problem !== null
        ? false
        : 1_000,
  });
  // An expired code is deleted after a while.
  const isDeleted = error instanceof ApiProblem && error.status === 404;
  const state = isDeleted ? 'expired' : (data?.state ?? 'waiting');
  useEffect(() => {
    if (state !== 'waiting') void queryClient.invalidateQueries({ queryKey: ['routers'] });
  }, [state, queryClient]);
  if (state === 'expired') {
    return (
      <p role="alert">
        {t('expired')}{' '}
        <Button variant="quiet" onClick={onAgain}>
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

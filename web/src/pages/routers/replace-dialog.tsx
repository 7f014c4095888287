import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, unwrap } from '../../api/client.ts';
import type { Router } from '../../api/queries.ts';
import { Choice } from '../../design/choice.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { useProblemText } from '../../design/problem.ts';
import { SignInAgain } from '../../design/sign-in-again.tsx';
import { isSignInTooOld } from '../../design/sign-in-too-old.ts';
import { showToast } from '../../design/toast.ts';
import { routerLabel, routerOptions } from './choice.tsx';

const MOVES = ['devices', 'rules', 'settings', 'old'] as const;

/** Lets a router take the place of another one: which, what moves, and a button that does it. */
export function ReplaceDialog({
  router,
  others,
  chosen,
  onClose,
}: {
  router: Router;
  /** Those that it may replace: at least one. */
  others: readonly Router[];
  /** The id of the one that is proposed. */
  chosen?: string | undefined;
  onClose: () => void;
}) {
  const t = useTranslations('routers.replace');
  const problemText = useProblemText();
  const queryClient = useQueryClient();
  const [id, setId] = useState(chosen ?? likeliest(others)?.router_id ?? '');
  const name = routerLabel(router);
  const old = others.find(({ router_id }) => router_id === id);
  const oldName = old === undefined ? id : routerLabel(old);
  const replace = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/routers/{router_id}/replace', {
          params: { path: { router_id: router.router_id } },
          body: { replaces: id },
        }),
      ),
    onSuccess: () => {
      showToast({ text: t('done', { name: oldName }) });
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const { error } = replace;
  if (isSignInTooOld(error))
    return (
      <SignInAgain
        signInUrl={error.signInUrl}
        act="replaceRouter"
        details={`${router.router_id} ${id}`}
        onRetry={() => replace.mutate()}
        onClose={onClose}
      />
    );
  return (
    <Dialog
      title={t('title', { name })}
      onClose={onClose}
      confirm={{
        text: t('confirm'),
        variant: 'danger',
        isDisabled: replace.isPending || old === undefined,
        onClick: () => replace.mutate(),
      }}
    >
      {others.length > 1 && (
        <Choice label={t('which')} options={routerOptions(others)} value={id} onChange={setId} />
      )}
      <p>{t('text', { name, old: oldName })}</p>
      <ul className="routers__refused">
        {MOVES.map((what) => (
          <li key={what}>{t(`moves.${what}`, { name, old: oldName })}</li>
        ))}
      </ul>
      {old?.is_connected === true && <p role="note">{t('isThere', { old: oldName })}</p>}
      {error !== null && <p role="alert">{problemText(error)}</p>}
    </Dialog>
  );
}

/** Who is away was most likely replaced. */
export function likeliest(others: readonly Router[]): Router | undefined {
  return others.find(({ is_active, is_connected }) => is_active && !is_connected) ?? others[0];
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, unwrap } from '../../api/client.ts';
import { routersQuery } from '../../api/queries.ts';
import { Choice } from '../../design/choice.tsx';
import { Copyable } from '../../design/copyable.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import { useResumedAct } from '../../design/remembered-act.ts';
import { SignInAgain } from '../../design/sign-in-again.tsx';
import { isSignInTooOld } from '../../design/sign-in-too-old.ts';
import { routerOptions } from '../routers/choice.tsx';
import { DAYS, LEVELS, SCOPES_OF, type TokenWish, parseWish } from './token-wish.ts';

const ALL = 'all';

/** Asks what a new token is for and what it may do, and then shows it, once. */
export function CreateToken({ first, onClose }: { first: TokenWish; onClose: () => void }) {
  const t = useTranslations('settings');
  const queryClient = useQueryClient();
  const [wish, setWish] = useState(first);
  const create = useMutation({
    mutationFn: ({ name, level, days, router }: TokenWish) =>
      unwrap(
        api.POST('/api/v1/tokens', {
          body: {
            token_name: name.trim(),
            scopes: [...SCOPES_OF[level]],
            days: Number(days),
            ...(router !== ALL && level !== 'everything' && { router_id: router }),
          },
        }),
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['tokens'] }),
  });
  // Back from signing in again: what was asked for is done now.
  useResumedAct('createToken', (details) => {
    const wanted = parseWish(details);
    setWish(wanted);
    create.mutate(wanted);
  });
  if (create.isSuccess)
    return (
      <Dialog title={t('tokenCreated', { name: create.data.token_name })} onClose={onClose}>
        <div role="status">
          <Copyable text={create.data.token} label={t('copyToken')} />
          <p className="quiet">{t('tokenOnce')}</p>
        </div>
      </Dialog>
    );
  if (isSignInTooOld(create.error))
    return (
      <SignInAgain
        signInUrl={create.error.signInUrl}
        act="createToken"
        details={JSON.stringify(wish)}
        onRetry={() => create.mutate(wish)}
        onClose={onClose}
      />
    );
  return (
    <Dialog
      title={t('createToken')}
      onClose={onClose}
      confirm={{
        text: t('createToken'),
        variant: 'primary',
        isDisabled: wish.name.trim() === '' || create.isPending,
        onClick: () => create.mutate(wish),
      }}
    >
      <Fields wish={wish} onChange={setWish} error={create.error?.message} />
    </Dialog>
  );
}

/** What it is for, what it may do, for which router, and how long. */
function Fields({
  wish,
  onChange,
  error,
}: {
  wish: TokenWish;
  onChange: (wish: TokenWish) => void;
  error: string | undefined;
}) {
  const t = useTranslations('settings');
  const routers = useQuery(routersQuery);
  const change = (part: Partial<TokenWish>) => onChange({ ...wish, ...part });
  return (
    <>
      <Field
        label={t('tokenName')}
        value={wish.name}
        maxLength={255}
        onChange={(name) => change({ name })}
        error={error}
      />
      <Choice
        label={t('tokenMay')}
        options={LEVELS.map((value) => ({ value, text: t(`levels.${value}`) }))}
        value={wish.level}
        onChange={(level) => change({ level })}
      />
      {wish.level !== 'everything' && (
        <Choice
          label={t('tokenRouter')}
          options={[{ value: ALL, text: t('allRouters') }, ...routerOptions(routers.data ?? [])]}
          value={wish.router}
          onChange={(router) => change({ router })}
        />
      )}
      <Choice
        label={t('tokenDays')}
        options={DAYS.map((value) => ({ value, text: t('days', { count: Number(value) }) }))}
        value={wish.days}
        onChange={(days) => change({ days })}
      />
    </>
  );
}

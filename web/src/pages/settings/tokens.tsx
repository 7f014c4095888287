import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, unwrap, expectOk } from '../../api/client.ts';
import { tokensQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Copyable } from '../../design/copyable.tsx';
import { Field } from '../../design/field.tsx';
import { QueryProblem } from '../../design/notice.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { DateTime } from '../../design/time.tsx';
import { showToast } from '../../design/toast.ts';

/** API tokens: created, shown once, revoked. */
export function Tokens() {
  const t = useTranslations('settings');
  const onError = useProblemToast();
  const queryClient = useQueryClient();
  const tokens = useQuery(tokensQuery);
  const [name, setName] = useState('');
  const onSettled = () => queryClient.invalidateQueries({ queryKey: ['tokens'] });
  const create = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/tokens', { body: { token_name: name.trim() } })),
    onSuccess: () => setName(''),
    onSettled,
  });
  const revoke = useMutation({
    mutationFn: (id: string) =>
      expectOk(api.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      create.reset();
      showToast({ text: t('revoked') });
    },
    onError,
    onSettled,
  });
  return (
    <section className="card">
      <h2>{t('tokens')}</h2>
      <p className="quiet">{t('tokensHint')}</p>
      <QueryProblem queries={[tokens]} />
      <ul className="rows">
        {(tokens.data ?? []).map(({ id, token_name, expires_at }) => (
          <li key={id}>
            <KeyRound aria-hidden className="icon" />
            <span className="rows__main">
              <span className="name">{token_name}</span>
              <span className="quiet">
                {t('validUntil')} <DateTime moment={expires_at} />
              </span>
            </span>
            <Button
              variant="quiet"
              aria-label={t('revokeOne', { name: token_name })}
              onClick={() => revoke.mutate(id)}
            >
              {t('revoke')}
            </Button>
          </li>
        ))}
      </ul>
      {create.isSuccess && (
        <div role="status">
          <Copyable text={create.data.token} label={t('copyToken')} />
          <p className="quiet">{t('tokenOnce')}</p>
        </div>
      )}
      <div className="settings__token">
        <Field
          label={t('tokenName')}
          value={name}
          maxLength={255}
          onChange={setName}
          error={create.error?.message}
        />
        <Button disabled={name.trim() === '' || create.isPending} onClick={() => create.mutate()}>
          {t('createToken')}
        </Button>
      </div>
    </section>
  );
}

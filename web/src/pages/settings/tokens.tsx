import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, ask, tell } from '../../api/client.ts';
import { tokensQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { CopyButton } from '../../design/copy-button.tsx';
import { Field } from '../../design/field.tsx';
import { ProblemNotice } from '../../design/notice.tsx';
import { useProblemText } from '../../design/problem-text.ts';
import { Moment } from '../../design/time.tsx';
import { showToast } from '../../design/toast.ts';

/** Tokens for one's own programs: made, shown once, ended. */
export function Tokens() {
  const t = useTranslations('settings');
  const problemText = useProblemText();
  const queryClient = useQueryClient();
  const tokens = useQuery(tokensQuery);
  const [name, setName] = useState('');
  const onSettled = () => queryClient.invalidateQueries({ queryKey: ['tokens'] });
  const make = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/tokens', { body: { token_name: name.trim() } })),
    onSuccess: () => setName(''),
    onSettled,
  });
  const end = useMutation({
    mutationFn: (id: string) =>
      tell(api.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      make.reset();
      showToast({ text: t('tokenEnded') });
    },
    onError: (error) => showToast({ text: problemText(error) }),
    onSettled,
  });
  return (
    <section className="card">
      <h2>{t('tokens')}</h2>
      <p className="quiet">{t('tokensHint')}</p>
      {tokens.isError && (
        <ProblemNotice error={tokens.error} onRetry={() => void tokens.refetch()} />
      )}
      <ul className="rows">
        {(tokens.data ?? []).map(({ id, token_name, expires_at }) => (
          <li key={id}>
            <KeyRound aria-hidden className="icon" />
            <span className="settings__session">
              <span className="name">{token_name}</span>
              <span className="quiet">
                {t('works')} <Moment moment={expires_at} />
              </span>
            </span>
            <Button
              look="quiet"
              aria-label={t('endTokenOne', { name: token_name })}
              onClick={() => end.mutate(id)}
            >
              {t('endToken')}
            </Button>
          </li>
        ))}
      </ul>
      {make.isSuccess && <NewToken token={make.data.token} />}
      <div className="settings__token">
        <Field
          label={t('tokenName')}
          value={name}
          maxLength={255}
          onChange={setName}
          error={make.error?.message}
        />
        <Button disabled={name.trim() === '' || make.isPending} onClick={() => make.mutate()}>
          {t('makeToken')}
        </Button>
      </div>
    </section>
  );
}

function NewToken({ token }: { token: string }) {
  const t = useTranslations('settings');
  return (
    <div className="settings__new" role="status">
      <code>{token}</code>
      <CopyButton text={token} label={t('copyToken')} done={t('copied')} />
      <p className="quiet">{t('tokenOnce')}</p>
    </div>
  );
}

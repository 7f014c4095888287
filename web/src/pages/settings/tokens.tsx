import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ExternalLink, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, expectOk } from '../../api/client.ts';
import { type Token, routersQuery, tokensQuery } from '../../api/queries.ts';
import { Button, buttonClass } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { QueryProblem } from '../../design/notice.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { isRemembered } from '../../design/remembered-act.ts';
import { DateTime, RelativeTime } from '../../design/time.tsx';
import { showToast } from '../../design/toast.ts';
import { routerLabel } from '../routers/choice.tsx';
import { CreateToken } from './create-token.tsx';
import { FIRST_WISH } from './token-wish.ts';

/** API tokens: what each may do and where it comes from; created, revoked. */
export function Tokens() {
  const t = useTranslations('settings');
  const onError = useProblemToast();
  const queryClient = useQueryClient();
  const tokens = useQuery(tokensQuery);
  const [isCreating, setCreating] = useState(() => isRemembered('createToken'));
  const [revoked, setRevoked] = useState<Token>();
  const revoke = useMutation({
    mutationFn: (id: string) =>
      expectOk(api.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      showToast({ text: t('revoked') });
      setRevoked(undefined);
    },
    onError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['tokens'] }),
  });
  return (
    <section className="card">
      <h2>{t('tokens')}</h2>
      <p className="quiet">{t('tokensHint')}</p>
      <QueryProblem queries={[tokens]} />
      <ul className="rows">
        {(tokens.data ?? []).map((token) => (
          <li key={token.id}>
            <KeyRound aria-hidden className="icon" />
            <span className="rows__main">
              <span className="name">{token.token_name}</span>
              <Rights token={token} />
              <Origin token={token} />
            </span>
            <Button
              variant="quiet"
              aria-label={t('revokeOne', { name: token.token_name })}
              onClick={() => setRevoked(token)}
            >
              {t('revoke')}
            </Button>
          </li>
        ))}
      </ul>
      <div className="dialog__actions">
        <a className={buttonClass('quiet')} href="/docs" target="_blank" rel="noreferrer">
          {t('apiDocs')}
          <ExternalLink aria-hidden className="icon" />
        </a>
        <Button onClick={() => setCreating(true)}>{t('createToken')}</Button>
      </div>
      {revoked && (
        <Dialog
          title={t('revokeTitle', { name: revoked.token_name })}
          onClose={() => setRevoked(undefined)}
          confirm={{
            text: t('revoke'),
            variant: 'danger',
            isDisabled: revoke.isPending,
            onClick: () => revoke.mutate(revoked.id),
          }}
        >
          <p>{t('revokeText')}</p>
          <Origin token={revoked} />
        </Dialog>
      )}
      {isCreating && <CreateToken first={FIRST_WISH} onClose={() => setCreating(false)} />}
    </section>
  );
}

/** What it may do, and for which router. */
function Rights({ token: { scopes, router_id } }: { token: Token }) {
  const t = useTranslations('settings');
  const routers = useQuery(routersQuery);
  const router = routers.data?.find((one) => one.router_id === router_id);
  const rights = scopes.map((scope) => t(`scopes.${scope}`)).join(', ');
  return (
    <span className="quiet">
      {rights}
      {router_id !== null &&
        ` · ${t('onlyRouter', { name: router ? routerLabel(router) : router_id })}`}
    </span>
  );
}

/** When and where it was created, when it was used, and when it ends. */
function Origin({ token }: { token: Token }) {
  const t = useTranslations('settings');
  const isUsed = Date.parse(token.last_used_at) > Date.parse(token.created_at);
  return (
    <span className="quiet">
      {t('createdOn', { device: token.created_on ?? 'none' })}{' '}
      {isUsed ? (
        <>
          {t('lastUsed')} <RelativeTime moment={token.last_used_at} />
        </>
      ) : (
        t('neverUsed')
      )}
      {' · '}
      {t('validUntil')} <DateTime moment={token.expires_at} />
    </span>
  );
}

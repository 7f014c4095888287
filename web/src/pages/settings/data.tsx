import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, expectOk, unwrap } from '../../api/client.ts';
import type { Me } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { useResumedAct } from '../../design/remembered-act.ts';
import { SignInAgain } from '../../design/sign-in-again.tsx';
import { isSignInTooOld, signInTooOld } from '../../design/sign-in-too-old.ts';

/** What belongs to the account: the export of it, and the deletion. */
export function Data({ me }: { me: Me }) {
  const t = useTranslations('settings');
  const [isAsking, setAsking] = useState(false);
  useResumedAct('deleteAccount', () => setAsking(true));
  return (
    <section className="card">
      <h2>{t('data')}</h2>
      <p className="quiet">{t('exportHint')}</p>
      <div className="dialog__actions">
        <Export />
        <Button variant="danger" onClick={() => setAsking(true)}>
          {t('deleteAccount')}
        </Button>
      </div>
      {isAsking && <DeleteDialog me={me} onClose={() => setAsking(false)} />}
    </section>
  );
}

/** A download cannot say that it needs a new sign-in: that is asked first. */
function Export() {
  const t = useTranslations('settings');
  const onError = useProblemToast();
  const download = useMutation({
    mutationFn: async () => {
      const { items, sign_in_url } = await unwrap(api.GET('/api/v1/sessions'));
      if (!items.some((session) => session.is_current && session.is_fresh))
        throw signInTooOld(sign_in_url);
      location.assign('/api/v1/me/export');
    },
    onError,
  });
  useResumedAct('export', () => download.mutate());
  return (
    <>
      <Button disabled={download.isPending} onClick={() => download.mutate()}>
        {t('export')}
      </Button>
      {isSignInTooOld(download.error) && (
        <SignInAgain
          signInUrl={download.error.signInUrl}
          act="export"
          onRetry={() => download.mutate()}
          onClose={() => download.reset()}
        />
      )}
    </>
  );
}

function DeleteDialog({ me, onClose }: { me: Me; onClose: () => void }) {
  const t = useTranslations('settings');
  const [email, setEmail] = useState('');
  const remove = useMutation({
    mutationFn: () => expectOk(api.DELETE('/api/v1/me', { body: { email } })),
    onSuccess: () => location.assign('/sign-in'),
  });
  if (isSignInTooOld(remove.error))
    return (
      <SignInAgain
        signInUrl={remove.error.signInUrl}
        act="deleteAccount"
        onRetry={() => remove.mutate()}
        onClose={onClose}
      />
    );
  return (
    <Dialog
      title={t('deleteTitle')}
      onClose={onClose}
      confirm={{
        text: t('deleteAccount'),
        variant: 'danger',
        isDisabled: email !== me.email || remove.isPending,
        onClick: () => remove.mutate(),
      }}
    >
      <p>{t('deleteText')}</p>
      <Field
        label={t('confirmEmail', { email: me.email })}
        value={email}
        onChange={setEmail}
        error={remove.error?.message}
      />
    </Dialog>
  );
}

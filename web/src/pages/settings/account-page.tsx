import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, expectOk } from '../../api/client.ts';
import { type Me, meQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { useResumedAct } from '../../design/remembered-act.ts';
import { SignInAgain } from '../../design/sign-in-again.tsx';
import { isSignInTooOld } from '../../design/sign-in-too-old.ts';
import { SettingsFrame } from './frame.tsx';
import './page.css';

/** The end of the account: on a page of its own, that nobody comes to by chance. */
export function AccountPage() {
  const me = useQuery(meQuery);
  return (
    <SettingsFrame section="account">
      {me.isPending && <Skeleton height={240} />}
      <QueryProblem queries={[me]} />
      {me.isSuccess && <Deletion me={me.data} />}
    </SettingsFrame>
  );
}

const GOES = ['routers', 'people', 'history', 'members'] as const;

function Deletion({ me }: { me: Me }) {
  const t = useTranslations('settings');
  const [isAsking, setAsking] = useState(false);
  useResumedAct('deleteAccount', () => setAsking(true));
  return (
    <section className="card">
      <p>{t('deleteText')}</p>
      <ul className="settings__goes">
        {GOES.map((what) => (
          <li key={what}>{t(`deleteGoes.${what}`)}</li>
        ))}
      </ul>
      <p className="quiet">{t('deleteBefore')}</p>
      <div className="dialog__actions">
        <Button variant="danger" onClick={() => setAsking(true)}>
          {t('deleteAccount')}
        </Button>
      </div>
      {isAsking && <DeleteDialog me={me} onClose={() => setAsking(false)} />}
    </section>
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

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, expectOk, unwrap } from '../../api/client.ts';
import { type Me, meQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { showToast } from '../../design/toast.ts';
import { forgetPush } from '../../push/subscription.ts';

/** The name, the address one signs in with, and the way out. */
export function Profile({ me }: { me: Me }) {
  const t = useTranslations();
  const onError = useProblemToast();
  const queryClient = useQueryClient();
  const [name, setName] = useState(me.full_name ?? '');
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PATCH('/api/v1/me', {
          body: { full_name: name.trim() === '' ? null : name.trim() },
        }),
      ),
    onSuccess: (changed) => {
      queryClient.setQueryData(meQuery.queryKey, changed);
      showToast({ text: t('settings.saved') });
    },
  });
  const signOut = useMutation({
    mutationFn: async () => {
      await forgetPush();
      await expectOk(api.POST('/auth/sign-out'));
    },
    onSuccess: () => location.assign('/sign-in'),
    onError,
  });
  return (
    <section className="card">
      <h2>{t('settings.profile')}</h2>
      <Field label={t('settings.email')} value={me.email} isReadOnly />
      <Field
        label={t('settings.name')}
        value={name}
        maxLength={255}
        onChange={setName}
        error={save.error?.message}
      />
      <div className="dialog__actions">
        <Button disabled={signOut.isPending} onClick={() => signOut.mutate()}>
          {t('action.signOut')}
        </Button>
        <Button
          variant="primary"
          disabled={name.trim() === (me.full_name ?? '') || save.isPending}
          onClick={() => save.mutate()}
        >
          {t('action.save')}
        </Button>
      </div>
    </section>
  );
}

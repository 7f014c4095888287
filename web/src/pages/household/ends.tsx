import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, expectOk, unwrap } from '../../api/client.ts';
import { type Home, homesQuery } from '../../api/home-queries.ts';
import { meQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { showToast } from '../../design/toast.ts';
import { chooseHome } from '../../homes/current.ts';
import { removeMember } from './members.tsx';

/** Adds another home. */
export function AddHome() {
  const t = useTranslations('household');
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/homes', { body: { name: name.trim() } })),
    onSuccess: (home) => {
      setName('');
      showToast({ text: t('homeAdded', { name: home.name }) });
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  return (
    <section className="card">
      <h2>{t('addHome')}</h2>
      <Field
        label={t('name')}
        value={name}
        maxLength={255}
        onChange={setName}
        error={add.error?.message}
      />
      <div className="dialog__actions">
        <Button disabled={name.trim() === '' || add.isPending} onClick={() => add.mutate()}>
          {t('addHome')}
        </Button>
      </div>
    </section>
  );
}

/** The end of a home for who looks at it: the owner deletes it, a member leaves it. */
export function EndOfHome({ home }: { home: Home }) {
  const t = useTranslations('household');
  const onError = useProblemToast();
  const [isAsking, setAsking] = useState(false);
  const { data: me } = useQuery(meQuery);
  const own = useQuery(homesQuery).data?.filter(({ is_own }) => is_own) ?? [];
  const words = home.is_own ? 'delete' : 'leave';
  const canEnd = !home.is_own || (home.routers === 0 && own.length > 1);
  const end = useMutation({
    mutationFn: () =>
      home.is_own
        ? expectOk(
            api.DELETE('/api/v1/homes/{home_id}', { params: { path: { home_id: home.id } } }),
          )
        : removeMember(home.id, me?.id ?? ''),
    onSuccess: () => chooseHome(undefined),
    onError,
  });
  return (
    <section className="card">
      <h2>{t(words)}</h2>
      {!canEnd && <p className="quiet">{t('deleteNot')}</p>}
      <div className="dialog__actions">
        <Button disabled={!canEnd} onClick={() => setAsking(true)}>
          {t(words)}
        </Button>
      </div>
      {isAsking && (
        <Dialog
          title={t(`${words}Title`, { home: home.name })}
          onClose={() => setAsking(false)}
          confirm={{
            text: t(words),
            variant: 'danger',
            isDisabled: end.isPending,
            onClick: () => end.mutate(),
          }}
        >
          <p>{t(`${words}Text`)}</p>
        </Dialog>
      )}
    </section>
  );
}

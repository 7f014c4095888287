import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, unwrap } from '../../api/client.ts';
import { type Home, invitationsQuery, peopleQuery } from '../../api/home-queries.ts';
import { Choice } from '../../design/choice.tsx';
import { Copyable } from '../../design/copyable.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { QrCode } from '../../design/qr-code.tsx';
import { SignInAgain } from '../../design/sign-in-again.tsx';
import { isSignInTooOld } from '../../design/sign-in-too-old.ts';
import { DateTime } from '../../design/time.tsx';
import { MEMBER_ROLES, type MemberRole } from '../../homes/role.ts';

const NONE = 'none';

/** Asks as what somebody is invited, and then shows the link, once. */
export function Invite({ home, onClose }: { home: Home; onClose: () => void }) {
  const t = useTranslations('household');
  const queryClient = useQueryClient();
  const { data: people = [] } = useQuery(peopleQuery);
  const [role, setRole] = useState<MemberRole>('admin');
  const [personId, setPersonId] = useState(NONE);
  const own = people.filter(({ home_id }) => home_id === home.id);
  const invite = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/homes/{home_id}/invitations', {
          params: { path: { home_id: home.id } },
          body: { role, ...(personId !== NONE && { person_id: personId }) },
        }),
      ),
    onSettled: () => queryClient.invalidateQueries(invitationsQuery(home.id)),
  });
  if (invite.isSuccess)
    return (
      <Dialog title={t('invite')} onClose={onClose}>
        <div role="status" className="household__link">
          <p>{t('linkOnce')}</p>
          <QrCode text={invite.data.url} label={t('code')} />
          <Copyable text={invite.data.url} label={t('link')} />
          <p className="quiet">
            {t('expires')} <DateTime moment={invite.data.expires_at} />
          </p>
        </div>
      </Dialog>
    );
  if (isSignInTooOld(invite.error))
    return (
      <SignInAgain
        signInUrl={invite.error.signInUrl}
        act="invite"
        onRetry={() => invite.mutate()}
        onClose={onClose}
      />
    );
  return (
    <Dialog
      title={t('invite')}
      onClose={onClose}
      confirm={{
        text: t('createLink'),
        variant: 'primary',
        isDisabled: invite.isPending,
        onClick: () => invite.mutate(),
      }}
    >
      <Choice
        label={t('invitedAs')}
        options={MEMBER_ROLES.map((value) => ({ value, text: t(`roles.${value}`) }))}
        value={role}
        onChange={setRole}
      />
      <p className="quiet">{t(`roleHints.${role}`)}</p>
      {own.length > 0 && (
        <Choice
          label={t('forPerson')}
          options={[
            { value: NONE, text: t('noPerson') },
            ...own.map(({ id, name }) => ({ value: id, text: name })),
          ]}
          value={personId}
          onChange={setPersonId}
        />
      )}
      {invite.isError && <p className="field__error">{invite.error.message}</p>}
    </Dialog>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Mail } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, expectOk } from '../../api/client.ts';
import { type Home, type Invitation, invitationsQuery } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { useResumedAct } from '../../design/remembered-act.ts';
import { DateTime } from '../../design/time.tsx';
import { showToast } from '../../design/toast.ts';
import { knownRole } from '../../homes/role.ts';
import { Invite } from './invite.tsx';

/** The invitations that nobody has accepted yet, and a button for another one. */
export function Invitations({ home }: { home: Home }) {
  const t = useTranslations('household');
  const onError = useProblemToast();
  const queryClient = useQueryClient();
  const { data: invitations = [] } = useQuery(invitationsQuery(home.id));
  const [isInviting, setInviting] = useState(false);
  useResumedAct('invite', () => setInviting(true));
  const withdraw = useMutation({
    mutationFn: ({ id }: Invitation) =>
      expectOk(
        api.DELETE('/api/v1/homes/{home_id}/invitations/{id}', {
          params: { path: { home_id: home.id, id } },
        }),
      ),
    onSuccess: () => showToast({ text: t('withdrawn') }),
    onError,
    onSettled: () => queryClient.invalidateQueries(invitationsQuery(home.id)),
  });
  return (
    <section className="card">
      <h2>{t('invite')}</h2>
      {invitations.length > 0 && <h3>{t('invitations')}</h3>}
      <ul className="rows">
        {invitations.map((invitation) => (
          <li key={invitation.id}>
            <Mail aria-hidden className="icon" />
            <span className="rows__main">
              <span>{t(`roles.${knownRole(invitation.role)}`)}</span>
              <span className="quiet">
                {t('expires')} <DateTime moment={invitation.expires_at} />
              </span>
            </span>
            <Button
              variant="quiet"
              aria-label={t('withdrawOne', { role: t(`roles.${knownRole(invitation.role)}`) })}
              disabled={withdraw.isPending}
              onClick={() => withdraw.mutate(invitation)}
            >
              {t('withdraw')}
            </Button>
          </li>
        ))}
      </ul>
      <div className="dialog__actions">
        <Button onClick={() => setInviting(true)}>{t('invite')}</Button>
      </div>
      {isInviting && <Invite home={home} onClose={() => setInviting(false)} />}
    </section>
  );
}

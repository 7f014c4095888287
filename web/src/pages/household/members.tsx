import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { UserRound, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, expectOk, unwrap } from '../../api/client.ts';
import { type Home, type Member, membersQuery } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { Choice } from '../../design/choice.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { useResumedAct } from '../../design/remembered-act.ts';
import { SignInAgain } from '../../design/sign-in-again.tsx';
import { isSignInTooOld } from '../../design/sign-in-too-old.ts';
import { showToast } from '../../design/toast.ts';
import { useRights } from '../../homes/current.ts';
import { MEMBER_ROLES, type MemberRole, knownRole } from '../../homes/role.ts';

/** Who may act in a home besides its owner, who alone changes that. */
export function Members({ home }: { home: Home }) {
  const t = useTranslations('household');
  const { isOwner } = useRights();
  const { data: members = [] } = useQuery(membersQuery(home.id));
  const { change, remove } = useMemberActions(home);
  // Back from signing in again, the role is chosen once more: it may have been changed meanwhile.
  useResumedAct('changeMember', () => undefined);
  const [removed, setRemoved] = useState<Member>();
  return (
    <section className="card">
      <h2>{t('members')}</h2>
      <ul className="rows">
        <li>
          <UserRound aria-hidden className="icon" />
          <span className="rows__main">
            <bdi>{home.is_own ? t('you') : home.owner_name}</bdi>
          </span>
          <span className="badge">{t('roles.owner')}</span>
        </li>
        {members.map((member) => (
          <li key={member.member_id}>
            <UserRound aria-hidden className="icon" />
            <span className="rows__main">
              <bdi>{member.name}</bdi>
              {member.email !== null && <bdi className="quiet">{member.email}</bdi>}
            </span>
            {isOwner ? (
              <>
                <Choice
                  label={t('role', { name: member.name })}
                  isLabelHidden
                  options={MEMBER_ROLES.map((value) => ({ value, text: t(`roles.${value}`) }))}
                  value={knownRole(member.role)}
                  onChange={(role) => change.mutate({ member_id: member.member_id, role })}
                />
                <Button
                  variant="quiet"
                  aria-label={t('remove', { name: member.name })}
                  onClick={() => setRemoved(member)}
                >
                  <X aria-hidden />
                </Button>
              </>
            ) : (
              <span className="badge">{t(`roles.${knownRole(member.role)}`)}</span>
            )}
          </li>
        ))}
      </ul>
      {isSignInTooOld(change.error) && (
        <SignInAgain
          signInUrl={change.error.signInUrl}
          act="changeMember"
          onRetry={() => change.variables && change.mutate(change.variables)}
          onClose={() => change.reset()}
        />
      )}
      {members.length === 0 && isOwner && <p className="quiet">{t('noMembers')}</p>}
      {removed && (
        <Dialog
          title={t('removeTitle', { name: removed.name })}
          onClose={() => setRemoved(undefined)}
          confirm={{
            text: t('remove', { name: removed.name }),
            variant: 'danger',
            isDisabled: remove.isPending,
            onClick: () => remove.mutate(removed, { onSuccess: () => setRemoved(undefined) }),
          }}
        >
          <p>{t('removeText', { name: removed.name })}</p>
        </Dialog>
      )}
    </section>
  );
}

function useMemberActions({ id: home_id }: Home) {
  const t = useTranslations('household');
  const onError = useProblemToast();
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries(membersQuery(home_id));
  const change = useMutation({
    mutationFn: ({ member_id, role }: { member_id: string; role: MemberRole }) =>
      unwrap(
        api.PATCH('/api/v1/homes/{home_id}/members/{member_id}', {
          params: { path: { home_id, member_id } },
          body: { role },
        }),
      ),
    onSuccess: () => showToast({ text: t('saved') }),
    onError,
    onSettled,
  });
  const remove = useMutation({
    mutationFn: ({ member_id }: Member) => removeMember(home_id, member_id),
    onSuccess: (_nothing, { name }) => showToast({ text: t('removed', { name }) }),
    onError,
    onSettled,
  });
  return { change, remove };
}

/** Ends a membership: the owner somebody's, or a member their own. */
export function removeMember(home_id: string, member_id: string): Promise<void> {
  return expectOk(
    api.DELETE('/api/v1/homes/{home_id}/members/{member_id}', {
      params: { path: { home_id, member_id } },
    }),
  );
}

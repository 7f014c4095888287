import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api, unwrap } from '../../api/client.ts';
import { type Person, membersQuery, peopleQuery } from '../../api/home-queries.ts';
import { Choice } from '../../design/choice.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { useResumedAct } from '../../design/remembered-act.ts';
import { SignInAgain } from '../../design/sign-in-again.tsx';
import { isSignInTooOld } from '../../design/sign-in-too-old.ts';
import { showToast } from '../../design/toast.ts';
import { useRights } from '../../homes/current.ts';

const NONE = 'none';

/** With which account a person signs in: a member of the home. Only the owner says it; nothing while there are no members. */
export function Account({ person }: { person: Person }) {
  const t = useTranslations('people');
  const { isOwner } = useRights();
  const queryClient = useQueryClient();
  const onError = useProblemToast();
  const { home_id, member_id } = person;
  const { data: members = [] } = useQuery(membersQuery(home_id));
  // Back from signing in again, it is chosen once more: it may have been changed in between.
  useResumedAct('changeMember', () => undefined);
  const change = useMutation({
    mutationFn: ({ id, person_id }: { id: string; person_id: string | null }) =>
      unwrap(
        api.PATCH('/api/v1/homes/{home_id}/members/{member_id}', {
          params: { path: { home_id, member_id: id } },
          body: { person_id },
        }),
      ),
    onSuccess: () => showToast({ text: t('saved') }),
    onError,
    onSettled: () =>
      Promise.all(
        [membersQuery(home_id), peopleQuery].map(({ queryKey }) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
  if (!isOwner || members.length === 0) return undefined;
  return (
    <>
      <Choice
        label={t('account')}
        options={[
          { value: NONE, text: t('noAccount') },
          ...members.map((member) => ({ value: member.member_id, text: member.name })),
        ]}
        value={member_id ?? NONE}
        onChange={(chosen) => {
          if (chosen !== NONE) change.mutate({ id: chosen, person_id: person.id });
          else if (member_id !== null) change.mutate({ id: member_id, person_id: null });
        }}
      />
      {isSignInTooOld(change.error) && (
        <SignInAgain
          signInUrl={change.error.signInUrl}
          act="changeMember"
          onRetry={() => change.variables && change.mutate(change.variables)}
          onClose={() => change.reset()}
        />
      )}
    </>
  );
}

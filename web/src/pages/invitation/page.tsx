import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { MailOpen, MailX } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { api, unwrap } from '../../api/client.ts';
import { invitationQuery } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { Notice, QueryProblem, Skeleton } from '../../design/notice.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { DateTime } from '../../design/time.tsx';
import { chooseHome } from '../../homes/current.ts';
import { knownRole } from '../../homes/role.ts';

const route = getRouteApi('/signed-in/join/$secret');

/** What a person is invited to, and the button that accepts it. */
export function InvitationPage() {
  const t = useTranslations('invitation');
  const onError = useProblemToast();
  const { secret } = route.useParams();
  const invitation = useQuery(invitationQuery(secret));
  const accept = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/v1/invitations/{secret}/accept', { params: { path: { secret } } })),
    onSuccess: ({ id }) => chooseHome(id),
    onError,
  });
  if (invitation.isError) return <QueryProblem queries={[invitation]} />;
  if (invitation.isPending) return <Skeleton height={320} />;
  if (invitation.data === null)
    return (
      <Notice
        icon={MailX}
        heading="h1"
        title={t('invalid')}
        action={<Button onClick={() => chooseHome(undefined)}>{t('home')}</Button>}
      >
        {t('invalidHint')}
      </Notice>
    );
  const { owner_name, home_name, role, expires_at } = invitation.data;
  return (
    <Notice
      icon={MailOpen}
      heading="h1"
      title={t('title')}
      action={
        <Button variant="primary" disabled={accept.isPending} onClick={() => accept.mutate()}>
          {t('accept')}
        </Button>
      }
    >
      {t('text', { owner: owner_name, home: home_name })} {t(`as.${knownRole(role)}`)} {t('until')}{' '}
      <DateTime moment={expires_at} />.
    </Notice>
  );
}

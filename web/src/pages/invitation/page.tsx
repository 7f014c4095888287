import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../access/avatar.tsx';
import { api, unwrap } from '../../api/client.ts';
import { invitationQuery } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { Empty } from '../../design/drawing.tsx';
import { Lead } from '../../design/lead.tsx';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { DateTime } from '../../design/time.tsx';
import { chooseHome } from '../../homes/current.ts';
import { knownRole } from '../../homes/role.ts';
import './page.css';

const route = getRouteApi('/signed-in/join/$secret');

/** What a person is invited to, and the button that accepts it. */
export function InvitationPage() {
  const t = useTranslations('invitation');
  const tRoles = useTranslations('invitation.roles');
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
      <Empty
        drawing="cut-cable"
        heading="h1"
        title={t('invalid')}
        action={<Button onClick={() => chooseHome(undefined)}>{t('home')}</Button>}
      >
        {t('invalidHint')}
      </Empty>
    );
  const { owner_name, home_name, role, expires_at } = invitation.data;
  const known = knownRole(role);
  return (
    <div className="page invitation">
      <Lead
        state="good"
        sentence={t('title')}
        facts={t('text', { owner: owner_name, home: home_name })}
        action={
          <Button variant="primary" disabled={accept.isPending} onClick={() => accept.mutate()}>
            {t('accept')}
          </Button>
        }
      >
        <p className="invitation__who">
          <Avatar person={letterOf(owner_name)} />
          <span className="rows__main">
            <strong>{tRoles(known)}</strong>
            <span>{t(`as.${known}`)}</span>
          </span>
        </p>
      </Lead>
      <p className="quiet">
        {t('until')} <DateTime moment={expires_at} />.
      </p>
    </div>
  );
}

/** Nothing but the name is known of who invites: their letter stands for them. */
function letterOf(name: string) {
  return { home_id: '', id: '', name, colour: 'teal', has_picture: false } as const;
}

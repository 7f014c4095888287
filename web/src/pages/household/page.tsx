import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import {
  type Home,
  homesQuery,
  invitationsQuery,
  membersQuery,
  peopleQuery,
} from '../../api/home-queries.ts';
import { routersQuery } from '../../api/queries.ts';
import { Choice } from '../../design/choice.tsx';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { useRights, useShownHomes } from '../../homes/current.ts';
import { HelpLink } from '../help/link.tsx';
import { SettingsFrame } from '../settings/frame.tsx';
import { AddHome, EndOfHome } from './ends.tsx';
import { Basics } from './basics.tsx';
import { Invitations } from './invitations.tsx';
import { Members } from './members.tsx';
import './page.css';
import { Routers } from './routers.tsx';

/** A home itself: its name and zone, who may act in it, and its routers. */
export function HouseholdPage() {
  const t = useTranslations('household');
  const homes = useQuery(homesQuery);
  const shown = useShownHomes();
  const [chosen, setChosen] = useState<string>();
  const home = shown.find(({ id }) => id === chosen) ?? shown[0];
  return (
    <SettingsFrame
      section="home"
      heading={
        home &&
        shown.length > 1 && (
          <Choice
            label={t('choose')}
            isLabelHidden
            options={shown.map(({ id, name }) => ({ value: id, text: name }))}
            value={home.id}
            onChange={setChosen}
          />
        )
      }
    >
      <QueryProblem queries={[homes]} />
      {homes.isPending && <Skeleton height={480} />}
      {home && <Household key={home.id} home={home} />}
    </SettingsFrame>
  );
}

function Household({ home }: { home: Home }) {
  const { isOwner } = useRights();
  const members = useQuery(membersQuery(home.id));
  // Only the owner invites, and sees who is invited.
  const invitations = useQuery({ ...invitationsQuery(home.id), enabled: isOwner });
  const queries = [members, useQuery(peopleQuery), useQuery(routersQuery)];
  const failed = queries.filter((query) => query.isLoadingError);
  if (failed.length > 0) return <QueryProblem queries={failed} />;
  if (queries.some((query) => query.isPending) || invitations.isLoading)
    return <Skeleton height={480} />;
  return (
    <>
      <Basics key={home.name} home={home} />
      <Members home={home} />
      {isOwner && <Invitations home={home} />}
      <HelpLink topic="second-parent" />
      <Routers home={home} />
      {isOwner && <AddHome />}
      <EndOfHome home={home} />
    </>
  );
}

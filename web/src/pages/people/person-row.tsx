import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../access/avatar.tsx';
import { PauseButton } from '../../access/pause-button.tsx';
import { Reason } from '../../access/reason.tsx';
import { useAccessOf } from '../../access/of-person.ts';
import { type Access, useAccessText } from '../../access/text.ts';
import { type Person, homesQuery } from '../../api/home-queries.ts';
import { useRights } from '../../homes/current.ts';
import { useIsBrowser, useMomentText, zoneOf } from '../../homes/time.tsx';
import './person-row.css';

/** A person in a list: what holds for them now and what comes next, and the button that pauses them. */
export function PersonRow({ person }: { person: Person }) {
  return (
    <li>
      <Avatar person={person} />
      <span className="rows__main person-row">
        <Link className="name" to="/people/$id" params={{ id: person.id }}>
          {person.name}
        </Link>
        <PersonState person={person} />
      </span>
      <PersonPause person={person} />
    </li>
  );
}

/** Pauses a person, or ends their pause; nothing for who may not. */
export function PersonPause({ person }: { person: Person }) {
  const { canChange } = useRights();
  const { because } = useAccessOf(person);
  const { id, home_id, name, devices } = person;
  if (!canChange) return undefined;
  const target = { target: 'person', person_id: id } as const;
  return <PauseButton of={{ homeId: home_id, name, devices, target }} because={because} />;
}

/** What holds for a person, and until when; without a restriction how many devices they have, and what comes next. */
export function PersonState({ person }: { person: Person }) {
  const { home_id, devices } = person;
  const access = useAccessOf(person);
  const t = useTranslations('people');
  const { state } = useAccessText();
  const next = useNextText();
  const home = useQuery(homesQuery).data?.find(({ id }) => id === home_id);
  const planned = next(access.next, home);
  if (access.access === 'allow')
    return (
      <span className="quiet reason">
        {t('devices', { count: devices })}
        {planned !== undefined && <span className="moment"> · {planned}</span>}
      </span>
    );
  return (
    <span className="person-row__state">
      <span className={`badge badge--${access.access === 'block' ? 'danger' : 'warning'}`}>
        {state(access)}
      </span>
      <Reason access={access} home={home} />
    </span>
  );
}

/** The next switch in a few words: "Bedtime from 21:00". */
export function useNextText() {
  const t = useTranslations('access');
  const isBrowser = useIsBrowser();
  const momentText = useMomentText();
  const { why, state } = useAccessText();
  return (next: Access['next'], home: Parameters<typeof zoneOf>[0]): string | undefined => {
    if (next === null || !isBrowser) return undefined;
    const time = t('at', { time: momentText(next.at, zoneOf(home)) });
    return `${next.because.name === null ? state(next) : why(next.because)} ${time}`;
  };
}

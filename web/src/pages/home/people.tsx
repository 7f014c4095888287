import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../access/avatar.tsx';
import { type Person, peopleQuery } from '../../api/home-queries.ts';
import type { Device } from '../../api/queries.ts';
import { buttonClass } from '../../design/button.tsx';
import { Dot } from '../../design/dot.tsx';
import { useRights } from '../../homes/current.ts';
import { deviceLabel } from '../devices/label.ts';
import { PersonPause, PersonState, useDevicesOf } from '../people/person-row.tsx';

/** The people: who is on now, what holds for each and until when, and the button that pauses them. */
export function People() {
  const t = useTranslations('home');
  const { canChange } = useRights();
  const { data: people = [] } = useQuery(peopleQuery);
  return (
    <section className="home__part">
      <header className="home__heading">
        <h2>{t('people')}</h2>
        <Link to="/people" className={buttonClass('quiet')}>
          {t('allPeople')}
        </Link>
      </header>
      {people.length === 0 && (
        <p className="quiet">
          {t('noPeople')} {canChange && <Link to="/people">{t('toPeople')}</Link>}
        </p>
      )}
      <ul className="rows">
        {people.map((person) => (
          <PersonItem key={person.id} person={person} />
        ))}
      </ul>
    </section>
  );
}

function PersonItem({ person }: { person: Person }) {
  const t = useTranslations('home');
  const devices = useDevicesOf(person);
  const here = devices.filter(({ is_online }) => is_online);
  return (
    <li className="home__person">
      <Avatar person={person} />
      <span className="rows__main home__who">
        <span className="home__on">
          <Link className="name home__name" to="/people/$id" params={{ id: person.id }}>
            {person.name}
          </Link>
          <Dot
            state={stateOf(devices)}
            label={t(`presence.${stateOf(devices)}`, { count: here.length })}
          />
          <span className="name quiet">{here.map(deviceLabel).join(', ')}</span>
        </span>
        <PersonState person={person} />
      </span>
      <PersonPause person={person} />
    </li>
  );
}

function stateOf(devices: readonly Device[]): 'here' | 'away' | 'unknown' {
  if (devices.some(({ is_online }) => is_online)) return 'here';
  const isUnknown =
    devices.length > 0 && devices.every(({ unknown_since }) => unknown_since !== null);
  return isUnknown ? 'unknown' : 'away';
}

import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { AccessFacts } from '../../access/facts.tsx';
import { Avatar } from '../../access/avatar.tsx';
import { type Person, homesQuery, peopleQuery, rulesQuery } from '../../api/home-queries.ts';
import { devicesQuery, routersQuery } from '../../api/queries.ts';
import { buttonClass } from '../../design/button.tsx';
import { Empty } from '../../design/drawing.tsx';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { useRights } from '../../homes/current.ts';
import { ZoneNote } from '../../homes/time.tsx';
import { usePageTitle } from '../../shell/page-title.ts';
import './page.css';
import { PersonDevices } from './person-devices.tsx';
import { PersonPause, offlineBesides, useDevicesOf } from './person-row.tsx';
import { PersonExceptions, PersonWeek } from './person-rules.tsx';
import { Profile } from './profile.tsx';
import { Today } from './today.tsx';
import { PersonUsage } from './usage.tsx';

const route = getRouteApi('/signed-in/people/$id');

/** One person: what holds for them now, their devices, their rules, and their name and picture. */
export function PersonPage() {
  const t = useTranslations('people');
  const { id } = route.useParams();
  const people = useQuery(peopleQuery);
  const queries = [
    people,
    useQuery(homesQuery),
    useQuery(devicesQuery),
    useQuery(rulesQuery),
    useQuery(routersQuery),
  ];
  const failed = queries.filter((query) => query.isLoadingError);
  if (failed.length > 0) return <QueryProblem queries={failed} />;
  // Together: what comes later would shift what is below it.
  if (queries.some((query) => query.isPending)) return <Skeleton height={640} />;
  const person = people.data?.find((each) => each.id === id);
  if (person === undefined)
    return (
      <Empty
        drawing="people"
        heading="h1"
        title={t('notFound')}
        action={
          <Link to="/people" className={buttonClass('plain')}>
            {t('back')}
          </Link>
        }
      />
    );
  return <OnePerson person={person} />;
}

function OnePerson({ person }: { person: Person }) {
  const t = useTranslations('people');
  const { canChange } = useRights();
  usePageTitle(person.name);
  const devices = useDevicesOf(person);
  const off = offlineBesides(person, devices);
  const home = useQuery(homesQuery).data?.find(({ id }) => id === person.home_id);
  return (
    <div className="page">
      <Link to="/people" className="back">
        <ChevronLeft aria-hidden className="icon back__arrow" />
        {t('back')}
      </Link>
      <header className="page__heading people__heading">
        <Avatar person={person} />
        <h1>
          <bdi>{person.name}</bdi>
        </h1>
        <PersonPause person={person} />
      </header>
      <div className="columns people__columns">
        <div className="people__stack">
          <section className="card">
            <h2>{t('now')}</h2>
            <AccessFacts access={person.access} home={home} />
            {off > 0 && <p>{t('someOff', { count: off, of: devices.length })}</p>}
            <Today person={person} devices={devices} />
          </section>
          <PersonDevices person={person} devices={devices} />
          <PersonUsage person={person} devices={devices} />
        </div>
        <div className="people__stack">
          <PersonWeek person={person} />
          <PersonExceptions person={person} />
          {canChange && <Profile key={person.name} person={person} />}
        </div>
      </div>
      <ZoneNote />
    </div>
  );
}

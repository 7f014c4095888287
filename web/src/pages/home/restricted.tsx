import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../access/avatar.tsx';
import { isRestricted, useAccessText, useHomeOf } from '../../access/text.ts';
import { type Person, peopleQuery } from '../../api/home-queries.ts';
import type { Device } from '../../api/queries.ts';
import { buttonClass } from '../../design/button.tsx';
import { deviceLabel } from '../devices/label.ts';
import { StateBadge } from '../devices/state-badge.tsx';
import { Picture } from './picture.tsx';
import { type Group, groupsOf } from './restrictions.ts';
import { UndoButton } from './undo-button.tsx';

const SHOWN = 6;

/** Not part of the first page. */
const Explanation = lazy(() => import('./explanation.tsx'));

/** What is restricted now, why, until when, and how to undo it. */
export function Restricted({ devices }: { devices: readonly Device[] }) {
  const t = useTranslations('home');
  const { data: people = [] } = useQuery(peopleQuery);
  const restricted = devices.filter(({ access }) => isRestricted(access));
  const groups = groupsOf(restricted);
  return (
    <section className="home__part">
      <h2>{t('restricted')}</h2>
      {groups.length === 0 && <p className="quiet">{t('noneRestricted')}</p>}
      <ul className="rows">
        {groups.slice(0, SHOWN).map((group) => (
          <RestrictedItem
            key={group.key}
            group={group}
            person={people.find(({ id }) => id === group.personId)}
          />
        ))}
      </ul>
      {groups.length > SHOWN && (
        <Link to="/devices" search={{ state: 'blocked' }} className={buttonClass('quiet')}>
          {t('all', { count: restricted.length })}
        </Link>
      )}
    </section>
  );
}

function RestrictedItem({ group, person }: { group: Group; person: Person | undefined }) {
  const t = useTranslations('home');
  const { state, speed, why, end } = useAccessText();
  const homeOf = useHomeOf();
  const [isOpen, setOpen] = useState(false);
  const { first, devices } = group;
  const { access } = first;
  const home = homeOf(first.router_id);
  const until = end(access, home);
  const isMany = devices.length > 1;
  const names = devices.map(deviceLabel).join(', ');
  return (
    <li className="home__restricted">
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          {isMany && person ? <Avatar person={person} /> : <Picture device={first} />}
          <span className="rows__main">
            <span className="name home__name">{isMany ? (person?.name ?? names) : names}</span>
            {isMany && person && <span className="name quiet home__small">{names}</span>}
            <span className="home__small">
              {isMany ? (
                <span
                  className={`badge badge--${access.access === 'block' ? 'danger' : 'warning'}`}
                >
                  {state(access)}
                </span>
              ) : (
                <StateBadge device={first} />
              )}
              <span className="quiet">
                {[speed(access), access.because.kind !== 'pause' && why(access.because)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            {(until !== undefined || access.until !== null) && (
              <span className="moment quiet home__small home__until">{until}</span>
            )}
          </span>
          <ChevronRight aria-hidden className="icon home__chevron" />
          <span className="visually-hidden">{t('why')}</span>
        </summary>
        {isOpen && (
          <Suspense fallback={<div className="home__why" />}>
            <Explanation devices={devices} home={home} />
          </Suspense>
        )}
      </details>
      <UndoButton group={group} person={person} />
    </li>
  );
}

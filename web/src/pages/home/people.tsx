import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Users } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { peopleQuery } from '../../api/home-queries.ts';
import { buttonClass } from '../../design/button.tsx';
import { useRights } from '../../homes/current.ts';
import { PersonRow } from '../people/person-row.tsx';

/** The people, each with a button that pauses them. */
export function People() {
  const t = useTranslations('home');
  const { canChange } = useRights();
  const { data: people = [] } = useQuery(peopleQuery);
  return (
    <section className="card">
      <h2>{t('people')}</h2>
      {people.length === 0 && (
        <>
          <p className="quiet rows__none">
            <Users aria-hidden className="icon" /> {t('noPeople')}
          </p>
          {canChange && (
            <div className="dialog__actions">
              <Link to="/people" className={buttonClass('plain')}>
                {t('toPeople')}
              </Link>
            </div>
          )}
        </>
      )}
      <ul className="rows">
        {people.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
      </ul>
    </section>
  );
}

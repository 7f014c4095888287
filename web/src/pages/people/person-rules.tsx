import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { type Person, rulesQuery } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { useRights } from '../../homes/current.ts';
import type { Target } from '../rules/draft.ts';
import { type Edited, RuleForm } from '../rules/form.tsx';
import { RuleRow } from '../rules/row.tsx';
import { Templates } from '../rules/templates.tsx';
import { WeekView } from '../rules/week-view.tsx';
import { minutesOf, weekOf } from '../rules/week.ts';

/** The times of the week without internet for a person, as a strip for each day, and the rules that say so. */
export function PersonWeek({ person }: { person: Person }) {
  const t = useTranslations('people');
  const { canChange } = useRights();
  const { data: rules = [] } = useQuery(rulesQuery);
  const [edited, setEdited] = useState<Edited>();
  const schedules = rules.filter(
    ({ kind, home_id }) => kind === 'schedule' && home_id === person.home_id,
  );
  const own = schedules.filter(({ person_id }) => person_id === person.id);
  const everyones = schedules.filter(({ target }) => target === 'everyone');
  const week = weekOf([...own, ...everyones]);
  return (
    <section className="card">
      <h2>{t('schedules')}</h2>
      {minutesOf(week) > 0 && <WeekView week={week} />}
      {own.length === 0 && <p className="quiet">{t('noSchedules')}</p>}
      <ul className="rows">
        {own.map((rule) => (
          <RuleRow key={rule.id} rule={rule} hasTarget={false} hasPicture={false} />
        ))}
        {everyones.map((rule) => (
          <RuleRow key={rule.id} rule={rule} hasPicture={false} />
        ))}
      </ul>
      {canChange && (
        <Templates
          home={{ id: person.home_id }}
          target={targetOf(person)}
          ids={['bedtime', 'homework']}
          onEdit={setEdited}
        />
      )}
      {edited && <RuleForm edited={edited} onClose={() => setEdited(undefined)} />}
    </section>
  );
}

/** Pauses of a person, and exceptions from what holds every week. */
export function PersonExceptions({ person }: { person: Person }) {
  const t = useTranslations('people');
  const { canChange } = useRights();
  const { data: rules = [] } = useQuery(rulesQuery);
  const [edited, setEdited] = useState<Edited>();
  const own = rules.filter(
    ({ kind, person_id }) => person_id === person.id && (kind === 'exception' || kind === 'pause'),
  );
  return (
    <section className="card">
      <h2>{t('exceptions')}</h2>
      {own.length === 0 && <p className="quiet">{t('noExceptions')}</p>}
      <ul className="rows">
        {own.map((rule) => (
          <RuleRow key={rule.id} rule={rule} hasTarget={false} />
        ))}
      </ul>
      {canChange && (
        <div className="dialog__actions">
          <Button
            onClick={() =>
              setEdited({
                homeId: person.home_id,
                kind: 'exception',
                start: (draft) => ({ ...draft, target: targetOf(person) }),
              })
            }
          >
            {t('addException')}
          </Button>
        </div>
      )}
      {edited && <RuleForm edited={edited} onClose={() => setEdited(undefined)} />}
    </section>
  );
}

function targetOf({ id }: Person): Target {
  return { target: 'person', person_id: id };
}

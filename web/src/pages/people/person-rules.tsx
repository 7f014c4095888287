import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { type Person, rulesQuery } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { useRights } from '../../homes/current.ts';
import { BEDTIME, HOMEWORK } from '../rules/draft.ts';
import { type Edited, RuleForm } from '../rules/form.tsx';
import { RuleRow } from '../rules/row.tsx';

/** What holds for a person every week, or the exceptions from it. */
export function PersonRules({ person, kind }: { person: Person; kind: 'schedule' | 'exception' }) {
  const t = useTranslations('people');
  const names = useTranslations('rules.names');
  const { canChange } = useRights();
  const { data: rules = [] } = useQuery(rulesQuery);
  const [edited, setEdited] = useState<Edited>();
  const own = rules.filter((rule) => rule.person_id === person.id && rule.kind === kind);
  const target = { target: 'person', person_id: person.id } as const;
  const add = (part: { name?: string; windows?: (typeof BEDTIME)[] }) =>
    setEdited({
      homeId: person.home_id,
      kind,
      start: (draft) => ({ ...draft, target, ...part }),
    });
  return (
    <section className="card">
      <h2>{t(kind === 'schedule' ? 'schedules' : 'exceptions')}</h2>
      {own.length === 0 && (
        <p className="quiet rows__none">
          {t(kind === 'schedule' ? 'noSchedules' : 'noExceptions')}
        </p>
      )}
      <ul className="rows">
        {own.map((rule) => (
          <RuleRow key={rule.id} rule={rule} hasTarget={false} />
        ))}
      </ul>
      {canChange && (
        <div className="dialog__actions">
          {kind === 'schedule' ? (
            <>
              <Button onClick={() => add({ name: names('bedtime'), windows: [BEDTIME] })}>
                {t('bedtime')}
              </Button>
              <Button onClick={() => add({ name: names('homework'), windows: [HOMEWORK] })}>
                {t('homework')}
              </Button>
            </>
          ) : (
            <Button onClick={() => add({})}>{t('addException')}</Button>
          )}
        </div>
      )}
      {edited && <RuleForm edited={edited} onClose={() => setEdited(undefined)} />}
    </section>
  );
}

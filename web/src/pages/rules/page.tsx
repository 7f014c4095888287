import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import {
  type Home,
  type Rule,
  homesQuery,
  peopleQuery,
  rulesQuery,
} from '../../api/home-queries.ts';
import { devicesQuery, routersQuery } from '../../api/queries.ts';
import { Button, buttonClass } from '../../design/button.tsx';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { useRights, useShownHomes } from '../../homes/current.ts';
import { ZoneNote } from '../../homes/time.tsx';
import { type Edited, RuleForm } from './form.tsx';
import { NewDeviceRules } from './new-devices.tsx';
import './page.css';
import { RuleRow } from './row.tsx';

/** All rules of the homes that are shown: pauses and exceptions, every week, new devices. */
export function RulesPage() {
  const t = useTranslations('rules');
  const homes = useShownHomes();
  const queries = [
    useQuery(homesQuery),
    useQuery(rulesQuery),
    useQuery(peopleQuery),
    useQuery(devicesQuery),
    useQuery(routersQuery),
  ];
  const isPending = queries.some((query) => query.isPending);
  const failed = queries.filter((query) => query.isLoadingError);
  const isHere = !isPending && failed.length === 0;
  return (
    <div className="page">
      <header className="page__heading">
        <h1>{t('title')}</h1>
        {isHere && homes.length === 1 && homes[0] && <AddRule home={homes[0]} />}
      </header>
      <QueryProblem queries={failed} />
      {isPending && failed.length === 0 && <Skeleton height={480} />}
      {isHere &&
        homes.map((home) => <HomeRules key={home.id} home={home} isOne={homes.length === 1} />)}
      <ZoneNote />
    </div>
  );
}

function HomeRules({ home, isOne }: { home: Home; isOne: boolean }) {
  const t = useTranslations('rules');
  const { data = [] } = useQuery(rulesQuery);
  const rules = data.filter(({ home_id }) => home_id === home.id);
  const [edited, setEdited] = useState<Edited>();
  return (
    <>
      {!isOne && (
        <div className="page__heading rules__home">
          <h2>
            <bdi>{home.name}</bdi>
          </h2>
          <AddRule home={home} />
        </div>
      )}
      <div className="columns rules__columns">
        <Rules
          title={t('now')}
          none={t('noneNow')}
          rules={rules.filter(({ kind }) => kind === 'pause' || kind === 'exception')}
        />
        <Rules
          title={t('schedules')}
          none={t('noSchedules')}
          rules={rules.filter(({ kind }) => kind === 'schedule')}
        />
        <NewDeviceRules
          home={home}
          rules={rules.filter(({ kind }) => kind === 'new_device')}
          onEdit={setEdited}
        />
        <section className="card">
          <h2>{t('policyTitle')}</h2>
          <p className="quiet">{t('policyHint')}</p>
          <div className="dialog__actions">
            <Link to="/policy" className={buttonClass('plain')}>
              {t('toPolicy')}
            </Link>
          </div>
        </section>
      </div>
      {edited && <RuleForm edited={edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}

function AddRule({ home }: { home: Home }) {
  const t = useTranslations('rules');
  const { canChange } = useRights();
  const [edited, setEdited] = useState<Edited>();
  if (!canChange) return undefined;
  return (
    <>
      <Button
        variant="primary"
        onClick={() => setEdited({ homeId: home.id, kind: 'schedule', start: (draft) => draft })}
      >
        <Plus aria-hidden />
        {t('add')}
      </Button>
      {edited && <RuleForm edited={edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}

function Rules({ title, none, rules }: { title: string; none: string; rules: readonly Rule[] }) {
  return (
    <section className="card">
      <h2>{title}</h2>
      {rules.length === 0 && <p className="quiet rows__none">{none}</p>}
      <ul className="rows">
        {rules.map((rule) => (
          <RuleRow key={rule.id} rule={rule} />
        ))}
      </ul>
    </section>
  );
}

import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus, Router as RouterIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import {
  type Home,
  type Rule,
  homesQuery,
  peopleQuery,
  rulesQuery,
} from '../../api/home-queries.ts';
import { devicesQuery, listQuery, policyQuery, routersQuery } from '../../api/queries.ts';
import { Button, buttonClass } from '../../design/button.tsx';
import { Notice, QueryProblem, Skeleton } from '../../design/notice.tsx';
import { useRights, useShownHomes } from '../../homes/current.ts';
import { ZoneNote } from '../../homes/time.tsx';
import { HelpLink } from '../help/link.tsx';
import { type Edited, RuleForm } from './form.tsx';
import { RouterModes } from './modes.tsx';
import { NewDeviceRules } from './new-devices.tsx';
import './page.css';
import { RuleRow } from './row.tsx';
import { Templates } from './templates.tsx';

/** All that decides in the homes that are shown: who may use the internet, rules in time, and what new devices get. */
export function RulesPage() {
  const t = useTranslations('rules');
  const homes = useShownHomes();
  const routers = useQuery(routersQuery);
  const ofRouters = [
    ...useQueries({ queries: (routers.data ?? []).map(({ router_id }) => policyQuery(router_id)) }),
    ...useQueries({
      queries: (routers.data ?? []).flatMap(({ router_id }) => [
        listQuery('whitelist', router_id),
        listQuery('blacklist', router_id),
      ]),
    }),
  ];
  // Together: what comes later would shift what is below it.
  const queries = [
    useQuery(homesQuery),
    useQuery(rulesQuery),
    useQuery(peopleQuery),
    useQuery(devicesQuery),
    routers,
    ...ofRouters,
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
  const { canChange } = useRights();
  const { data = [] } = useQuery(rulesQuery);
  const rules = data.filter(({ home_id }) => home_id === home.id);
  const schedules = rules.filter(({ kind }) => kind === 'schedule');
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
      <Modes home={home} />
      <div className="columns rules__columns">
        <section className="rules__section">
          <h2>{t('schedules')}</h2>
          {schedules.length > 0 && <RuleList rules={schedules} />}
          {schedules.length === 0 && <p className="quiet">{t('noSchedules')}</p>}
          {canChange && (
            <Templates home={home} ids={['bedtime', 'homework', 'guests']} onEdit={setEdited} />
          )}
          <HelpLink topic="bedtime" />
        </section>
        <div className="page">
          <section className="rules__section">
            <h2>{t('now')}</h2>
            <RuleList
              none={t('noneNow')}
              rules={rules.filter(({ kind }) => kind === 'pause' || kind === 'exception')}
            />
          </section>
          <NewDeviceRules
            home={home}
            rules={rules.filter(({ kind }) => kind === 'new_device')}
            onEdit={setEdited}
          />
        </div>
      </div>
      {edited && <RuleForm edited={edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}

/** Who may use the internet, for each router of a home. */
function Modes({ home }: { home: Home }) {
  const t = useTranslations('rules');
  const { data = [] } = useQuery(routersQuery);
  const routers = data.filter(({ home_id }) => home_id === home.id);
  if (routers.length === 0)
    return (
      <Notice
        icon={RouterIcon}
        title={t('noRouter')}
        action={
          <Link to="/routers" className={buttonClass('primary')}>
            {t('toRouters')}
          </Link>
        }
      >
        {t('noRouterHint')}
      </Notice>
    );
  return routers.map((router) => (
    <RouterModes key={router.router_id} router={router} isOnly={data.length === 1} />
  ));
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

function RuleList({ rules, none }: { rules: readonly Rule[]; none?: string }) {
  return (
    <div className="rules__list">
      {rules.length === 0 && <p className="quiet rows__none">{none}</p>}
      <ul className="rows">
        {rules.map((rule) => (
          <RuleRow key={rule.id} rule={rule} />
        ))}
      </ul>
    </div>
  );
}

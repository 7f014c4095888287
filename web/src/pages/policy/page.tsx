import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Router } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { devicesQuery, listQuery, policyQuery, routersQuery } from '../../api/queries.ts';
import { buttonClass } from '../../design/button.tsx';
import { Notice, QueryProblem, Skeleton } from '../../design/notice.tsx';
import { RouterChoice } from '../routers/choice.tsx';
import { RouterState } from '../routers/state.tsx';
import { List } from './list.tsx';
import './page.css';
import { RulesForm } from './rules-form.tsx';

/** The policy of a router: its mode and rates, with a preview of a change, and both lists. */
export function PolicyPage() {
  const t = useTranslations('policy');
  const routers = useQuery(routersQuery);
  const [chosen, setChosen] = useState<string>();
  const router = routers.data?.find(({ router_id }) => router_id === chosen) ?? routers.data?.[0];
  return (
    <div className="page">
      <header className="page__heading">
        <h1>{t('title')}</h1>
        {router && <RouterState router={router} />}
        {router && (
          <RouterChoice routers={routers.data} value={router.router_id} onChange={setChosen} />
        )}
      </header>
      {routers.isPending && <Skeleton height={480} />}
      <QueryProblem queries={[routers]} />
      {routers.isSuccess && router === undefined && (
        <Notice
          icon={Router}
          title={t('noRouter')}
          action={
            <Link to="/routers" className={buttonClass('primary')}>
              {t('toRouters')}
            </Link>
          }
        >
          {t('noRouterHint')}
        </Notice>
      )}
      {router && <RouterPolicy key={router.router_id} routerId={router.router_id} />}
    </div>
  );
}

function RouterPolicy({ routerId }: { routerId: string }) {
  const policy = useQuery(policyQuery(routerId));
  const whitelist = useQuery(listQuery('whitelist', routerId));
  const blacklist = useQuery(listQuery('blacklist', routerId));
  const devices = useQuery(devicesQuery);
  const queries = [policy, whitelist, blacklist, devices];
  if (queries.some(({ isError }) => isError)) return <QueryProblem queries={queries} />;
  if (!policy.isSuccess || !whitelist.isSuccess || !blacklist.isSuccess || !devices.isSuccess)
    return <Skeleton height={480} />;
  const own = devices.data.filter(({ router_id }) => router_id === routerId);
  return (
    <>
      <RulesForm policy={policy.data} devices={own} />
      <div className="columns">
        <List name="whitelist" routerId={routerId} entries={whitelist.data} devices={own} />
        <List name="blacklist" routerId={routerId} entries={blacklist.data} devices={own} />
      </div>
    </>
  );
}

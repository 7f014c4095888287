import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Router } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import {
  blacklistQuery,
  devicesQuery,
  policyQuery,
  routersQuery,
  whitelistQuery,
} from '../../api/queries.ts';
import { buttonClass } from '../../design/button.tsx';
import { Choice } from '../../design/choice.tsx';
import { Notice, ProblemNotice, Skeleton } from '../../design/notice.tsx';
import { RouterState } from '../routers/state.tsx';
import { List } from './list.tsx';
import './page.css';
import { RulesForm } from './rules-form.tsx';

/** Who gets through, router by router: the mode with a preview, the rates, both lists. */
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
        {router && (routers.data?.length ?? 0) > 1 && (
          <Choice
            label={t('router')}
            isLabelHidden
            options={(routers.data ?? []).map(({ router_id, router_name }) => ({
              value: router_id,
              text: router_name ?? router_id,
            }))}
            value={router.router_id}
            onChange={setChosen}
          />
        )}
      </header>
      {routers.isPending && <Skeleton height={480} />}
      {routers.isError && (
        <ProblemNotice error={routers.error} onRetry={() => void routers.refetch()} />
      )}
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
      {router && <OfRouter key={router.router_id} routerId={router.router_id} />}
    </div>
  );
}

function OfRouter({ routerId }: { routerId: string }) {
  const policy = useQuery(policyQuery(routerId));
  const whitelist = useQuery(whitelistQuery(routerId));
  const blacklist = useQuery(blacklistQuery(routerId));
  const devices = useQuery(devicesQuery);
  const failed = [policy, whitelist, blacklist, devices].find(({ isError }) => isError);
  if (failed?.error) {
    return (
      <ProblemNotice
        error={failed.error}
        onRetry={() => {
          for (const query of [policy, whitelist, blacklist, devices]) void query.refetch();
        }}
      />
    );
  }
  if (!policy.isSuccess || !whitelist.isSuccess || !blacklist.isSuccess || !devices.isSuccess)
    return <Skeleton height={480} />;
  const own = devices.data.filter(({ router_id }) => router_id === routerId);
  return (
    <>
      <RulesForm policy={policy.data} devices={own} />
      <div className="policy__lists">
        <List name="whitelist" routerId={routerId} entries={whitelist.data} devices={own} />
        <List name="blacklist" routerId={routerId} entries={blacklist.data} devices={own} />
      </div>
    </>
  );
}

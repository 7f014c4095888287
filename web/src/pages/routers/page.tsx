import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { routersQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Empty } from '../../design/drawing.tsx';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { useResumedAct } from '../../design/remembered-act.ts';
import { useRights } from '../../homes/current.ts';
import { HelpLink } from '../help/link.tsx';
import { LinkDialog } from './link-dialog.tsx';
import './page.css';
import { ReplaceDialog } from './replace-dialog.tsx';
import { RouterCard } from './router-card.tsx';

/** All routers, and the way to link one. */
export function RoutersPage() {
  const t = useTranslations('routers');
  const routers = useQuery(routersQuery);
  const [isLinking, setLinking] = useState(false);
  /** Ids of a router and of the one that it is to replace. */
  const [replacing, setReplacing] = useState<readonly [string, string]>();
  useResumedAct('linkRouter', () => setLinking(true));
  useResumedAct('replaceRouter', (details) => {
    const [id = '', old = ''] = details.split(' ');
    setReplacing([id, old]);
  });
  const all = routers.data ?? [];
  const newer = all.find(({ router_id }) => router_id === replacing?.[0]);
  const { canChange } = useRights();
  const link = canChange && (
    <Button variant="primary" onClick={() => setLinking(true)}>
      <Plus aria-hidden />
      {t('link')}
    </Button>
  );
  return (
    <div className="page">
      <header className="page__heading">
        <h1>{t('title')}</h1>
        {link}
      </header>
      {routers.isPending && <Skeleton height={240} />}
      <QueryProblem queries={[routers]} />
      {routers.isSuccess && routers.data.length === 0 && (
        <Empty drawing="router" title={t('none')}>
          {t('noneHint')}
        </Empty>
      )}
      <div className="routers__cards">
        {all.map((router) => (
          <RouterCard
            key={router.router_id}
            router={router}
            others={all.filter((other) => other !== router)}
          />
        ))}
      </div>
      {all.length > 0 && <HelpLink topic="moving-house" />}
      {isLinking && (
        <LinkDialog
          onClose={() => setLinking(false)}
          onReplace={(id, old) => {
            setLinking(false);
            setReplacing([id, old]);
          }}
        />
      )}
      {newer !== undefined && all.length > 1 && (
        <ReplaceDialog
          router={newer}
          others={all.filter((other) => other !== newer)}
          chosen={replacing?.[1]}
          onClose={() => setReplacing(undefined)}
        />
      )}
    </div>
  );
}

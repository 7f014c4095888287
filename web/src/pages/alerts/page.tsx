import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight, History } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { type Channels, channelsQuery, preferencesQuery } from '../../api/alert-queries.ts';
import { type Home, homesQuery } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { Empty } from '../../design/drawing.tsx';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { useResumedAct } from '../../design/remembered-act.ts';
import { followSubscription } from '../../push/subscription.ts';
import { HelpLink } from '../help/link.tsx';
import { SettingsFrame } from '../settings/frame.tsx';
import { AddChannel } from './add-channel.tsx';
import { ChannelRow } from './channel-row.tsx';
import { type Kind, kindOf } from './fields.ts';
import { HomeChoice, useOneHome } from './one-home.tsx';
import './page.css';
import { Quiet } from './quiet.tsx';
import { Watched } from './watched.tsx';

/** What the person is told of in a home, and where. */
export function AlertsPage() {
  const t = useTranslations('alerts');
  const homes = useQuery(homesQuery);
  const choice = useOneHome();
  return (
    <SettingsFrame section="alerts" heading={<HomeChoice choice={choice} />}>
      <p className="quiet">{t('lead')}</p>
      <QueryProblem queries={[homes]} />
      {homes.isPending && <Skeleton height={480} />}
      {choice.home && <AlertsOf key={choice.home.id} home={choice.home} />}
    </SettingsFrame>
  );
}

function AlertsOf({ home }: { home: Home }) {
  const channels = useQuery(channelsQuery(home.id));
  // What goes wrong there shows in the log: nothing arrives.
  useEffect(() => void followSubscription().catch(() => undefined), []);
  const preferences = useQuery(preferencesQuery(home.id));
  const queries = [channels, preferences];
  const failed = queries.filter((query) => query.isLoadingError);
  if (failed.length > 0) return <QueryProblem queries={failed} />;
  if (channels.data === undefined || preferences.data === undefined)
    return <Skeleton height={480} />;
  return (
    <>
      <ChannelList home={home} channels={channels.data} />
      <Quiet home={home} preferences={preferences.data} />
      {home.role !== 'child' && (
        <>
          <Watched home={home} preferences={preferences.data} />
          <LogLink />
        </>
      )}
      <HelpLink topic="be-told" />
    </>
  );
}

function ChannelList({ home, channels }: { home: Home; channels: Channels }) {
  const t = useTranslations('alerts');
  const [adding, setAdding] = useState<{ kind: Kind | undefined }>();
  useResumedAct('addChannel', (details) => setAdding({ kind: kindOf(details) }));
  const { items } = channels;
  const add = (variant: 'primary' | 'plain') => (
    <Button variant={variant} onClick={() => setAdding({ kind: undefined })}>
      {t('add')}
    </Button>
  );
  return (
    <section className="card">
      <h2>{t('channels')}</h2>
      {items.length === 0 ? (
        <Empty drawing="home" heading="h3" title={t('none')} action={add('primary')}>
          {t('noneHint')}
        </Empty>
      ) : (
        <>
          <ul className="rows">
            {items.map((channel) => (
              <ChannelRow key={channel.id} home={home} channel={channel} />
            ))}
          </ul>
          <div className="dialog__actions">{add('plain')}</div>
        </>
      )}
      {adding && (
        <AddChannel
          home={home}
          channels={channels}
          first={adding.kind}
          onClose={() => setAdding(undefined)}
        />
      )}
    </section>
  );
}

function LogLink() {
  const t = useTranslations('alerts');
  return (
    <Link to="/settings/alerts/log" className="card alerts__log-link">
      <History aria-hidden className="icon" />
      <span className="rows__main">
        <span>{t('log')}</span>
        <span className="quiet">{t('logHint')}</span>
      </span>
      <ChevronRight aria-hidden className="icon alerts__arrow" />
    </Link>
  );
}

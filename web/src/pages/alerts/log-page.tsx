import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { type Delivery, deliveriesQuery } from '../../api/alert-queries.ts';
import { type Home, homesQuery } from '../../api/home-queries.ts';
import { Choice } from '../../design/choice.tsx';
import { Empty } from '../../design/drawing.tsx';
import { LoadMore } from '../../design/load-more.tsx';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { RelativeTime, useDateText } from '../../design/time.tsx';
import { SettingsFrame } from '../settings/frame.tsx';
import { KindIcon } from './kind-icon.tsx';
import { logKindOf } from './kinds.ts';
import { HomeChoice, useOneHome } from './one-home.tsx';
import './page.css';
import { useAlertProblem } from './problem.ts';

const STATES = ['all', 'waiting', 'delivered', 'given_up', 'dropped'] as const;
type Shown = (typeof STATES)[number];

/** What was sent to everybody in a home, and what became of it. */
export function AlertLogPage() {
  const t = useTranslations('alerts');
  const homes = useQuery(homesQuery);
  const choice = useOneHome();
  const [shown, setShown] = useState<Shown>('all');
  return (
    <SettingsFrame
      section="alerts"
      title={t('log')}
      heading={
        <>
          <HomeChoice choice={choice} />
          <Choice
            label={t('stateOf')}
            isLabelHidden
            options={STATES.map((value) => ({ value, text: t(`states.${value}`) }))}
            value={shown}
            onChange={setShown}
          />
        </>
      }
    >
      <p className="quiet">{t('logLead')}</p>
      <QueryProblem queries={[homes]} />
      {homes.isPending && <Skeleton height={480} />}
      {choice.home && <LogOf key={choice.home.id} home={choice.home} shown={shown} />}
    </SettingsFrame>
  );
}

function LogOf({ home, shown }: { home: Home; shown: Shown }) {
  const t = useTranslations('alerts');
  const log = useInfiniteQuery(deliveriesQuery(home.id, shown === 'all' ? undefined : shown));
  const dateText = useDateText();
  const pages = log.data?.pages;
  const days = useMemo(() => {
    const dayOf = ({ created_at }: Delivery) =>
      dateText(new Date(created_at), { dateStyle: 'full' });
    return [...Map.groupBy(pages?.flatMap(({ items }) => items) ?? [], dayOf)];
  }, [pages, dateText]);
  if (log.isPending) return <Skeleton height={480} />;
  if (log.isLoadingError) return <QueryProblem queries={[log]} />;
  if (days.length === 0)
    return shown === 'all' ? (
      <Empty drawing="sleeping" title={t('logNone')}>
        {t('logNoneHint')}
      </Empty>
    ) : (
      <Empty drawing="search" title={t('logNoneFiltered')} />
    );
  return (
    <>
      {days.map(([day, ofDay]) => (
        <section key={day} className="alerts__day">
          <h2>{day}</h2>
          <ul>
            {ofDay.map((delivery) => (
              <Entry key={delivery.id} delivery={delivery} />
            ))}
          </ul>
        </section>
      ))}
      <LoadMore list={log} />
    </>
  );
}

const TONES: Record<Delivery['state'], string> = {
  waiting: 'badge badge--warning',
  delivered: 'badge badge--good',
  given_up: 'badge badge--danger',
  dropped: 'badge',
};

function Entry({ delivery }: { delivery: Delivery }) {
  const t = useTranslations('alerts');
  const dateText = useDateText();
  const problemOf = useAlertProblem();
  const { channel_kind, channel_name, member_name, kind, title, state, problem } = delivery;
  const whose = member_name === null ? 'you' : member_name === '' ? 'former' : 'other';
  return (
    <li>
      <KindIcon kind={channel_kind} />
      <span className="rows__main">
        <bdi>{title === '' ? t(`kinds.${logKindOf(kind)}`) : title}</bdi>
        <span className="quiet">
          {t(`whose.${whose}`, { name: member_name ?? '', channel: channel_name })}
          {' · '}
          <time dateTime={delivery.created_at}>
            {dateText(new Date(delivery.created_at), { timeStyle: 'short' })}
          </time>
        </span>
        {problem !== null && state !== 'delivered' && (
          <span className={state === 'dropped' ? 'quiet' : 'alerts__why'}>
            {problemOf(problem)}
          </span>
        )}
        {state === 'waiting' && delivery.tries > 0 && <NextTry delivery={delivery} />}
      </span>
      <span className={TONES[state]}>{t(`states.${state}`)}</span>
    </li>
  );
}

/** How often it was tried, and when it is tried again. */
function NextTry({ delivery: { tries, next_at } }: { delivery: Delivery }) {
  const t = useTranslations('alerts');
  return (
    <span className="quiet">
      {t('tries', { count: tries })}
      {next_at !== null && (
        <>
          {' · '}
          {t('nextTry')} <RelativeTime moment={next_at} />
        </>
      )}
    </span>
  );
}

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { type AuditEntry, auditQuery, meQuery, routersQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Choice } from '../../design/choice.tsx';
import { Empty } from '../../design/drawing.tsx';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { LoadMore } from '../../design/load-more.tsx';
import { useDateText } from '../../design/time.tsx';
import { RouterChoice } from '../routers/choice.tsx';
import { Entry, type Filter } from './entries.tsx';
import { type Sentence, sentencesOf, whoOf } from './fold.ts';
import './page.css';
import { useOutages, withOutages } from './outages.ts';
import { SUBJECTS, type Subject } from './subject.ts';
import { useUndo } from './use-undo.tsx';

const route = getRouteApi('/signed-in/activity');
const NONE: readonly AuditEntry[] = [];
const NO_OUTAGES: readonly Sentence[] = [];

type Search = Filter & { what?: Subject };

/** Who did what and when, in sentences, newest first, by day. */
export function ActivityPage() {
  const t = useTranslations('activity');
  // In the address, so that it can be bookmarked, sent, and gone back to.
  const { what: subject = 'all', router = 'all', who, token } = route.useSearch();
  const navigate = useNavigate();
  const filter = (changed: Search) => {
    const { what, router: from, ...by } = { what: subject, router, who, token, ...changed };
    void navigate({
      to: '/activity',
      search: {
        ...by,
        ...(what !== 'all' && { what }),
        ...(from !== 'all' && { router: from }),
      },
    });
  };
  const routers = useQuery(routersQuery);
  const audit = useInfiniteQuery(
    auditQuery({
      ...(subject !== 'all' && { action: subject }),
      ...(router !== 'all' && { router_id: router }),
      ...(who !== undefined && { actor_id: who }),
      ...(token !== undefined && { token_name: token }),
    }),
  );
  const pages = audit.data?.pages;
  const entries = useMemo(() => pages?.flatMap(({ items }) => items) ?? NONE, [pages]);
  const known = useOutages(routers.data, { subject, router, who, token });
  const outages = known ?? NO_OUTAGES;
  // Together: an outage that comes later would move what is below it. Without the routers there are none to wait for.
  const isPending = audit.isPending || (known === undefined && !routers.isError);
  const isFiltered =
    subject !== 'all' || router !== 'all' || who !== undefined || token !== undefined;
  return (
    <div className="page activity">
      <header className="page__heading">
        <h1>{t('title')}</h1>
        <Choice
          label={t('subject')}
          isLabelHidden
          options={SUBJECTS.map((value) => ({ value, text: t(`subjects.${value}`) }))}
          value={subject}
          onChange={(what) => filter({ what })}
        />
        <RouterChoice
          routers={routers.data}
          hasAll
          value={router}
          onChange={(from) => filter({ router: from })}
        />
      </header>
      <Filters who={who} token={token} entries={entries} onChange={filter} />
      {isPending && <Skeleton height={480} />}
      <QueryProblem queries={[audit]} />
      {audit.isSuccess && !isPending && entries.length === 0 && outages.length === 0 && (
        <Nothing isFiltered={isFiltered} />
      )}
      {audit.isSuccess && !isPending && (
        <Days
          entries={entries}
          outages={outages}
          isWhole={!audit.hasNextPage}
          hasRouters={(routers.data?.length ?? 0) > 1}
          onFilter={filter}
        />
      )}
      <LoadMore list={audit} />
    </div>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const t = useTranslations('activity');
  const navigate = useNavigate();
  return (
    <Empty
      drawing={isFiltered ? 'search' : 'sleeping'}
      title={t(isFiltered ? 'noneFiltered' : 'none')}
      action={
        isFiltered && (
          <Button onClick={() => void navigate({ to: '/activity', search: {} })}>
            {t('showAll')}
          </Button>
        )
      }
    >
      {isFiltered ? undefined : t('noneHint')}
    </Empty>
  );
}

/** Whose actions are shown, if not everybody's: each can be taken away. */
function Filters({
  who,
  token,
  entries,
  onChange,
}: {
  who: string | undefined;
  token: string | undefined;
  entries: readonly AuditEntry[];
  onChange: (filter: Filter) => void;
}) {
  const t = useTranslations('activity');
  const { data: me } = useQuery(meQuery);
  if (who === undefined && token === undefined) return undefined;
  // The name is in every entry that is shown.
  const [first] = entries;
  const actor = first && whoOf(first, me?.id);
  const name = actor?.name ?? t(actor?.is === 'you' ? 'names.you' : 'names.person');
  const chip = (text: string, onRemove: () => void) => (
    <button
      type="button"
      className="chip chip--chosen"
      aria-label={t('remove', { name: text })}
      onClick={onRemove}
    >
      <bdi>{text}</bdi>
      <X aria-hidden className="icon" />
    </button>
  );
  return (
    <p className="activity__chips">
      {who !== undefined && chip(name, () => onChange({ who: undefined }))}
      {token !== undefined &&
        chip(t('names.token', { name: token }), () => onChange({ token: undefined }))}
    </p>
  );
}

/** The sentences under their days. */
function Days({
  entries,
  outages,
  isWhole,
  hasRouters,
  onFilter,
}: {
  entries: readonly AuditEntry[];
  outages: readonly Sentence[];
  /** Whether there are no older entries to load. */
  isWhole: boolean;
  hasRouters: boolean;
  onFilter: (filter: Filter) => void;
}) {
  const t = useTranslations('activity');
  const dateText = useDateText();
  const { data: me } = useQuery(meQuery);
  const { undoOf, dialog } = useUndo(entries);
  const sentences = useMemo(() => {
    const done = sentencesOf(entries, me?.id, (at) =>
      dateText(new Date(at), { dateStyle: 'short' }),
    );
    return withOutages(done, outages, isWhole);
  }, [entries, outages, isWhole, me?.id, dateText]);
  // They come last, and are not among those that were recorded here.
  const dayOf = ({ at, isImported }: Sentence) => {
    const day = dateText(new Date(at), { dateStyle: 'full' });
    return isImported ? t('imported', { day }) : day;
  };
  return (
    <>
      {[...Map.groupBy(sentences, dayOf)].map(([day, ofDay]) => (
        <section key={day} className="activity__day">
          <h2>{day}</h2>
          <ul>
            {ofDay.map((sentence) => (
              <Entry
                key={sentence.id}
                sentence={sentence}
                undoOf={undoOf}
                me={me?.id}
                hasRouter={hasRouters}
                onFilter={onFilter}
              />
            ))}
          </ul>
        </section>
      ))}
      {dialog}
    </>
  );
}

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import {
  type AuditEntry,
  type Device,
  auditQuery,
  devicesQuery,
  routersQuery,
} from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Choice } from '../../design/choice.tsx';
import { Notice, QueryProblem, Skeleton } from '../../design/notice.tsx';
import { LoadMore } from '../../design/load-more.tsx';
import { useDateText } from '../../design/time.tsx';
import { deviceLabel } from '../devices/label.ts';
import { RouterChoice } from '../routers/choice.tsx';
import './page.css';
import { SUBJECTS, type Subject, deviceIdOf } from './subject.ts';
import { useActionText } from './text.ts';

const route = getRouteApi('/signed-in/activity');

/** Who did what and when, newest first, by day. */
export function ActivityPage() {
  const t = useTranslations('activity');
  // In the address, so that it can be bookmarked, sent, and gone back to.
  const { what: subject = 'all', router = 'all' } = route.useSearch();
  const navigate = useNavigate();
  const filter = (what: Subject, from: string) =>
    navigate({
      to: '/activity',
      search: { ...(what !== 'all' && { what }), ...(from !== 'all' && { router: from }) },
    });
  const routers = useQuery(routersQuery);
  const audit = useInfiniteQuery(
    auditQuery({
      ...(subject !== 'all' && { action: subject }),
      ...(router !== 'all' && { router_id: router }),
    }),
  );
  const devices = useQuery(devicesQuery);
  // Together: names that come later would shift the rows below them.
  const isPending = audit.isPending || devices.isPending;
  const entries = audit.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div className="page">
      <header className="page__heading">
        <h1>{t('title')}</h1>
        <Choice
          label={t('subject')}
          isLabelHidden
          options={SUBJECTS.map((value) => ({ value, text: t(`subjects.${value}`) }))}
          value={subject}
          onChange={(what) => void filter(what, router)}
        />
        <RouterChoice
          routers={routers.data}
          hasAll
          value={router}
          onChange={(from) => void filter(subject, from)}
        />
      </header>
      {isPending && <Skeleton height={480} />}
      <QueryProblem queries={[audit]} />
      {!isPending && audit.isSuccess && entries.length === 0 && (
        <Notice
          icon={Activity}
          title={t('none')}
          action={
            (subject !== 'all' || router !== 'all') && (
              <Button onClick={() => void filter('all', 'all')}>{t('showAll')}</Button>
            )
          }
        >
          {t('noneHint')}
        </Notice>
      )}
      {!isPending && <Days entries={entries} devices={devices.data ?? []} />}
      <LoadMore list={audit} />
    </div>
  );
}

/** The entries under their days. */
function Days({
  entries,
  devices,
}: {
  entries: readonly AuditEntry[];
  devices: readonly Device[];
}) {
  const dateText = useDateText();
  const byId = new Map(devices.map((device) => [device.id, device]));
  const t = useTranslations('activity');
  // They come last, and are not among those that were recorded here.
  const days = Map.groupBy(entries, ({ at, imported_at }) => {
    const day = dateText(new Date(at), { dateStyle: 'full' });
    return imported_at === null ? day : t('imported', { day });
  });
  return [...days].map(([day, ofDay]) => (
    <section key={day} className="card">
      <h2>{day}</h2>
      <ul className="rows">
        {ofDay.map((entry) => (
          <Entry key={entry.id} entry={entry} device={byId.get(deviceIdOf(entry))} />
        ))}
      </ul>
    </section>
  ));
}

function Entry({ entry, device }: { entry: AuditEntry; device: Device | undefined }) {
  const t = useTranslations('activity');
  const dateText = useDateText();
  const actionText = useActionText();
  const what = device ? deviceLabel(device) : namedIn(entry.details);
  return (
    <li>
      <time className="activity__time quiet" dateTime={entry.at}>
        {dateText(new Date(entry.at), { timeStyle: 'short' })}
      </time>
      <span className="rows__main">
        <span>{actionText(entry.action)}</span>
        {what !== undefined && <span className="name quiet">{what}</span>}
        <Asked entry={entry} />
      </span>
      {entry.actor_name !== null && <bdi className="badge">{entry.actor_name}</bdi>}
      {entry.actor !== 'user' && <span className="badge">{t(`actors.${actorOf(entry)}`)}</span>}
    </li>
  );
}

/** For how long somebody asked, and why. */
function Asked({ entry: { action, details } }: { entry: AuditEntry }) {
  const t = useTranslations('access');
  if (action !== 'access.asked' || typeof details !== 'object' || details === null)
    return undefined;
  const minutes: unknown = Reflect.get(details, 'minutes');
  const message: unknown = Reflect.get(details, 'message');
  return (
    <span className="quiet">
      {typeof minutes === 'number' && t('minutes', { count: minutes })}
      {typeof message === 'string' && (
        <>
          {': '}
          <bdi>{message}</bdi>
        </>
      )}
    </span>
  );
}

function actorOf({ actor }: AuditEntry): 'imported' | 'operator' | 'router' | 'system' {
  return actor === 'imported' || actor === 'operator' || actor === 'router' ? actor : 'system';
}

/** The name in the details, which may be anything in entries of other versions. */
function namedIn(details: unknown): string | undefined {
  if (typeof details !== 'object' || details === null) return undefined;
  for (const key of ['device_name', 'hostname', 'router_name', 'name', 'device_mac', 'device_ip']) {
    const value: unknown = Reflect.get(details, key);
    if (typeof value === 'string') return value;
  }
  return undefined;
}

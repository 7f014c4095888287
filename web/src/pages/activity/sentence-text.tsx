import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useDurationText } from '../../design/duration.ts';
import { kindOf } from '../../design/tile.tsx';
import type { Sentence as Said, Who } from './fold.ts';
import type { Name, Place, Told } from './told.ts';

const MINUTE_MS = 60_000;

/** A sentence of the activity, with links to what it is about. */
export function Sentence({ of: { who, told, count } }: { of: Said }) {
  const t = useTranslations('activity.say');
  const { valuesOf } = useWords();
  return (
    <span className="sentence">
      {t.rich(told.say, {
        ...valuesOf(who, told, count),
        who: actorOf(who),
        thing: linkOf(told.thing),
        other: linkOf(told.other),
        old: linkOf(told.old),
      })}
    </span>
  );
}

const actorOf = (who: Who) => () => <Actor who={who} />;
const linkOf = (name: Name | undefined) => () => <NameLink name={name} />;

/** The same without links, for a toast or a label. */
export function useSentence(): (sentence: Said) => string {
  const t = useTranslations('activity.say');
  const { valuesOf, whoText, nameText } = useWords();
  return ({ who, told, count }) =>
    t.markup(told.say, {
      ...valuesOf(who, told, count),
      who: () => whoText(who),
      thing: () => nameText(told.thing),
      other: () => nameText(told.other),
      old: () => nameText(told.old),
    });
}

/** The words of a sentence that depend on who acted and on the language. */
function useWords() {
  const t = useTranslations('activity');
  const tTypes = useTranslations('devices.types');
  const duration = useDurationText();
  const typeText = (type: string) => {
    const kind = kindOf(type);
    // A type can be any text: then it is shown as it is.
    return kind === 'home' || (kind === 'other' && type !== kind) ? type : tTypes(kind);
  };
  return {
    valuesOf: ({ is }: Who, told: Told, count: number) => ({
      ...told.values,
      count,
      time: told.minutes === undefined ? '' : duration.plain(told.minutes * MINUTE_MS),
      type: told.type === undefined ? '' : typeText(told.type),
      have: t('verbs.have', { is }),
      are: t('verbs.are', { is }),
      self: t('verbs.self', { is }),
    }),
    whoText: ({ is, name }: Who): string => {
      if (is === 'somebody') return name ?? t('names.person');
      return is === 'router' ? (name ?? t('names.router')) : t(`names.${is}`);
    },
    nameText: (name: Name | undefined): string =>
      name?.text ?? t(`names.${name?.kind ?? 'device'}`),
  };
}

/** Who acted, and by which means if that is known. */
function Actor({ who }: { who: Who }) {
  const t = useTranslations('activity.names');
  const { whoText } = useWords();
  const by = who.token === null ? who.client : t('token', { name: who.token });
  return (
    <>
      <strong>
        <bdi>{whoText(who)}</bdi>
      </strong>
      {by !== null && (
        <>
          {' '}
          <bdi className="quiet">{t('by', { by })}</bdi>
        </>
      )}
    </>
  );
}

function NameLink({ name }: { name: Name | undefined }) {
  const { nameText } = useWords();
  const text = <bdi>{nameText(name)}</bdi>;
  if (name === undefined || name.text === null) return text;
  if (name.to === undefined) return <span className="sentence__name">{text}</span>;
  return <PlaceLink to={name.to}>{text}</PlaceLink>;
}

function PlaceLink({ to, children }: { to: Place; children: ReactNode }) {
  const link = { className: 'sentence__name' };
  if (to.page === 'device')
    return (
      <Link
        {...link}
        to="/routers/$routerId/devices/$id"
        params={{ routerId: to.router_id, id: to.id }}
      >
        {children}
      </Link>
    );
  if (to.page === 'person')
    return (
      <Link {...link} to="/people/$id" params={{ id: to.id }}>
        {children}
      </Link>
    );
  return (
    <Link {...link} to={`/${to.page}`}>
      {children}
    </Link>
  );
}

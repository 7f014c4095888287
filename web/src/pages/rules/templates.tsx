import { BookOpen, type LucideIcon, Moon, PartyPopper } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Home } from '../../api/home-queries.ts';
import type { Draft, Target } from './draft.ts';
import { BEDTIME_WEEK, HOMEWORK, lateEvening } from './draft.ts';
import type { Edited } from './form.tsx';
import { useTargets } from './target-choice.tsx';
import './templates.css';

type Template = {
  id: 'bedtime' | 'homework' | 'guests';
  icon: LucideIcon;
  kind: Draft['kind'];
  start: (draft: Draft) => Partial<Draft>;
};

const TEMPLATES: readonly Template[] = [
  {
    id: 'bedtime',
    icon: Moon,
    kind: 'schedule',
    start: () => ({ windows: BEDTIME_WEEK }),
  },
  {
    id: 'homework',
    icon: BookOpen,
    kind: 'schedule',
    start: () => ({ windows: [HOMEWORK] }),
  },
  {
    id: 'guests',
    icon: PartyPopper,
    kind: 'exception',
    start: ({ until }) => ({ until: lateEvening(until) }),
  },
];

/** What to begin a rule with. For a person if one is given, else the first of the home. */
export function Templates({
  home,
  target,
  ids,
  onEdit,
}: {
  home: Pick<Home, 'id'>;
  target?: Target;
  ids: readonly Template['id'][];
  onEdit: (edited: Edited) => void;
}) {
  const t = useTranslations('rules');
  const { person, network } = useTargets(home.id);
  const [first] = person;
  const guests = network.find(({ value }) => value.toLowerCase().includes('guest'));
  const forWhom = (id: Template['id']): Target => {
    if (target !== undefined) return target;
    if (id === 'guests')
      return guests
        ? { target: 'network', network: guests.value, router_id: null }
        : { target: 'everyone' };
    return first ? { target: 'person', person_id: first.value } : { target: 'everyone' };
  };
  return (
    <div className="templates" role="group" aria-label={t('templates.label')}>
      {TEMPLATES.filter(({ id }) => ids.includes(id)).map(({ id, icon: Icon, kind, start }) => (
        <button
          key={id}
          type="button"
          className="templates__one"
          onClick={() =>
            onEdit({
              homeId: home.id,
              kind,
              start: (draft) => ({
                ...draft,
                name: t(`names.${id}`),
                target: forWhom(id),
                ...start(draft),
              }),
            })
          }
        >
          <Icon aria-hidden />
          <span>
            <strong>{t(`templates.${id}`)}</strong>
            <span className="quiet">{t(`templates.${id}Hint`)}</span>
          </span>
        </button>
      ))}
    </div>
  );
}

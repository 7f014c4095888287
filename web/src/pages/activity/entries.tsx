import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../design/button.tsx';
import { useDateText } from '../../design/time.tsx';
import { type Sentence as Said, sentencesOf } from './fold.ts';
import { Sentence, useSentence } from './sentence-text.tsx';

/** So many of what is folded are shown at first. */
const SHOWN = 3;

/** What the list is limited to; undefined: not by that. */
export type Filter = Partial<Record<'router' | 'who' | 'token', string | undefined>>;

/** One sentence of the list, with its time, who to filter by, and its undo. */
export function Entry({
  sentence,
  undoOf,
  me,
  hasRouter,
  onFilter,
}: {
  sentence: Said;
  undoOf: (sentence: Said) => (() => void) | undefined;
  me: string | undefined;
  /** Whether the router is told: there are several. */
  hasRouter: boolean;
  onFilter: (filter: Filter) => void;
}) {
  const t = useTranslations('activity');
  const sentenceText = useSentence();
  const [isOpen, setOpen] = useState(false);
  const { entries, who, router } = sentence;
  const undo = undoOf(sentence);
  return (
    <li className="activity__entry">
      <Moment at={sentence.at} />
      <div className="activity__what">
        <p>
          <Sentence of={sentence} />
        </p>
        {entries.length > 1 && !isOpen && (
          <p className="quiet">
            <NamesOf sentence={sentence} />
            <button type="button" className="activity__more" onClick={() => setOpen(true)}>
              {t('more', { count: entries.length })}
            </button>
          </p>
        )}
        {isOpen && (
          <ul className="activity__folded">
            {entries.map((entry) => {
              const [one] = sentencesOf([entry], me);
              if (one === undefined) return undefined;
              const undoOne = undoOf(one);
              return (
                <li key={entry.id}>
                  <Moment at={one.at} />
                  <span className="activity__what">
                    <Sentence of={one} />
                  </span>
                  {undoOne && <UndoButton what={sentenceText(one)} onUndo={undoOne} />}
                </li>
              );
            })}
          </ul>
        )}
        <Chips
          chips={[
            who.token !== null && {
              name: t('names.token', { name: who.token }),
              filter: { token: who.token },
            },
            who.is === 'somebody' &&
              who.name !== null &&
              who.actor !== null && { name: who.name, filter: { who: who.actor } },
            hasRouter && router && { name: router.name, filter: { router: router.id } },
          ]}
          onFilter={onFilter}
        />
      </div>
      {undo && <UndoButton what={sentenceText(sentence)} onUndo={undo} />}
    </li>
  );
}

function Moment({ at }: { at: string }) {
  const dateText = useDateText();
  return (
    <time className="activity__time quiet" dateTime={at}>
      {dateText(new Date(at), { timeStyle: 'short' })}
    </time>
  );
}

/** The first names of what is told together. */
function NamesOf({ sentence: { entries } }: { sentence: Said }) {
  const names = entries.flatMap((entry) => entry.device?.name ?? entry.subject_name ?? []);
  if (names.length === 0) return undefined;
  const isAll = names.length <= SHOWN;
  return (
    <>
      <bdi>{names.slice(0, SHOWN).join(', ')}</bdi>
      {isAll ? '. ' : ' … '}
    </>
  );
}

function UndoButton({ what, onUndo }: { what: string; onUndo: () => void }) {
  const t = useTranslations('activity');
  return (
    <Button variant="quiet" aria-label={t('undoOne', { what })} onClick={onUndo}>
      <Undo2 aria-hidden className="icon" />
      {t('undo')}
    </Button>
  );
}

type Chip = { name: string; filter: Filter };

/** Who did it, by which token, on which router: a press shows only these. */
function Chips({
  chips,
  onFilter,
}: {
  chips: readonly (Chip | false | undefined)[];
  onFilter: (filter: Filter) => void;
}) {
  const t = useTranslations('activity');
  const shown = chips.filter((chip) => chip !== false && chip !== undefined);
  if (shown.length === 0) return undefined;
  return (
    <p className="activity__chips">
      {shown.map(({ name, filter }) => (
        <button
          key={name}
          type="button"
          className="chip"
          aria-label={t('only', { name })}
          onClick={() => onFilter(filter)}
        >
          <bdi>{name}</bdi>
        </button>
      ))}
    </p>
  );
}

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '../../design/button.tsx';
import { BEDTIME } from './draft.ts';
import { dayText } from './sentence.ts';
import type { Window } from './week.ts';
import { useWords } from './when.ts';

const DAYS = [1, 2, 3, 4, 5, 6, 7];

/** The times of the week at which a rule holds; none: always. */
export function Windows({
  windows,
  first = BEDTIME,
  legend,
  none,
  onChange,
}: {
  windows: readonly Window[];
  /** What the first one is before somebody changes it. */
  first?: Window;
  /** Over them: when the rule holds, if nothing else. */
  legend?: string;
  /** What it means if there are none. */
  none?: string;
  onChange: (windows: readonly Window[]) => void;
}) {
  const t = useTranslations('rules');
  return (
    <fieldset className="rules__windows">
      <legend className="field__label">{legend ?? t('when')}</legend>
      {windows.length === 0 && <p className="quiet">{none ?? t('always')}</p>}
      {windows.map((window, index) => (
        <OneWindow
          // They have no names of their own, and a change of one must keep the focus.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          window={window}
          onChange={(changed) => onChange(windows.with(index, changed))}
          onRemove={() => onChange(windows.toSpliced(index, 1))}
        />
      ))}
      <Button onClick={() => onChange([...windows, windows.at(-1) ?? first])}>
        <Plus aria-hidden />
        {t('addWindow')}
      </Button>
    </fieldset>
  );
}

function OneWindow({
  window,
  onChange,
  onRemove,
}: {
  window: Window;
  onChange: (window: Window) => void;
  onRemove: () => void;
}) {
  const t = useTranslations('rules');
  const { days, from, to } = window;
  return (
    <div className="rules__window">
      <Days days={days} onChange={(chosen) => onChange({ ...window, days: chosen })} />
      {days.length === 0 && <p className="field__error">{t('noDays')}</p>}
      <div className="rules__times">
        <Clock
          label={t('from')}
          value={from}
          onChange={(time) => onChange({ ...window, from: time })}
        />
        <Clock label={t('to')} value={to} onChange={(time) => onChange({ ...window, to: time })} />
        <Button variant="quiet" aria-label={t('removeWindow')} onClick={onRemove}>
          <X aria-hidden />
        </Button>
      </div>
      {to <= from && <p className="quiet">{t(to === from ? 'wholeDay' : 'overnight')}</p>}
    </div>
  );
}

function Days({ days, onChange }: { days: readonly number[]; onChange: (days: number[]) => void }) {
  const t = useTranslations('rules');
  const words = useWords();
  return (
    <div className="rules__days" role="group" aria-label={t('days')}>
      {DAYS.map((day) => (
        <label key={day} className="rules__day">
          <input
            type="checkbox"
            className="visually-hidden"
            aria-label={dayText(words, day, 'long')}
            checked={days.includes(day)}
            onChange={({ target }) =>
              onChange(DAYS.filter((each) => (each === day ? target.checked : days.includes(each))))
            }
          />
          <span aria-hidden>{dayText(words, day, 'short')}</span>
        </label>
      ))}
    </div>
  );
}

/** A time of the day. What is not one yet, while somebody types, changes nothing. */
function Clock({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (time: string) => void;
}) {
  return (
    <label className="field">
      <span className="field__label">{label}</span>
      <input
        className="input"
        type="time"
        required
        value={value}
        onChange={({ target }) => {
          if (target.value !== '') onChange(target.value.slice(0, 5));
        }}
      />
    </label>
  );
}

import { useTranslations } from 'use-intl';
import { Field } from '../../design/field.tsx';
import { parseMegabits } from './megabits.ts';

/** A field for a rate in Mbit/s that reports each letter: what is previewed is what is typed. */
export function MegabitField({
  label,
  description,
  placeholder = '',
  typed,
  least = 0,
  onType,
}: {
  label: string;
  description?: string;
  placeholder?: string;
  typed: string;
  /** Bits per second. */
  least?: number;
  onType: (typed: string) => void;
}) {
  const t = useTranslations('rules');
  const rate = parseMegabits(typed);
  const isWrong = rate === undefined || (rate !== null && rate < least);
  return (
    <Field
      label={label}
      description={description ?? t('rateHint')}
      placeholder={placeholder}
      inputMode="decimal"
      value={typed}
      maxLength={20}
      onChange={onType}
      error={isWrong ? t('rateWrong') : undefined}
    />
  );
}

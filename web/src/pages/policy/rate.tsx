import { Label, NumberField as AriaNumberField, Input, Text } from 'react-aria-components';
import { useFormatter, useTranslations } from 'use-intl';

const MEGABIT = 1_000_000;

/** Formats a rate in bits per second; 0 is blocked, Infinity is full speed. */
export function useRateText(): (rate: number) => string {
  const t = useTranslations('policy');
  const format = useFormatter();
  return (rate) => {
    if (rate === 0) return t('noInternet');
    if (rate === Infinity) return t('fullSpeed');
    return t('megabits', { rate: format.number(rate / MEGABIT, { maximumFractionDigits: 3 }) });
  };
}

/** A field for a rate in Mbit/s; empty means no limit. */
export function RateField({
  label,
  rate,
  least,
  onChange,
}: {
  label: string;
  rate: number | null;
  least: number;
  onChange: (rate: number | null) => void;
}) {
  const t = useTranslations('policy');
  return (
    <AriaNumberField
      className="field"
      value={rate === null ? Number.NaN : rate / MEGABIT}
      minValue={least / MEGABIT}
      maxValue={1_000_000}
      formatOptions={{ maximumFractionDigits: 6 }}
      onChange={(megabits) =>
        onChange(Number.isNaN(megabits) ? null : Math.round(megabits * MEGABIT))
      }
    >
      <Label className="field__label">{label}</Label>
      <Input className="input" placeholder={t('fullSpeed')} />
      <Text slot="description" className="field__description">
        {least === 0 ? t('rateHintZero') : t('rateHint')}
      </Text>
    </AriaNumberField>
  );
}

import { Label, NumberField as AriaNumberField, Input, Text } from 'react-aria-components';
import { useFormatter, useTranslations } from 'use-intl';
import type { Device } from '../../api/queries.ts';
import { type Rules, accessOf } from './access.ts';

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

/** How many devices get which speed under some rules, as text. */
export function useOutcome(devices: readonly Device[]): (rules: Rules) => string {
  const t = useTranslations('policy');
  const rateText = useRateText();
  return (rules) => {
    const counts = new Map<number, number>();
    for (const device of devices) {
      if (device.is_router) continue;
      const rate = accessOf(device, rules);
      counts.set(rate, (counts.get(rate) ?? 0) + 1);
    }
    return [...counts]
      .toSorted(([one], [other]) => other - one)
      .map(([rate, count]) => t('outcome', { count, rate: rateText(rate) }))
      .join(' · ');
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

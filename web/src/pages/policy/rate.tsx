import { useState } from 'react';
import { useFormatter, useLocale, useTranslations } from 'use-intl';
import type { Device } from '../../api/queries.ts';
import { decimalOf, parseMegabits, showMegabits } from '../rules/megabits.ts';
import { MegabitField } from '../rules/rate-field.tsx';
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

/**
 * A field for a rate in Mbit/s; empty means no limit. It reports each letter, so that the preview is of what is typed:
 * NaN if that is not a rate.
 */
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
  const decimal = decimalOf(useLocale());
  const [typed, setTyped] = useState('');
  // What is typed stays as it is written, unless the rate was changed elsewhere.
  const shown = Object.is(rateOf(typed, least), rate) ? typed : showMegabits(rate, decimal);
  return (
    <MegabitField
      label={label}
      description={least === 0 ? t('rateHintZero') : t('rateHint')}
      placeholder={t('fullSpeed')}
      typed={shown}
      least={least}
      onType={(text) => {
        setTyped(text);
        onChange(rateOf(text, least));
      }}
    />
  );
}

function rateOf(typed: string, least: number): number | null {
  const rate = parseMegabits(typed);
  return rate === undefined || (rate !== null && rate < least) ? Number.NaN : rate;
}

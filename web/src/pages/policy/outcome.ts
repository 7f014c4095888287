import { useTranslations } from 'use-intl';
import type { Device } from '../../api/queries.ts';
import { type Rules, accessOf } from './access.ts';
import { useRateText } from './rate.tsx';

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

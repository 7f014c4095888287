import { useMemo } from 'react';
import { useFormatter } from 'use-intl';

/** Digits that matter: 84, 8.4, 0.8. */
const STEP = 1000;
const BYTES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const RATES = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'] as const;

/** A number of bytes or bits per second in the largest unit that leaves it at 1 or more. */
export function scaled<Unit extends string>(
  amount: number,
  units: readonly [Unit, ...Unit[]],
): { amount: number; unit: Unit } {
  let [unit] = units;
  let rest = Math.max(amount, 0);
  for (const larger of units.slice(1)) {
    // What would be shown as 1,000 is 1 of the next.
    if (Math.round(rest) < STEP) break;
    rest /= STEP;
    unit = larger;
  }
  return { amount: rest, unit };
}

/** Formats amounts of data in the person's language: `bytes` "1.2 GB", `rate` (of bit/s) "84 Mbit/s". */
export function useBytesText(): {
  bytes: (bytes: number) => string;
  rate: (bits: number) => string;
} {
  const format = useFormatter();
  return useMemo(() => {
    const text = ({ amount, unit }: { amount: number; unit: string }) => {
      const isRound = amount >= 10 || unit === 'B' || unit === 'bit/s';
      return `${format.number(amount, { maximumFractionDigits: isRound ? 0 : 1 })}\u00a0${unit}`;
    };
    return {
      bytes: (bytes) => text(scaled(bytes, BYTES)),
      rate: (bits) => text(scaled(bits, RATES)),
    };
  }, [format]);
}

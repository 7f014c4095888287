import { InvalidInputError } from '../../errors.ts';

const UNITS: Record<string, number> = { '': 1e6, k: 1e3, m: 1e6, g: 1e9 };
const MOST = 1e12;

/** Bits per second: `5` (Mbit/s), `1.5M`, `500k`, `1G`, `0` for nothing. Throws InvalidInputError. */
export function parseRate(text: string, field: string): number {
  const [, number = '', unit = ''] =
    /^(\d{1,6}(?:\.\d{1,3})?)\s*([kmg]?)(?:bits?\/s|bps|bit)?$/i.exec(text.trim()) ?? [];
  const rate = Math.round(Number(number) * (UNITS[unit.toLowerCase()] ?? Number.NaN));
  if (number !== '' && rate <= MOST) return rate;
  throw new InvalidInputError([
    {
      field,
      value: text,
      expected: 'a rate in Mbit/s, such as 5 or 0.5, or with a unit: 500k, 5M, 1G',
    },
  ]);
}

export type Rates = { down_rate: number | null; up_rate: number | null };

/** What `--down` and `--up` say; undefined without either. Throws InvalidInputError. */
export function parseRates({ down, up }: { down?: string; up?: string }): Rates | undefined {
  if (down === undefined && up === undefined) return undefined;
  return {
    down_rate: down === undefined ? null : parseRate(down, '--down'),
    up_rate: up === undefined ? null : parseRate(up, '--up'),
  };
}

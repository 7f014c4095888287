const MEGABIT = 1_000_000;
const HIGHEST = 1_000_000;

/** Bits per second of a number of Mbit/s as people type it, with a point or a comma; null if it is empty, undefined if it is none. */
export function parseMegabits(typed: string): number | null | undefined {
  const text = typed.trim().replace(',', '.');
  if (text === '') return null;
  if (!/^(\d+(\.\d*)?|\.\d+)$/.test(text)) return undefined;
  const megabits = Number(text);
  return megabits > HIGHEST ? undefined : Math.round(megabits * MEGABIT);
}

/** A rate as it is typed, with the language's decimal sign. */
export function showMegabits(rate: number | null, decimal: string): string {
  return rate === null ? '' : String(rate / MEGABIT).replace('.', decimal);
}

/** The decimal sign of a language. */
export function decimalOf(locale: string): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(0.5);
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.';
}

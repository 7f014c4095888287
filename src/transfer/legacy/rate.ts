/** A number, and perhaps a unit (tc(8), PARAMETERS, RATES): `bps` is bytes per second there. */
const RATE = /^(\d{1,18})(?:\.(\d{0,18}))?(?:(?:([kmgt])(i?))?(bit|bps))?$/;

/**
 * The bits per second of a rate in tc's notation, `50.0mbit`: parts of a bit are cut off, as tc does. A
 * bare number is Mbit/s, as the old program meant it. Undefined if the text is not a rate, or more than JavaScript
 * counts exactly (9 Pbit/s).
 */
export function parseRate(text: string): number | undefined {
  const match = RATE.exec(text.trim().toLowerCase());
  if (match === null) return undefined;
  const [, whole = '', fraction = '', prefix = '', binary = '', unit] = match;
  const power = unit === undefined ? 2n : BigInt(' kmgt'.indexOf(prefix || ' '));
  const scale = (binary === 'i' ? 1_024n : 1_000n) ** power * (unit === 'bps' ? 8n : 1n);
  const bits = (BigInt(whole + fraction) * scale) / 10n ** BigInt(fraction.length);
  return bits <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(bits) : undefined;
}

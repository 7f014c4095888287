/** Bits per second of one unit (tc(8), PARAMETERS, RATES). A bare number is bits per second. */
const UNITS: Readonly<Record<string, bigint>> = {
  '': 1n,
  bit: 1n,
  kbit: 1_000n,
  mbit: 1_000_000n,
  gbit: 1_000_000_000n,
  tbit: 1_000_000_000_000n,
  kibit: 1_024n,
  mibit: 1_048_576n,
  gibit: 1_073_741_824n,
  tibit: 1_099_511_627_776n,
  bps: 8n,
  kbps: 8_000n,
  mbps: 8_000_000n,
  gbps: 8_000_000_000n,
  tbps: 8_000_000_000_000n,
  kibps: 8_192n,
  mibps: 8_388_608n,
  gibps: 8_589_934_592n,
  tibps: 8_796_093_022_208n,
};

/**
 * The bits per second of a rate in tc's notation, `50.0mbit`: parts of a bit are cut off, as tc does.
 * `bps` is bytes per second there. Undefined where the text is no rate, or more than JavaScript
 * counts exactly (9 Pbit/s).
 */
export function parseRate(text: string): number | undefined {
  const match = /^(\d{1,18})(?:\.(\d{0,18}))?([a-z]*)$/.exec(text.trim().toLowerCase());
  if (match === null) return undefined;
  const [, whole = '', fraction = '', name = ''] = match;
  const unit = Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
  if (unit === undefined) return undefined;
  const bits = (BigInt(whole + fraction) * unit) / 10n ** BigInt(fraction.length);
  return bits <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(bits) : undefined;
}

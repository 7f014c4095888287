/** How bench/cluster says what it has measured. */

export function report(what: string, told: string): void {
  console.log(`${what.padEnd(36)}${told}`);
}

export function seconds(milliseconds: number): string {
  return milliseconds < 1_000
    ? `${milliseconds.toFixed(0)} ms`
    : `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** Median, p99 and the longest. */
export function describeTimes(milliseconds: readonly number[]): string {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const quantile = (part: number) => sorted[Math.ceil((sorted.length - 1) * part)] ?? 0;
  return `p50 ${seconds(quantile(0.5))}, p99 ${seconds(quantile(0.99))}, longest ${seconds(quantile(1))}`;
}

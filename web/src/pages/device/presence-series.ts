/** A time when a device was online; without an end it still is. */
export type Stay = { online_at: string; offline_at: string | null };

/**
 * Presence over the last days as steps: times in seconds since 1970, and 1 (online) or 0 from each time on.
 * Stays of several network cards may overlap: one of them is enough to be online.
 */
export function presenceSeries(
  stays: readonly Stay[],
  now: number,
  days: number,
): [times: number[], states: number[]] {
  const end = now / 1000;
  const start = end - days * 24 * 60 * 60;
  const edges = stays
    .flatMap(({ online_at, offline_at }) => [
      { at: Date.parse(online_at) / 1000, step: 1 },
      { at: offline_at === null ? Infinity : Date.parse(offline_at) / 1000, step: -1 },
    ])
    .toSorted((one, other) => one.at - other.at);
  let present = edges.filter(({ at }) => at <= start).reduce((count, { step }) => count + step, 0);
  const times = [start];
  const states = [present > 0 ? 1 : 0];
  for (const { at, step } of edges.filter((edge) => edge.at > start && edge.at < end)) {
    present += step;
    times.push(at);
    states.push(present > 0 ? 1 : 0);
  }
  times.push(end);
  states.push(present > 0 ? 1 : 0);
  return [times, states];
}

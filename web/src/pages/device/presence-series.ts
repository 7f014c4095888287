/** A time a device was online; it still is where there is no end. */
export type Stay = { online_at: string; offline_at: string | null };

/**
 * Presence as steps of 0 and 1 over the last days: seconds since 1970, and the step from then on.
 * Stays of several network cards may overlap: one is enough to be online.
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

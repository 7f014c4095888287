/** Networks that are remembered; the one where somebody failed longest ago goes first. */
const MOST_NETWORKS = 10_000;
/** So many milliseconds later, one failure less counts. */
const FORGIVEN_AFTER = 5_000;

/** How many strangers of each network have failed to log in lately. */
export interface Failures {
  of: (network: string, now: number) => number;
  count: (network: string, now: number) => void;
}

export function createFailures(): Failures {
  const networks = new Map<string, { failures: number; at: number }>();

  function failuresOf(network: string, now: number): number {
    const { failures, at } = networks.get(network) ?? { failures: 0, at: now };
    return Math.max(0, failures - Math.floor((now - at) / FORGIVEN_AFTER));
  }

  return {
    of: failuresOf,
    count: (network, now) => {
      const failures = failuresOf(network, now) + 1;
      networks.delete(network);
      networks.set(network, { failures, at: now });
      const [oldest] = networks.keys();
      if (networks.size > MOST_NETWORKS && oldest !== undefined) networks.delete(oldest);
    },
  };
}

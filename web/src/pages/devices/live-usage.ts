import { useCallback } from 'react';
import type { Router } from '../../api/queries.ts';
import { useLiveRates } from '../../live/live-rates.ts';
import type { LiveRates, Rate } from '../../live/rates.ts';

/** Whether a router can say what its devices use right now. */
export function countsUsage({ is_connected, agent_features }: Router): boolean {
  return is_connected && agent_features?.includes('usage') === true;
}

/** What a device uses right now, in bit/s: only a change of that renders again. Undefined: nothing, or nobody counts it. */
export function useLiveRate(routerIds: readonly string[], id: string): Rate | undefined {
  return useLiveRates(
    routerIds,
    useCallback((rates: LiveRates) => rates.byDevice.get(id), [id]),
  );
}

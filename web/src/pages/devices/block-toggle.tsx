import type { ReactNode } from 'react';
import type { Device } from '../../api/queries.ts';
import { isRestricted } from '../../access/text.ts';
import { useRights } from '../../homes/current.ts';
import type { Wish } from './access-plan.ts';
import { useChangeAccess, usePlan } from './change-access.tsx';

/** Blocks a device, or gives it the internet back: the key B. */
export function useBlockToggle(): { toggle: (device: Device) => void; dialog: ReactNode } {
  const plan = usePlan();
  const change = useChangeAccess();
  const { canChange } = useRights();
  return {
    toggle: (device) => {
      if (device.is_router || !canChange || plan === undefined) return;
      const wish: Wish = { wanted: isRestricted(device.access) ? 'on' : 'off' };
      const planned = plan(device, wish, Date.now());
      // Others lose or gain by it: the device's own panel asks.
      if (planned.endsPause === undefined) change.run([{ device, plan: planned }], wish);
    },
    dialog: change.dialog,
  };
}

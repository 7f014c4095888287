import type { Neighbour } from '../../devices/neighbour.ts';
import { type Ask, createAsk } from './ask.ts';

/** Collects the `device` lines between `scan` and `scanned`. */
export interface ScanCollector extends Pick<Ask<Neighbour[]>, 'start' | 'pending' | 'fail'> {
  /** Both give what is wrong with the line, if anything. */
  add: (neighbour: Neighbour) => string | undefined;
  finish: (id: number, count: number) => string | undefined;
}

/** @param most lines that one scan may have */
export function createScanCollector(most: number): ScanCollector {
  const ask = createAsk<Neighbour[]>();
  let found: Neighbour[] = [];
  return {
    start: (id) => {
      found = [];
      return ask.start(id);
    },
    pending: ask.pending,
    fail: ask.fail,
    add: ({ mac, ip, online, hostname }) => {
      if (ask.pending() === undefined) return 'it sent a device that nobody asked for';
      if (found.length === most) return 'its scan has too many devices';
      found.push({ mac, ip, online, hostname });
      return undefined;
    },
    finish: (id, count) => {
      if (found.length !== count) return 'its scan is not as long as it says';
      return ask.settle(found, id) ? undefined : 'it finished a scan that nobody asked for';
    },
  };
}

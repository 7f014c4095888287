import type { Neighbour } from '../../devices/neighbour.ts';
import { type Ask, createAsk } from './ask.ts';

/**
 * Collects the `device` lines between `scan` and `scanned`. Between the parts of a long scan the router goes on reporting who comes and goes: that is newer than what the scan tells later.
 */
export interface ScanCollector extends Pick<Ask<Neighbour[]>, 'start' | 'pending' | 'fail'> {
  /** These give what is wrong with the line, if anything. */
  add: (neighbour: Neighbour) => string | undefined;
  /** There are others after these. */
  pause: (id: number, count: number) => string | undefined;
  /** What the router reports unasked, during a scan or not. */
  amend: (neighbour: Neighbour) => void;
  finish: (id: number, count: number) => string | undefined;
}

const WRONG_COUNT = 'its scan is not as long as it says';

/** @param most lines that one scan may have */
export function createScanCollector(most: number): ScanCollector {
  const ask = createAsk<Neighbour[]>();
  let found: Neighbour[] = [];
  let newer = new Map<string, Neighbour>();
  /** What a scan has given that nobody has read yet. */
  let unread: Neighbour[] | undefined;
  const keyOf = ({ mac, ip }: Neighbour) => `${mac} ${ip}`;
  return {
    start: (id) => {
      found = [];
      newer = new Map();
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
    pause: (id, count) => {
      if (!ask.isPending(id)) return 'it goes on with a scan that nobody asked for';
      return found.length === count ? undefined : WRONG_COUNT;
    },
    amend: ({ mac, ip, online, hostname }) => {
      const neighbour = { mac, ip, online, hostname };
      if (ask.pending() !== undefined) newer.set(keyOf(neighbour), neighbour);
      if (unread === undefined) return;
      const told = unread.findIndex((each) => keyOf(each) === keyOf(neighbour));
      unread.splice(told < 0 ? unread.length : told, 1, neighbour);
    },
    finish: (id, count) => {
      if (found.length !== count) return WRONG_COUNT;
      const all = [...found.filter((each) => !newer.has(keyOf(each))), ...newer.values()];
      // An event that comes with the same bytes is newer, but is read before the one who waits for the scan goes on.
      unread = all;
      queueMicrotask(() => (unread = undefined));
      // A router is asked for a scan every ten minutes: thousands would keep their last one until then.
      found = [];
      newer = new Map();
      return ask.settle(all, id) ? undefined : 'it finished a scan that nobody asked for';
    },
  };
}

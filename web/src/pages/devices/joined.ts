import { useEffect, useRef, useState } from 'react';
import type { Device } from '../../api/queries.ts';

/** So long a row is marked as one that has just joined: longer than it moves. */
const MARKED_MS = 1_000;
const NONE: ReadonlySet<string> = new Set();

/** The devices that have joined since the list was first shown, for a moment each. */
export function useJoined(devices: readonly Device[]): ReadonlySet<string> {
  const known = useRef<Set<string>>(undefined);
  const [joined, setJoined] = useState(NONE);
  useEffect(() => {
    const before = known.current;
    known.current ??= new Set();
    const fresh = devices.filter(({ id }) => !known.current?.has(id)).map(({ id }) => id);
    for (const id of fresh) known.current.add(id);
    // All of them are new when the list opens, and many when the filter changes: only a few have joined.
    if (before === undefined || fresh.length === 0 || fresh.length > 3) return undefined;
    setJoined(new Set(fresh));
    const timer = setTimeout(() => setJoined(NONE), MARKED_MS);
    return () => clearTimeout(timer);
  }, [devices]);
  return joined;
}

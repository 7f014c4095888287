import { startTransition, useEffect, useState } from 'react';

/** The browser is given this long to finish the page if it does not say when it has. */
const QUIET_MS = 500;

/** Calls `begin` once the browser has nothing else to do. Returns what prevents that. */
export function whenQuiet(begin: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(begin, QUIET_MS);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(begin);
  return () => cancelIdleCallback(request);
}

/** Whether the page is there and the browser has nothing else to do: what is not part of the first page begins then. */
export function useQuiet(): boolean {
  const [isQuiet, setQuiet] = useState(false);
  // In small tasks: the page answers in between.
  useEffect(() => whenQuiet(() => startTransition(() => setQuiet(true))), []);
  return isQuiet;
}

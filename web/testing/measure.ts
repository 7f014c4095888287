/** Runs in the page: what Lighthouse calls LCP, CLS and TBT, and how long letters take to show. */

type Painted = { lcp: number; cls: number; tbt: number };

/** Before anything else of the page runs. */
export function observe(): void {
  const kept: Record<string, PerformanceEntry[]> = {};
  Reflect.set(window, 'kept', kept);
  for (const type of ['largest-contentful-paint', 'layout-shift', 'longtask', 'event']) {
    const observer = new PerformanceObserver((list) => {
      kept[type] = [...(kept[type] ?? []), ...list.getEntries()];
    });
    observer.observe({ type, buffered: true, ...(type === 'event' && { durationThreshold: 16 }) });
  }
}

export function painted(): Painted {
  const kept: Record<string, PerformanceEntry[]> = Reflect.get(window, 'kept');
  const of = (type: string) => kept[type] ?? [];
  const [first] = performance.getEntriesByName('first-contentful-paint');
  const shown = first?.startTime ?? 0;
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    lcp: of('largest-contentful-paint').at(-1)?.startTime ?? Number.NaN,
    cls: sum(of('layout-shift').map((entry) => Number(Reflect.get(entry, 'value')))),
    // What of each task is beyond 50 ms is time in which nothing answers, from when there is something to see.
    tbt: sum(
      of('longtask').map(({ startTime, duration }) =>
        Math.max(0, startTime + duration - Math.max(startTime, shown) - 50),
      ),
    ),
  };
}

/** From a key to the next frame; what takes less than 16 ms is not told, and counts as 16. */
export function longestLetter(): number {
  const kept: Record<string, PerformanceEntry[]> = Reflect.get(window, 'kept');
  const letters = (kept['event'] ?? []).filter(({ name }) =>
    ['keydown', 'keypress', 'beforeinput', 'input', 'keyup'].includes(name),
  );
  return Math.max(16, ...letters.map(({ duration }) => duration));
}

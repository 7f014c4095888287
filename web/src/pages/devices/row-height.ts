import { useSyncExternalStore } from 'react';

/** How dense the list is on a desktop. */
const DENSITIES = ['calm', 'dense'] as const;
type Density = (typeof DENSITIES)[number];

const KEY = 'netpilot_density';
/** In rem. */
const HEIGHTS = { calm: 3.5, dense: 2.75, phone: 4.5 } as const;
/** From here on a row is one line. */
const WIDE = '(min-width: 48rem)';
/** Text of this size and more, or a screen as narrow as this, breaks into more lines than a row has. */
const LARGE_PX = 20;
const NARROW_PX = 359;

const listeners = new Set<() => void>();

/** The density that was chosen in this browser. */
export function useDensity(): [Density, (density: Density) => void] {
  const density = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => DENSITIES.find((known) => known === localStorage.getItem(KEY)) ?? 'calm',
  );
  return [
    density,
    (chosen) => {
      localStorage.setItem(KEY, chosen);
      for (const listener of listeners) listener();
    },
  ];
}

/** How high a row is, in px, which follows the size of the text; and whether it may be higher: then each is measured. */
export function useRowHeight(): { density: Density; height: number; isMeasured: boolean } {
  const [density] = useDensity();
  const [height, isMeasured] = useSyncExternalStore(subscribe, () => measure(density)).split(' ');
  return { density, height: Number(height), isMeasured: isMeasured === 'true' };
}

/** A string, so that nothing is rendered again as long as it stays the same. */
function measure(density: Density): string {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const height = HEIGHTS[matchMedia(WIDE).matches ? density : 'phone'] * rem;
  return `${Math.round(height)} ${rem >= LARGE_PX || innerWidth <= NARROW_PX}`;
}

/** Tells when the text gets another size, as an element as large as a letter shows, or the window does. */
function subscribe(listener: () => void): () => void {
  const letter = document.createElement('span');
  letter.style.cssText = 'position: absolute; inline-size: 1rem; visibility: hidden;';
  document.body.append(letter);
  const observer = new ResizeObserver(listener);
  observer.observe(letter);
  addEventListener('resize', listener);
  return () => {
    removeEventListener('resize', listener);
    observer.disconnect();
    letter.remove();
  };
}

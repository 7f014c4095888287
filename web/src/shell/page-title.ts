import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';

/** Whether the page has given its own name. */
let isNamed = false;
/** What a page is called that gives none. */
let partTitle = 'NetPilot';

/** Names the page in the browser's tab and history: "PlayStation · NetPilot". Undefined until the name is known. */
export function usePageTitle(name: string | undefined): void {
  const t = useTranslations('app');
  useEffect(() => {
    if (name === undefined) return undefined;
    isNamed = true;
    document.title = `${name} · ${t('name')}`;
    return () => {
      isNamed = false;
      document.title = partTitle;
    };
  }, [name, t]);
}

/** What pages are called that give no name. For the shell: what is in it has named itself before. */
export function usePartTitle(part: string): void {
  const t = useTranslations('app');
  useEffect(() => {
    partTitle = `${part} · ${t('name')}`;
    if (!isNamed) document.title = partTitle;
  }, [part, t]);
}

/** A heading that comes later than that is not waited for. */
const LONGEST_MS = 5_000;

/**
 * After another page has been opened it fades in, and the focus goes to its
 * heading, which a screen reader reads. For the shell.
 */
export function useHeadingFocus(): void {
  const router = useRouter();
  useEffect(() => {
    let stop: (() => void) | undefined;
    const unsubscribe = router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
      if (fromLocation === undefined || !pathChanged) return;
      stop?.();
      stop = focusHeading();
      fadeIn();
    });
    return () => {
      stop?.();
      unsubscribe();
    };
  }, [router]);
}

/** Focuses the heading once it is there, unless the person does something before. Returns what ends the wait. */
function focusHeading(): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  const stop = () => ends.abort();
  const tryNow = () => {
    const heading = document.querySelector<HTMLElement>('main h1');
    if (heading === null) return;
    stop();
    heading.tabIndex = -1;
    // Where the page is scrolled to is the router's.
    heading.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(tryNow);
  const timer = setTimeout(stop, LONGEST_MS);
  signal.addEventListener('abort', () => {
    observer.disconnect();
    clearTimeout(timer);
  });
  for (const name of ['keydown', 'pointerdown'])
    document.addEventListener(name, stop, { signal, capture: true });
  observer.observe(document.body, { childList: true, subtree: true });
  tryNow();
  return stop;
}

const FADE_MS = 150;

function fadeIn(): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  document.querySelector('main')?.animate({ opacity: [0.2, 1] }, { duration: FADE_MS });
}

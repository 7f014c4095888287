import type { LucideIcon } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { isTypedIn } from '../design/undo.ts';

/** Something that can be done by its name, in the command palette. */
export type Command = {
  /** Unique among all. */
  id: string;
  /** What is done, or where it leads: "Pause Tim". */
  text: string;
  /** What it is, in quieter words. */
  hint?: string | undefined;
  /** Other words that it is found by: an address, a vendor. */
  words?: string | undefined;
  icon: LucideIcon;
  run: () => void;
  /** The palette does it, and closes when it is done: it may ask first. */
  isOwn?: boolean;
};

let isOpen = false;
/** Until the palette is there: what is typed for it. Undefined once it takes the keys itself. */
let typed: string | undefined;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Opens or closes the palette. */
export function setPaletteOpen(next: boolean): void {
  if (next !== isOpen) typed = next ? '' : undefined;
  isOpen = next;
  tell();
}

/** For the palette, once it is there: gives what was typed since it was opened. From now on the keys are its own. */
export function takeTyped(give: (text: string) => void): void {
  if (typed !== undefined && typed !== '') give(typed);
  typed = undefined;
}

/** Whether the palette is open. */
export function useIsPaletteOpen(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isOpen,
    () => false,
  );
}

/** Keeps what is typed while the palette is still loading: neither is it lost, nor does it do something on the page. */
function keepForPalette(event: KeyboardEvent): void {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (typed === undefined || ctrlKey || metaKey || altKey || key === 'Tab') return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (key === 'Escape') setPaletteOpen(false);
  else if (key === 'Backspace') typed = typed.slice(0, -1);
  else if (/^.$/u.test(key)) typed += key;
}

/** Opens the palette by Ctrl-K, Cmd-K and, outside of fields, by a slash. For the shell. */
export function usePaletteKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey } = event;
      const isChord = key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey;
      const isSlash = key === '/' && !ctrlKey && !metaKey && !altKey && !isTypedIn(event.target);
      if (event.defaultPrevented || !(isChord || isSlash)) return;
      event.preventDefault();
      setPaletteOpen(isSlash || !isOpen);
    };
    window.addEventListener('keydown', keepForPalette, { capture: true });
    document.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', keepForPalette, { capture: true });
      document.removeEventListener('keydown', onKey);
    };
  }, []);
}

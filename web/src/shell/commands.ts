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
  isOpen = next;
  tell();
}

/** Whether the palette is open. */
export function useIsPaletteOpen(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isOpen,
    () => false,
  );
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
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

import { useSyncExternalStore } from 'react';
import { forgetUndo, rememberUndo } from './undo.ts';

export type Toast = {
  /** Of the thing it is about: another toast of the same id takes its place. */
  id: string;
  text: string;
  /** A failure interrupts a screen reader, a notice waits. */
  tone: 'notice' | 'failure';
  /** `working` and `waiting` have a mark that moves or stands; `done` a tick. */
  state?: 'working' | 'waiting' | 'done' | undefined;
  /** Takes the change back, which is a change like any other. */
  undo?: (() => void) | undefined;
};

/** At most so many at once: the oldest goes. */
const MOST = 3;

let toasts: readonly Toast[] = [];
let count = 0;
const listeners = new Set<() => void>();

/**
 * Shows a text at the bottom of the page for some seconds, with an undo button (and Ctrl-Z) if `undo` is given. With the
 * `id` of one that is there it changes that one in its place.
 */
export function showToast({
  id,
  text,
  tone = 'notice',
  state,
  undo,
}: Pick<Toast, 'text'> & Partial<Toast>): void {
  count += 1;
  const toast: Toast = { id: id ?? `toast-${count}`, text, tone, state, undo };
  if (undo === undefined) forgetUndo(toast.id);
  else rememberUndo({ id: toast.id, text, undo });
  const isThere = toasts.some((other) => other.id === toast.id);
  set(
    isThere
      ? toasts.map((other) => (other.id === toast.id ? toast : other))
      : [...toasts, toast].slice(-MOST),
  );
}

/** Takes a toast away; its change can still be undone by Ctrl-Z. */
export function closeToast(id: string): void {
  set(toasts.filter((toast) => toast.id !== id));
}

/** Whether a toast is shown. */
export function isToastShown(id: string): boolean {
  return toasts.some((toast) => toast.id === id);
}

/** The toasts that are shown, the oldest first. */
export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
    () => NONE,
  );
}

const NONE: readonly Toast[] = [];

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

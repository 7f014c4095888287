/** A change that can be taken back, and what it was, in words. */
type Undoable = { id: string; text: string; undo: () => void };

/** So many of the last changes can be undone. */
const MOST = 20;

let changes: readonly Undoable[] = [];

/** Puts a change on top; another one of the same id is replaced. */
export function rememberUndo(change: Undoable): void {
  changes = [...changes.filter(({ id }) => id !== change.id), change].slice(-MOST);
}

/** Forgets a change: it was undone, or cannot be any more. */
export function forgetUndo(id: string): void {
  changes = changes.filter((change) => change.id !== id);
}

/** Undoes the last change. Returns what that was; undefined if there is none. */
export function undoLast(): Undoable | undefined {
  const last = changes.at(-1);
  if (last === undefined) return undefined;
  changes = changes.slice(0, -1);
  last.undo();
  return last;
}

/** Whether the keys mean "undo" for the page, and not for a field that is typed in. */
export function isUndoKey(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, shiftKey, altKey, target } = event;
  if (key.toLowerCase() !== 'z' || !(ctrlKey || metaKey) || shiftKey || altKey) return false;
  return !isTypedIn(target);
}

const NO_TEXT = new Set(['checkbox', 'radio', 'button', 'range', 'color', 'file', 'submit']);

/** Whether what is pressed goes into a field. */
export function isTypedIn(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

/** So many rows a Page key moves by. */
const PAGE = 10;

type Rows = {
  /** How many rows there are, also those that are not rendered. */
  count: number;
  /** Enter on a row. */
  onOpen?: ((index: number) => void) | undefined;
  /** Space on a row. */
  onSelect?: ((index: number) => void) | undefined;
  /** Any other key on a row, such as B for "block". Returns whether it was one. */
  onKey?: ((key: string, index: number) => boolean) | undefined;
  /** Scrolls a row of a virtual list into view, which renders it. */
  reveal?: ((index: number) => void) | undefined;
};

/** What a row's element needs. */
type RowProps = { 'data-row': number; tabIndex: 0 | -1; onFocus: () => void };

/**
 * One tab stop for a list: arrows, Home, End and the Page keys move between its rows, Enter opens one, Space selects it,
 * and the arrows at its sides move among what is in a row (which has `tabIndex={-1}`). Works with a virtual list.
 */
export function useRovingRows({ count, onOpen, onSelect, onKey, reveal }: Rows): {
  /** The row that Tab leads to. */
  active: number;
  /** Puts the focus on a row. */
  focusRow: (index: number) => void;
  listProps: {
    ref: RefObject<HTMLDivElement | null>;
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  };
  rowProps: (index: number) => RowProps;
} {
  const list = useRef<HTMLDivElement>(null);
  const [wanted, setActive] = useState(0);
  const awaited = useRef<number>(undefined);
  const active = Math.max(Math.min(wanted, count - 1), 0);
  // After each rendering: a row of a virtual list appears some time after it was asked for.
  useEffect(() => {
    if (awaited.current === undefined) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-row="${awaited.current}"]`);
    if (!row) return;
    awaited.current = undefined;
    row.focus();
  });
  const focusRow = (index: number) => {
    awaited.current = Math.max(Math.min(index, count - 1), 0);
    setActive(awaited.current);
    reveal?.(awaited.current);
    const row = list.current?.querySelector<HTMLElement>(`[data-row="${awaited.current}"]`);
    if (!row) return;
    awaited.current = undefined;
    row.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const { target } = event;
    if (!(target instanceof HTMLElement)) return;
    const row = target.closest<HTMLElement>('[data-row]');
    if (row === null) return;
    const index = Number(row.dataset['row']);
    const isRow = target === row;
    const next = rowAfter(event.key, index, count);
    if (next !== undefined && (isRow || !isEntered(target))) focusRow(next);
    else if (isSideways(event.key)) moveInside(row, target, isForward(event.key, row));
    else if (isRow && event.key === 'Enter' && onOpen) onOpen(index);
    else if (isRow && event.key === ' ' && onSelect) onSelect(index);
    else if (!(isRow && onKey?.(event.key, index))) return;
    event.preventDefault();
  };
  return {
    active,
    focusRow,
    listProps: { ref: list, onKeyDown },
    rowProps: (index) => ({
      'data-row': index,
      tabIndex: index === active ? 0 : -1,
      onFocus: () => setActive(index),
    }),
  };
}

/** The row that a key leads to; undefined for any other key. */
export function rowAfter(key: string, index: number, count: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + PAGE,
    PageUp: index - PAGE,
    Home: 0,
    End: count - 1,
  };
  const next = steps[key];
  return next === undefined ? undefined : Math.max(Math.min(next, count - 1), 0);
}

/** Whether arrows mean something else where they are pressed. */
function isEntered(element: HTMLElement): boolean {
  return element.matches('input, select, textarea, [role="menuitem"]');
}

function isSideways(key: string): boolean {
  return key === 'ArrowRight' || key === 'ArrowLeft';
}

function isForward(key: string, row: HTMLElement): boolean {
  const isMirrored = getComputedStyle(row).direction === 'rtl';
  return (key === 'ArrowRight') !== isMirrored;
}

/** Moves the focus to the next or last control of a row; from its first one back to the row. */
function moveInside(row: HTMLElement, from: HTMLElement, isOn: boolean): void {
  const controls = [...row.querySelectorAll<HTMLElement>('a, button, input, select')];
  const index = controls.indexOf(from) + (isOn ? 1 : -1);
  (index < 0 ? row : (controls[index] ?? from)).focus();
}

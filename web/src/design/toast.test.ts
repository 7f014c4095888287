import { beforeEach, expect, test } from 'vitest';
import { closeToast, isToastShown, showToast } from './toast.ts';
import { undoLast } from './undo.ts';

const done: string[] = [];
const undo = (name: string) => () => void done.push(name);

beforeEach(() => {
  while (undoLast());
  done.length = 0;
});

test('at most three toasts are shown; the oldest goes', () => {
  for (const id of ['a', 'b', 'c', 'd']) showToast({ id, text: id });
  expect(['a', 'b', 'c', 'd'].map(isToastShown)).toEqual([false, true, true, true]);
  showToast({ id: 'b', text: 'changed in its place' });
  expect(['b', 'c', 'd'].map(isToastShown)).toEqual([true, true, true]);
});

test('the last change is undone first, also when its toast is gone', () => {
  showToast({ id: 'a', text: 'A is blocked.', undo: undo('a') });
  showToast({ id: 'b', text: 'B is blocked.', undo: undo('b') });
  closeToast('b');
  expect(undoLast()?.text).toBe('B is blocked.');
  expect(undoLast()?.text).toBe('A is blocked.');
  expect(undoLast()).toBeUndefined();
  expect(done).toEqual(['b', 'a']);
});

test('a toast that changes keeps one undo; one without an undo has none', () => {
  showToast({ id: 'a', text: 'Blocking A …', undo: undo('early') });
  showToast({ id: 'a', text: 'A is blocked.', undo: undo('late') });
  showToast({ id: 'b', text: 'B was renamed.', undo: undo('b') });
  showToast({ id: 'b', text: 'B has its old name.' });
  undoLast();
  expect(undoLast()).toBeUndefined();
  expect(done).toEqual(['late']);
});

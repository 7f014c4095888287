import type { Toast } from './toast-region.tsx';

/** Shows a text at the bottom of the page for some seconds, with an undo button if `undo` is given. */
export function showToast(toast: Toast): void {
  // Loaded when the first page is there (shell/shell.tsx): it needs a part of react-aria that the first page does not.
  void import('./toast-region.tsx').then(({ queue }) =>
    queue.add(toast, { timeout: toast.undo === undefined ? 6_000 : 10_000 }),
  );
}

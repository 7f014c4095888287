import type { Toast } from './toast-region.tsx';

/** Says something at the foot of the page, with an undo where one is given; it goes by itself. */
export function showToast(toast: Toast): void {
  // Fetched once the page is there (shell/shell.tsx): it has a part of react-aria that the first page does without.
  void import('./toast-region.tsx').then(({ queue }) =>
    queue.add(toast, { timeout: toast.undo === undefined ? 6_000 : 10_000 }),
  );
}

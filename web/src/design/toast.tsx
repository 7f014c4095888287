import { UNSTABLE_ToastQueue as ToastQueue } from 'react-aria-components';

type Toast = { text: string; undo?: (() => void) | undefined };

/** What `Toasts` shows (toast-region.tsx, which is fetched once the page is there). */
export const queue = new ToastQueue<Toast>({ maxVisibleToasts: 3 });

/** Says something at the foot of the page, with an undo where one is given; it goes by itself. */
export function showToast(toast: Toast): void {
  queue.add(toast, { timeout: toast.undo === undefined ? 6_000 : 10_000 });
}

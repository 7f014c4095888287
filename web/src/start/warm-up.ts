/**
 * What begins before anything else is evaluated. The first use of `Intl` in a process has V8 list its languages, a tenth
 * of a second on a slow device: a worker has that done beside the page.
 */
const worker = new Worker(new URL('./intl.worker.ts', import.meta.url), { type: 'module' });
worker.addEventListener('message', () => worker.terminate());

/** Lets the page answer before it goes on: the app starts in pieces of about 50 ms on a slow device, not in one. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve));
}

await nextTask();

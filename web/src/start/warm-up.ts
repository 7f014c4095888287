/**
 * Runs before any other module. The first use of `Intl` in a process makes V8 list its languages, which takes a tenth
 * of a second on a slow device: a worker does it beside the page.
 */
const worker = new Worker(new URL('./intl.worker.ts', import.meta.url), { type: 'module' });
worker.addEventListener('message', () => worker.terminate());

/** Lets the browser handle input: the app starts in tasks of about 50 ms on a slow device, not in one long task. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve));
}

/** Until the page that the server has rendered is seen: the app would keep it from being painted for as long as it starts. */
function firstPaint(): Promise<void> {
  const isRendered = document.getElementById('root')?.hasChildNodes() === true;
  // A page that nobody sees is never painted.
  if (!isRendered || document.hidden) return nextTask();
  return new Promise((resolve) => {
    requestAnimationFrame(() => void nextTask().then(resolve));
  });
}

await firstPaint();

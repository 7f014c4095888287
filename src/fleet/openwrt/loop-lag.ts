/** How late the event loop is. */

/** Milliseconds between two looks. */
const EVERY = 50;

/**
 * Looks again and again.
 * @param onLook after each look
 * @returns `lag`: how many milliseconds late the last look was, or the next one is by now
 */
export function watchLoop(onLook: () => void): { lag: () => number; stop: () => void } {
  let due = performance.now() + EVERY;
  let late = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    late = now - due;
    due = now + EVERY;
    onLook();
  }, EVERY).unref();
  return {
    lag: () => Math.max(0, late, performance.now() - due),
    stop: () => clearInterval(timer),
  };
}

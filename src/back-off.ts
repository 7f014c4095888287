/**
 * Milliseconds until the next try: twice as long after each failure in a row, and from half to the whole
 * of that, so that those who failed together do not come back together.
 */
export function backOff(failures: number, shortest: number, longest: number): number {
  return Math.min(longest, shortest * 2 ** failures) * (0.5 + Math.random() / 2);
}

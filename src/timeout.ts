/**
 * The result of `work`, or of `onLate` if the work takes longer than so many milliseconds. Rejects if either
 * of them throws. The work itself is not stopped.
 */
export async function within<Result, Late>(
  milliseconds: number,
  work: Promise<Result>,
  onLate: () => Late,
): Promise<Result | Late> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, milliseconds);
  try {
    return await Promise.race([work, late.promise.then(onLate)]);
  } finally {
    clearTimeout(timer);
  }
}

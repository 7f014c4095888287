/** Resolves so many milliseconds later, by the clock that a simulation sets. */
export const delay = (milliseconds: number) =>
  new Promise<void>((resolve) => void setTimeout(resolve, milliseconds));

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

/**
 * How much somebody may do: `burst` at once, and `perSecond` in the long run.
 * @param now milliseconds on a clock that never goes back
 * @returns a function that takes one, and says whether that was allowed
 */
export function createAllowance(
  { burst, perSecond }: { burst: number; perSecond: number },
  now: () => number = () => performance.now(),
): (amount?: number) => boolean {
  let left = burst;
  let counted = now();
  return (amount = 1) => {
    const moment = now();
    left = Math.min(burst, left + ((moment - counted) / 1000) * perSecond);
    counted = moment;
    if (left < amount) return false;
    left -= amount;
    return true;
  };
}

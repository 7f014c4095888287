import { useMemo } from 'react';
import { barsPath } from './strip.tsx';

const WIDTH = 0.78;

/** Small bars, each a step of time, the largest as high as the picture; `second` stands on top (download and upload). */
export function Bars({
  values,
  second,
  label,
}: {
  values: readonly number[];
  second?: readonly number[];
  /** What they say, for those who do not see it. */
  label: string;
}) {
  const [lower, upper] = useMemo(() => stack(values, second ?? []), [values, second]);
  return (
    <svg
      className="bars"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${Math.max(values.length, 1)} 1`}
      preserveAspectRatio="none"
    >
      <path d={lower} />
      <path className="bars__second" d={upper} />
    </svg>
  );
}

function stack(values: readonly number[], second: readonly number[]): [string, string] {
  const largest = Math.max(...values.map((value, index) => value + (second[index] ?? 0)), 0);
  const share = (value: number) => (largest === 0 ? 0 : value / largest);
  const shares = values.map(share);
  return [
    barsPath(shares, { width: WIDTH }),
    barsPath(second.map(share), { from: shares, width: WIDTH }),
  ];
}

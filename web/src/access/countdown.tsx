import { useNow } from 'use-intl';
import { useDurationText } from '../design/duration.ts';
import { useIsBrowser } from '../homes/time.tsx';

/** How long something still lasts: "24 min left". Nothing on the server, whose clock may be another. */
export function Countdown({ until }: { until: string }) {
  const { left } = useDurationText();
  const isBrowser = useIsBrowser();
  const now = useNow({ updateInterval: 10_000 }).getTime();
  if (!isBrowser) return undefined;
  return (
    <time className="moment" dateTime={until}>
      {left(Date.parse(until) - now)}
    </time>
  );
}

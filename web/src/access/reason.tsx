import type { Home } from '../api/home-queries.ts';
import { type Access, useAccessText } from './text.ts';

/** How slow something is, why, and until when: "5 Mbit/s · Bedtime · until 7:00". Of a pause the state has said why. */
export function Reason({ access, home }: { access: Access; home: Home | undefined }) {
  const { speed, why, end } = useAccessText();
  const isPause = access.access === 'block' && access.because.kind === 'pause';
  const words = [speed(access), !isPause && why(access.because)].filter(Boolean).join(' · ');
  const until = end(access, home);
  return (
    <span className="reason quiet">
      {words}
      {until !== undefined && (
        <span className="moment">
          {words !== '' && ' · '}
          {until}
        </span>
      )}
    </span>
  );
}

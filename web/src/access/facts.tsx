import { CircleCheck, Clock } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Home } from '../api/home-queries.ts';
import { zoneOf, useMomentText } from '../homes/time.tsx';
import { Reason } from './reason.tsx';
import { type Access, isRestricted, useAccessText } from './text.ts';
import './facts.css';

/** What holds now, why and until when, and what comes next, in sentences. */
export function AccessFacts({ access, home }: { access: Access; home: Home | undefined }) {
  const t = useTranslations('access');
  const momentText = useMomentText();
  const { state, why } = useAccessText();
  const zone = zoneOf(home);
  const { next, since } = access;
  const isBlock = access.access === 'block';
  return (
    <div className="access">
      <p className="access__now">
        <span
          className={`badge badge--${isRestricted(access) ? (isBlock ? 'danger' : 'warning') : 'good'}`}
        >
          {state(access)}
        </span>
        {isRestricted(access) ? <Reason access={access} home={home} /> : t('because.none')}
      </p>
      {isRestricted(access) && since !== null && (
        <p className="quiet">{t('since', { time: momentText(since, zone) })}</p>
      )}
      {next === null ? (
        <p className="quiet">{t('nextNone')}</p>
      ) : (
        <>
          <p>
            {t('next', {
              state: state(next),
              time: momentText(next.at, zone),
              because: why(next.because),
            })}
          </p>
          <p className="quiet access__armed">
            {next.is_armed ? <CircleCheck aria-hidden /> : <Clock aria-hidden />}
            {t(next.is_armed ? 'armed' : 'notArmed')}
          </p>
        </>
      )}
    </div>
  );
}

import { useTranslations } from 'use-intl';
import type { Home } from '../../api/home-queries.ts';
import { Dot } from '../../design/dot.tsx';
import { Lead } from '../../design/lead.tsx';
import { chooseHome } from '../../homes/current.ts';
import { useIsBrowser, useMomentText, zoneOf } from '../../homes/time.tsx';
import { type Known, factsOf, linkedRouters, roundTripOf } from './facts.ts';
import { LiveRate } from './live.tsx';
import { PauseEveryone } from './pause-everyone.tsx';
import { type Lead as Said, type LeadState, sentenceOf } from './sentence.ts';

const BANDS = {
  danger: 'danger',
  warning: 'warning',
  waiting: 'warning',
  neutral: 'unknown',
  good: 'good',
} as const satisfies Record<LeadState, Parameters<typeof Lead>[0]['state']>;

const DOTS = {
  danger: 'blocked',
  warning: 'waiting',
  waiting: 'waiting',
  neutral: 'unknown',
  good: 'here',
} as const satisfies Record<LeadState, Parameters<typeof Dot>[0]['state']>;

/** How the one home is that is shown, and a few facts. */
export function HomeLead({ home, known }: { home: Home; known: Known }) {
  const lead = sentenceOf(factsOf(home, known));
  return (
    <Lead
      state={BANDS[lead.state]}
      sentence={<Sentence home={home} lead={lead} />}
      facts={<Facts home={home} known={known} />}
      action={
        <PauseEveryone home={home} devices={known.devices.filter(({ is_router }) => !is_router)} />
      }
    />
  );
}

/** How each of several homes is: a line each, which leads to it. */
export function HomesLead({ homes, known }: { homes: readonly Home[]; known: Known }) {
  const t = useTranslations('home');
  return (
    <section className="home__homes">
      <h1>{t('homes', { count: homes.length })}</h1>
      <ul>
        {homes.map((home) => {
          const lead = sentenceOf(factsOf(home, known));
          return (
            <li key={home.id} data-state={BANDS[lead.state]}>
              <button type="button" className="home__home" onClick={() => chooseHome(home.id)}>
                <Dot state={DOTS[lead.state]} />
                <bdi className="home__home-name">{home.name}</bdi>
                <span>
                  {linkedRouters(home, known.routers).length === 0 ? (
                    t('noRouter')
                  ) : (
                    <Sentence home={home} lead={lead} />
                  )}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/**
 * The sentence in words. The moment that it speaks of is added in the browser, which knows the time zone: there is room
 * for it before, so that nothing shifts.
 */
function Sentence({ home, lead: { text, values, since } }: { home: Home; lead: Said }) {
  const t = useTranslations('home.lead');
  const momentText = useMomentText();
  const isBrowser = useIsBrowser();
  const say = (moment: string) => t(text, { ...values, since: moment });
  if (since === null) return say('none');
  return (
    <span
      className="home__sentence"
      data-room={say(momentText(since, home.timezone ?? 'UTC'))}
      // The server may have rendered it on the day before.
      suppressHydrationWarning
    >
      <span>{say(isBrowser ? momentText(since, zoneOf(home)) : 'none')}</span>
    </span>
  );
}

function Facts({ home, known }: { home: Home; known: Known }) {
  const t = useTranslations('home');
  const routers = linkedRouters(home, known.routers);
  const devices = known.devices.filter(({ is_router }) => !is_router);
  const here = devices.filter(({ is_online }) => is_online).length;
  const unknown = devices.filter(({ unknown_since }) => unknown_since !== null).length;
  const roundTrip = roundTripOf(routers);
  return (
    <span className="home__facts">
      {(here > 0 || unknown === 0) && <span>{t('here', { count: here })}</span>}
      {unknown > 0 && <span>{t('unknown', { count: unknown })}</span>}
      {roundTrip !== undefined && <span>{t('roundTrip', { ms: roundTrip })}</span>}
      <LiveRate routers={routers} />
    </span>
  );
}

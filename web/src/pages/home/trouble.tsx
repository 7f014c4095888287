import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import type { Home } from '../../api/home-queries.ts';
import type { Device, Policy, Router } from '../../api/queries.ts';
import { buttonClass } from '../../design/button.tsx';
import { Dot } from '../../design/dot.tsx';
import { Tile } from '../../design/tile.tsx';
import { useIsBrowser, useMomentText, zoneOf } from '../../homes/time.tsx';
import { deviceLabel } from '../devices/label.ts';
import { routerName, stateOf } from './facts.ts';

const SHOWN = 3;

/** A router that is away, or has no internet: since when, and what to do. */
export function Trouble({ router, homes }: { router: Router; homes: readonly Home[] }) {
  const t = useTranslations('home');
  const isBrowser = useIsBrowser();
  const momentText = useMomentText();
  const { state, since } = stateOf(router);
  if (state === 'ok' || state === 'unknown') return undefined;
  const home = homes.find(({ id }) => id === router.home_id);
  return (
    <li>
      <Tile kind="router" />
      <span className="rows__main">
        <span className="home__on">
          <RouterLink router={router} />
          <Dot
            state={state === 'internet_down' ? 'blocked' : 'unknown'}
            label={t(`trouble.${state}.title`)}
            isLabelShown
          />
          {since !== null && (
            <span className="moment quiet home__small">
              {isBrowser && t('since', { time: momentText(since, zoneOf(home)) })}
            </span>
          )}
        </span>
        <span className="quiet home__small">{t(`trouble.${state}.todo`)}</span>
      </span>
    </li>
  );
}

/** What a router did not take of what was decided, and why; or that it has not said so far. */
export function Refusal({
  router,
  policy: { delivery },
  isLate,
  devices,
}: {
  router: Router;
  policy: Policy;
  /** It has not answered yet. */
  isLate: boolean;
  devices: readonly Device[];
}) {
  const t = useTranslations();
  const { state, reason_code, refused = [] } = delivery;
  const whole = isLate ? 'home.late' : 'home.notTaken';
  const nameOf = (id: string | null, address: string) => {
    const device = devices.find((each) => each.id === id);
    return device === undefined ? address : deviceLabel(device);
  };
  return (
    <li>
      <Tile kind="router" />
      <span className="rows__main">
        <span className="home__on">
          <RouterLink router={router} />
          <Dot
            state="waiting"
            label={t(state === 'partial' ? 'home.notTakenSome' : whole)}
            isLabelShown
          />
        </span>
        {state !== 'partial' &&
          !isLate &&
          reason_code &&
          reason_code !== 'offline' &&
          reason_code !== 'away' && (
            <span className="quiet home__small">{t(`state.because.${reason_code}`)}</span>
          )}
        {refused.slice(0, SHOWN).map(({ device_id, address, reason_code: why }) => (
          <span key={address} className="quiet home__small">
            <bdi>{nameOf(device_id, address)}</bdi> <span>{t(`state.refused.${why}`)}</span>
          </span>
        ))}
        {refused.length > SHOWN && (
          <span className="quiet home__small">
            {t('home.more', { count: refused.length - SHOWN })}
          </span>
        )}
      </span>
      <Link to="/routers" className={buttonClass('plain')}>
        {t('home.toRouter')}
      </Link>
    </li>
  );
}

function RouterLink({ router }: { router: Router }) {
  return (
    <Link to="/routers" className="name home__name">
      {routerName(router)}
    </Link>
  );
}

import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import type { Home } from '../../api/home-queries.ts';
import { buttonClass } from '../../design/button.tsx';
import { useRights } from '../../homes/current.ts';
import { HelpLink } from '../help/link.tsx';
import { AllowHere } from './allow-here.tsx';
import { AskItem } from './ask.tsx';
import { type Known, changesOf, linkedRouters, newcomersAmong, stateOf } from './facts.ts';
import { Newcomer } from './newcomer.tsx';
import { Refusal, Trouble } from './trouble.tsx';

const SHOWN = 6;

/** What waits for somebody, the worst first: routers that are away, what was not taken, asks, and new devices. Nothing if there is nothing. */
export function NeedsYou({ homes, known }: { homes: readonly Home[]; known: Known }) {
  const t = useTranslations('home');
  const { canChange } = useRights();
  const routers = homes.flatMap((home) => linkedRouters(home, known.routers));
  const troubled = routers.filter((router) => !['ok', 'unknown'].includes(stateOf(router).state));
  const refusing = routers.flatMap((router) => {
    const policy = known.policies.get(router.router_id);
    const { changes } = changesOf(policy, known.now);
    return policy !== undefined && changes !== 'applied' ? [{ router, policy, changes }] : [];
  });
  const newcomers = newcomersAmong(known.devices);
  const { asks } = known;
  if (troubled.length + refusing.length + asks.length + newcomers.length === 0) return undefined;
  return (
    <section className="card home__needs">
      <h2>{t('needsYou')}</h2>
      <ul className="rows">
        {troubled.map((router) => (
          <Trouble key={router.router_id} router={router} homes={homes} />
        ))}
        {refusing.map(({ router, policy, changes }) => (
          <Refusal
            key={router.router_id}
            {...{ router, policy }}
            isLate={changes === 'late'}
            devices={known.devices}
          />
        ))}
        {asks.map((ask) => (
          <AskItem key={ask.id} ask={ask} />
        ))}
        {newcomers.slice(0, SHOWN).map((device) => (
          <Newcomer key={device.id} device={device} devices={known.devices} />
        ))}
      </ul>
      {newcomers.length > SHOWN && (
        <Link to="/devices" search={{ state: 'new' }} className={buttonClass('quiet')}>
          {t('all', { count: newcomers.length })}
        </Link>
      )}
      {newcomers.length > 0 && <HelpLink topic="guest" />}
      {canChange &&
        homes.map((home) => (
          <AllowHere
            key={home.id}
            home={home}
            isNamed={homes.length > 1}
            newcomers={newcomers.filter(({ router_id }) =>
              linkedRouters(home, known.routers).some((router) => router.router_id === router_id),
            )}
          />
        ))}
    </section>
  );
}

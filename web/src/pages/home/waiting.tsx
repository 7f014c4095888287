import { Link } from '@tanstack/react-router';
import { Sparkles } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useHomeOf } from '../../access/text.ts';
import type { Device } from '../../api/queries.ts';
import { buttonClass } from '../../design/button.tsx';
import { useRights, useShownHomes } from '../../homes/current.ts';
import { AllowAll } from '../devices/review.tsx';
import { DeviceItem } from './device-item.tsx';

const SHOWN = 6;

/** The new devices about which nobody has decided yet, the latest first. */
export function Waiting({ devices }: { devices: readonly Device[] }) {
  const t = useTranslations('home');
  const { canChange } = useRights();
  const homes = useShownHomes();
  const homeOf = useHomeOf();
  const waiting = devices
    .filter(({ is_new, is_router }) => is_new && !is_router)
    .toSorted((one, other) => (one.first_seen < other.first_seen ? 1 : -1));
  return (
    <section className="card home__new">
      <h2>{t('new')}</h2>
      {waiting.length === 0 && (
        <p className="quiet rows__none">
          <Sparkles aria-hidden className="icon" /> {t('noneNew')}
        </p>
      )}
      <ul className="rows">
        {waiting.slice(0, SHOWN).map((device) => (
          <DeviceItem key={device.id} device={device} isReviewed />
        ))}
      </ul>
      {waiting.length > SHOWN && (
        <Link to="/devices" search={{ state: 'new' }} className={buttonClass('quiet')}>
          {t('all', { count: waiting.length })}
        </Link>
      )}
      {canChange &&
        homes.map(({ id }) => {
          const count = waiting.filter(({ router_id }) => homeOf(router_id)?.id === id).length;
          return count > 1 && <AllowAll key={id} homeId={id} count={count} />;
        })}
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Preferences } from '../../api/alert-queries.ts';
import type { Home } from '../../api/home-queries.ts';
import { devicesQuery, routersQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Dot } from '../../design/dot.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { useSavePreferences, wishOf } from './use-preferences.ts';

const PickDevices = lazy(() => import('../rules/pick-devices.tsx'));

/** The devices of which one is told that they come and leave. */
export function Watched({ home, preferences }: { home: Home; preferences: Preferences }) {
  const t = useTranslations('alerts.watched');
  const onError = useProblemToast();
  const [isPicking, setPicking] = useState(false);
  const save = useSavePreferences(home.id);
  const { watched_devices } = preferences;
  const ids = wishOf(preferences).watched_devices;
  const set = (changed: readonly string[]) =>
    save.mutate({ watched_devices: [...changed] }, { onError });
  return (
    <section className="card">
      <h2>{t('title')}</h2>
      <p className="quiet">{t('hint')}</p>
      <ul className="rows">
        {watched_devices.map(({ device_id, name, is_home }) => (
          <li key={device_id}>
            <Dot state={is_home ? 'here' : 'away'} label={t(is_home ? 'here' : 'away')} />
            <span className="rows__main">
              <span className="name">{name}</span>
            </span>
            <Button
              variant="quiet"
              aria-label={t('stop', { name })}
              disabled={save.isPending}
              onClick={() => set(ids.filter((id) => id !== device_id))}
            >
              <X aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      <div className="dialog__actions">
        <Button onClick={() => setPicking(true)}>{t('add')}</Button>
      </div>
      {isPicking && (
        <Suspense>
          <Pick
            home={home}
            without={new Set(ids)}
            onTake={(more) => {
              setPicking(false);
              set([...ids, ...more]);
            }}
            onClose={() => setPicking(false)}
          />
        </Suspense>
      )}
    </section>
  );
}

/** Of the devices of the home that are not watched yet. */
function Pick({
  home,
  without,
  onTake,
  onClose,
}: {
  home: Home;
  without: ReadonlySet<string>;
  onTake: (ids: readonly string[]) => void;
  onClose: () => void;
}) {
  const t = useTranslations('alerts.watched');
  const { data: routers = [] } = useQuery(routersQuery);
  const { data: devices = [] } = useQuery(devicesQuery);
  const own = new Set(
    routers.filter(({ home_id }) => home_id === home.id).map(({ router_id }) => router_id),
  );
  return (
    <PickDevices
      title={t('add')}
      devices={devices.filter(
        ({ id, router_id, is_router }) => own.has(router_id) && !is_router && !without.has(id),
      )}
      takeText={(count) => t('take', { count })}
      onTake={(chosen) => onTake(chosen.map(({ id }) => id))}
      onClose={onClose}
    />
  );
}

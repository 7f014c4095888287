import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { homesQuery } from '../api/home-queries.ts';
import { chooseHome, useChosenHome } from '../homes/current.ts';

const ALL = '';

/** Chooses which home the pages show: all own ones, one of them, or one that somebody shares. Nothing if there is only one. */
export function HomeSwitch() {
  const t = useTranslations('household');
  const { data: homes = [] } = useQuery(homesQuery);
  const chosen = useChosenHome();
  const own = homes.filter(({ is_own }) => is_own);
  const shared = homes.filter(({ is_own }) => !is_own);
  if (homes.length < 2) return undefined;
  return (
    <select
      className="shell__switch"
      aria-label={t('switch')}
      value={homes.some(({ id }) => id === chosen) ? chosen : ALL}
      onChange={({ target }) => chooseHome(target.value === ALL ? undefined : target.value)}
    >
      {own.length === 1 ? (
        <option value={ALL}>{own[0]?.name}</option>
      ) : (
        <>
          <option value={ALL}>{t('all')}</option>
          {own.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </>
      )}
      {shared.map(({ id, name, owner_name }) => (
        <option key={id} value={id}>
          {t('sharedBy', { name, owner: owner_name ?? '' })}
        </option>
      ))}
    </select>
  );
}

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Home } from '../../api/home-queries.ts';
import { Choice } from '../../design/choice.tsx';
import { useShownHomes } from '../../homes/current.ts';

/** Which of the homes that are shown a page is about. */
export type OneHome = {
  home: Home | undefined;
  homes: readonly Home[];
  choose: (id: string) => void;
};

export function useOneHome(): OneHome {
  const homes = useShownHomes();
  const [chosen, choose] = useState<string>();
  return { home: homes.find(({ id }) => id === chosen) ?? homes[0], homes, choose };
}

/** Chooses one of them, if there are several. */
export function HomeChoice({ choice: { home, homes, choose } }: { choice: OneHome }) {
  const t = useTranslations('household');
  if (home === undefined || homes.length < 2) return undefined;
  return (
    <Choice
      label={t('choose')}
      isLabelHidden
      options={homes.map(({ id, name }) => ({ value: id, text: name }))}
      value={home.id}
      onChange={choose}
    />
  );
}

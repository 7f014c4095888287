import { useTranslations } from 'use-intl';
import { activity } from '../../texts/en/activity.ts';

type Known = keyof typeof activity.actions;

/** An action in words; one of a newer server, which has none, as it stands. */
export function useActionText(): (action: string) => string {
  const t = useTranslations('activity.actions');
  return (action) => {
    const key = action.replace('.', '_');
    return isKnown(key) ? t(key) : action;
  };
}

function isKnown(key: string): key is Known {
  return Object.hasOwn(activity.actions, key);
}

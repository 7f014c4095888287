import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'use-intl';
import { useSpeedText } from '../../access/text.ts';
import { type Rule, homesQuery } from '../../api/home-queries.ts';
import { useMomentText, zoneOf } from '../../homes/time.tsx';
import { type Words, scheduleText, windowsText } from './sentence.ts';
import { useWhoText } from './target.ts';

/** What the language of the page says of rules. */
export function useWords(): Words {
  return { t: useTranslations('rules'), format: useFormatter() };
}

/** A rule as a sentence; without `hasTarget` if it is clear who it is for. */
export function useRuleText(): (rule: Rule, hasTarget: boolean) => string {
  const words = useWords();
  const speedText = useSpeedText();
  const whoText = useWhoText();
  const whenText = useWhenText();
  const { t } = words;
  return (rule, hasTarget) => {
    const who = hasTarget ? whoText(rule) : undefined;
    const { kind, access } = rule;
    if (kind === 'schedule') return scheduleText(words, rule, { who, speed: speedText(rule) });
    const what =
      kind === 'pause'
        ? t('kinds.pause')
        : access === 'limit'
          ? t('only', { speed: speedText(rule) })
          : t(`accessesOf.${access}`);
    const name = rule.name ?? (kind === 'exception' ? t('kinds.exception') : undefined);
    const said = name === undefined ? what : t('named', { name, what });
    const withTarget = who === undefined ? said : t('forWhom', { said, who });
    const when = whenText(rule);
    return when === '' ? withTarget : t('timed', { said: withTarget, when });
  };
}

/** When a rule says something. */
function useWhenText(): (rule: Rule) => string {
  const words = useWords();
  const momentText = useMomentText();
  const { data: homes } = useQuery(homesQuery);
  const access = useTranslations('access');
  const { t } = words;
  return ({ kind, windows, from_at, until_at, home_id }) => {
    if (kind === 'new_device') return '';
    if (kind === 'schedule') return windowsText(words, windows);
    const zone = zoneOf(homes?.find(({ id }) => id === home_id));
    if (until_at === null) return access('untilResumed');
    const until = momentText(until_at, zone);
    return Date.parse(from_at) > Date.now()
      ? t('fromUntil', { from: momentText(from_at, zone), until })
      : t('until', { time: until });
  };
}

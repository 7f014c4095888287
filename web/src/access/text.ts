import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'use-intl';
import { type Home, homesQuery } from '../api/home-queries.ts';
import { type Device, routersQuery } from '../api/queries.ts';
import { useIsBrowser, useMomentText, zoneOf } from '../homes/time.tsx';

export type Access = Device['access'];
type Because = Access['because'];

/** Nothing limits it. */
export const ALLOWED: Access = {
  access: 'allow',
  down_rate: null,
  up_rate: null,
  because: { kind: 'none', rule_id: null, name: null, target: null },
  since: null,
  until: null,
  next: null,
};

const MEGABIT = 1_000_000;

/** Speeds in words. 0 is blocked, null full speed. */
export function useSpeedText(): (rates: Pick<Access, 'down_rate' | 'up_rate'>) => string {
  const t = useTranslations('access');
  const format = useFormatter();
  const one = (rate: number | null) =>
    rate === null
      ? t('full')
      : t('megabits', { rate: format.number(rate / MEGABIT, { maximumFractionDigits: 3 }) });
  return ({ down_rate, up_rate }) =>
    down_rate === up_rate ? one(down_rate) : t('upTo', { down: one(down_rate), up: one(up_rate) });
}

/** An access in words: the state for a badge, and why and until when beside it. */
export function useAccessText() {
  const t = useTranslations('access');
  const isBrowser = useIsBrowser();
  const momentText = useMomentText();
  const speedText = useSpeedText();
  const why = ({ kind, name }: Because) => name ?? t(`because.${kind}`);
  return {
    state: ({ access, because }: Pick<Access, 'access' | 'because'>) =>
      t(access === 'block' && because.kind === 'pause' ? 'paused' : access),
    why,
    /** Until when; of a pause without an end who ends it. Nothing on the server, which does not know the time zone. */
    end: (
      { access, because, until }: Pick<Access, 'access' | 'because' | 'until'>,
      home: Home | undefined,
    ) => {
      if (until !== null)
        return isBrowser ? t('until', { time: momentText(until, zoneOf(home)) }) : undefined;
      return access === 'block' && because.kind === 'pause' ? t('untilResumed') : undefined;
    },
    speed: (access: Pick<Access, 'access' | 'down_rate' | 'up_rate'>) =>
      access.access === 'limit' ? speedText(access) : '',
  };
}

/** Finds the home of a router. */
export function useHomeOf(): (routerId: string) => Home | undefined {
  const { data: homes } = useQuery(homesQuery);
  const { data: routers } = useQuery(routersQuery);
  return (routerId) => {
    const router = routers?.find(({ router_id }) => router_id === routerId);
    return homes?.find(({ id }) => id === router?.home_id);
  };
}

/** Whether anything is restricted. */
export function isRestricted({ access }: { access: string }): boolean {
  return access !== 'allow';
}

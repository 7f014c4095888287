import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { api, unwrap } from '../api/client.ts';
import { useRuleDelivery } from './rule-delivery.ts';
import {
  type RuleAddition,
  changeRule,
  createRule,
  refreshRules,
  useDeleteRule,
} from './rule-writes.ts';
import type { Access } from './text.ts';
import { useGuarded } from './use-guarded.tsx';

/** Who or what a pause is for. */
export type PauseTarget = {
  homeId: string;
  name: string;
  /** How many devices it concerns. */
  devices: number;
  /** What they are called. */
  deviceNames?: readonly string[];
  /** As a rule has it. */
  target: Pick<RuleAddition, 'target' | 'person_id' | 'device_id'>;
};

/** How long a pause lasts; nothing: until somebody ends it. */
type PauseLength = { minutes?: number; until_at?: string };

/** What one tap does. */
export const PAUSE_MINUTES = 30;
/** By so much a pause is made longer. */
export const MORE_MINUTES = 15;

export type Pauses = {
  /** The rule of the pause that holds now; null: there is none. */
  pauseId: string | null;
  pause: (length: PauseLength) => void;
  resume: () => void;
  /** Makes the pause 15 minutes longer. */
  extend: () => void;
  /** Asks before the device in use is cut off: rendered by the caller. */
  dialog: ReactNode;
};

/** What is said once the router does it. */
const DONE = { pausing: 'pausedNow', resuming: 'resumed', extending: 'extended' } as const;

/** Pauses a person or a device, makes the pause longer, and ends it; each with a toast, a pause with an undo. */
export function usePauses(
  of: PauseTarget,
  because: Access['because'] | undefined,
  onDone: () => void = () => undefined,
): Pauses {
  const { homeId: home_id, name, target } = of;
  const t = useTranslations('access');
  const queryClient = useQueryClient();
  const pauseId = because?.kind === 'pause' ? because.rule_id : null;
  const follow = useRuleDelivery();
  const isAll = target.target === 'everyone';
  const tell = (what: 'pausing' | 'resuming' | 'extending', undo?: () => void) => {
    const id = `pause ${target.person_id ?? target.device_id ?? home_id}`;
    const values = { name, count: MORE_MINUTES };
    const whose = isAll ? 'everyone' : 'one';
    follow(
      { id, scope: { home_id, ...target }, undo },
      { working: t(`${what}.${whose}`, values), done: t(`${DONE[what]}.${whose}`, values) },
    );
  };
  const end = useDeleteRule(() => tell('resuming'));
  const start = useGuarded(
    (length: PauseLength, confirm) =>
      createRule(home_id, { kind: 'pause', access: 'block', ...target, ...length, ...confirm }),
    async ({ id }) => {
      onDone();
      await refreshRules(queryClient);
      tell('pausing', () => end.run({ home_id, id }));
    },
  );
  const more = useGuarded(
    async (id: string, confirm) => {
      const path = { home_id, id };
      const rule = await unwrap(
        api.GET('/api/v1/homes/{home_id}/rules/{id}', { params: { path } }),
      );
      if (rule.until_at === null) return;
      // It may have got another end since the page was told.
      const before = Math.max(Date.parse(rule.until_at), Date.now());
      const until_at = new Date(before + MORE_MINUTES * 60_000).toISOString();
      await changeRule(path, { until_at, ...confirm });
    },
    async () => {
      await refreshRules(queryClient);
      tell('extending');
    },
  );
  // A button that is disabled while it works would lose the focus.
  const isPending = start.isPending || end.isPending || more.isPending;
  return {
    pauseId,
    pause: (length) => isPending || start.run(length),
    resume: () => isPending || pauseId === null || end.run({ home_id, id: pauseId }),
    extend: () => isPending || pauseId === null || more.run(pauseId),
    dialog: (
      <>
        {start.dialog}
        {end.dialog}
        {more.dialog}
      </>
    ),
  };
}

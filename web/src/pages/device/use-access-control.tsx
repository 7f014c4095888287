import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { peopleQuery, rulesQuery } from '../../api/home-queries.ts';
import type { DeviceDetail } from '../../api/queries.ts';
import { Dialog } from '../../design/dialog.tsx';
import { type Plan, type Wish, overruled } from '../devices/access-plan.ts';
import { useChangeAccess, usePlan } from '../devices/change-access.tsx';
import { deviceLabel } from '../devices/label.ts';

type Asked = { plan: Plan; wish: Wish; title: string; text: string; names: readonly string[] };

/**
 * Gives a device the internet, or takes it. What a person may not expect is asked before: that a pause ends for others
 * too, and that a rule of its own goes before a bedtime. The caller renders `dialog`.
 */
export function useAccessControl(device: DeviceDetail): {
  choose: (wish: Wish) => void;
  isPending: boolean;
  dialog: ReactNode;
} {
  const t = useTranslations('device');
  const plan = usePlan();
  const change = useChangeAccess();
  const { data: rules = [] } = useQuery(rulesQuery);
  const { data: people = [] } = useQuery(peopleQuery);
  const [asked, setAsked] = useState<Asked>();
  const go = (planned: Plan, wish: Wish) => change.run([{ device, plan: planned }], wish);
  const choose = (wish: Wish) => {
    if (plan === undefined) return;
    const now = Date.now();
    const planned = plan(device, wish, now);
    const name = deviceLabel(device);
    const { endsPause } = planned;
    const who = people.find(({ id }) => id === endsPause?.person_id)?.name;
    if (endsPause !== undefined)
      return setAsked({
        plan: planned,
        wish,
        title: t('endsPauseTitle'),
        text: who === undefined ? t('endsPauseOfAll') : t('endsPauseOf', { name: who }),
        names: [],
      });
    const ids = new Set([device.id]);
    const others = hasOwnRule(planned)
      ? overruled({ device, rules, ids, mode: undefined, now }, device.person_id)
      : [];
    if (others.length === 0) return go(planned, wish);
    setAsked({
      plan: planned,
      wish,
      title: t('overrulesTitle'),
      text: t('overrules', { name }),
      names: others.map((rule) => rule.name ?? t('unnamedRule')),
    });
  };
  return {
    choose,
    isPending: change.isPending,
    dialog: (
      <>
        {change.dialog}
        {asked && (
          <Dialog
            title={asked.title}
            onClose={() => setAsked(undefined)}
            confirm={{
              text: t('doIt'),
              variant: 'primary',
              onClick: () => {
                setAsked(undefined);
                go(asked.plan, asked.wish);
              },
            }}
          >
            <p>{asked.text}</p>
            {asked.names.length > 0 && (
              <ul>
                {asked.names.map((name) => (
                  <li key={name}>
                    <bdi>{name}</bdi>
                  </li>
                ))}
              </ul>
            )}
          </Dialog>
        )}
      </>
    ),
  };
}

/** Whether it makes a rule for the device that holds for always. */
function hasOwnRule({ steps }: Plan): boolean {
  return steps.some((step) => step.do === 'addRule' && step.rule.kind === 'schedule');
}

import { QueryObserver, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { type Policy, policyQuery, routersQuery } from '../api/queries.ts';
import { stageOf } from './delivery-stage.ts';
import { useDateText } from './time.tsx';
import { isToastShown, showToast } from './toast.ts';

/** The thing that was changed: its toast's id, and the router that has to do it. */
type Delivered = { id: string; routerId: string; undo?: (() => void) | undefined };
/** "Blocking PS5 …", and "PS5 is blocked." once the router has confirmed it; `decided`: what is said before, if that differs. */
export type DeliveryTexts = { working: string; done: string; decided?: string };

/** Nobody waits longer than that for a router. */
const LONGEST_MS = 60_000;

/**
 * Returns `followDelivery`: one toast for a change that changes with it, from under way to applied, or says what it waits
 * for. To be called once the server has the change: before, show a toast of the same id with `state: 'working'`.
 */
export function useDeliveryToast(): (thing: Delivered, texts: DeliveryTexts) => void {
  const queryClient = useQueryClient();
  const t = useTranslations('delivery');
  const dateText = useDateText();
  return useCallback(
    ({ id, routerId, undo }, { working, done: applied, decided: done = applied }) => {
      showToast({ id, text: working, state: 'working', undo });
      const waitText = ({ reason_code }: Policy['delivery']) => {
        const router = queryClient
          .getQueryData(routersQuery.queryKey)
          ?.find(({ router_id }) => router_id === routerId);
        const name = router?.router_name ?? '';
        if (reason_code !== 'offline' && reason_code !== 'away') return t('waits', { done, name });
        const seen = router?.last_seen;
        return seen
          ? t('waitsSince', { done, name, since: shortTime(new Date(seen), dateText) })
          : t('waits', { done, name });
      };
      // What was fetched before says nothing of this change.
      const changedAt = Date.now();
      const observer = new QueryObserver(queryClient, policyQuery(routerId));
      const stop = observer.subscribe(({ data, isFetching, dataUpdatedAt }) => {
        if (!isToastShown(id)) return end();
        if (data === undefined || isFetching || dataUpdatedAt < changedAt) return undefined;
        const { delivery } = data;
        const stage = stageOf(delivery);
        if (stage === 'working') return undefined;
        if (stage === 'done') showToast({ id, text: applied, state: 'done', undo });
        else if (stage === 'refused')
          showToast({ id, text: t('refused', { done }), state: 'waiting', tone: 'failure', undo });
        else showToast({ id, text: waitText(delivery), state: 'waiting', undo });
        return end();
      });
      const timer = setTimeout(() => {
        if (isToastShown(id))
          showToast({ id, text: t('waits', { done, name: '' }), state: 'waiting', undo });
        end();
      }, LONGEST_MS);
      function end(): void {
        clearTimeout(timer);
        stop();
      }
      void queryClient.invalidateQueries({ queryKey: policyQuery(routerId).queryKey });
    },
    [queryClient, t, dateText],
  );
}

/** A time of today as it is, else with its date. */
function shortTime(date: Date, dateText: ReturnType<typeof useDateText>): string {
  const day = { dateStyle: 'short' } as const;
  const time = { timeStyle: 'short' } as const;
  const isToday = dateText(date, day) === dateText(new Date(), day);
  return dateText(date, isToday ? time : { ...day, ...time });
}

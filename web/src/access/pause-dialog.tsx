import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNow, useTranslations } from 'use-intl';
import { homesQuery } from '../api/home-queries.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { showToast } from '../design/toast.ts';
import { zoneOf } from '../homes/time.tsx';
import { type WallTime, instantOf, wallTimeAt } from '../homes/wall-time.ts';
import type { PauseTarget } from './pause-button.tsx';
import './pause-dialog.css';
import { createRule, refreshRules, useDeleteRule } from './rule-writes.ts';
import { useGuarded } from './use-guarded.tsx';

const MINUTES = [15, 30, 60] as const;

/** How long somebody is paused: each choice does it at once. */
export default function PauseDialog({ of, onClose }: { of: PauseTarget; onClose: () => void }) {
  const t = useTranslations('access');
  const queryClient = useQueryClient();
  const now = useNow({ updateInterval: 10_000 });
  const zone = zoneOf(useQuery(homesQuery).data?.find(({ id }) => id === of.homeId));
  const [until, setUntil] = useState<WallTime>(() => suggestedEnd(zone));
  const undo = useDeleteRule(() => showToast({ text: t('resumed', { name: of.name }) }));
  const pause = useGuarded(
    (length: { minutes?: number; until_at?: string }, confirm) =>
      createRule(of.homeId, {
        kind: 'pause',
        access: 'block',
        ...of.target,
        ...length,
        ...confirm,
      }),
    async ({ home_id, id }) => {
      onClose();
      await refreshRules(queryClient);
      showToast({
        text: t('pausedNow', { name: of.name }),
        undo: () => undo.run({ home_id, id }),
      });
    },
  );
  const end = instantOf(until, zone);
  const isOver = !(end > now.getTime());
  return (
    <Dialog title={t('pauseTitle', { name: of.name })} onClose={onClose}>
      <p>{t('pauseHint')}</p>
      <p className="quiet">{t('pauseDevices', { count: of.devices, name: of.name })}</p>
      <div className="pause" role="group" aria-label={t('pauseFor')}>
        {MINUTES.map((minutes) => (
          <Button key={minutes} disabled={pause.isPending} onClick={() => pause.run({ minutes })}>
            {minutes < 60 ? t('minutes', { count: minutes }) : t('hours', { count: minutes / 60 })}
          </Button>
        ))}
        <Button disabled={pause.isPending} onClick={() => pause.run({})}>
          {t('untilResume')}
        </Button>
        <div className="pause__until">
          <input
            className="input"
            type="datetime-local"
            aria-label={t('untilTime')}
            value={until}
            onChange={({ target }) => setUntil(target.value)}
          />
          <Button
            disabled={pause.isPending || isOver}
            onClick={() => pause.run({ until_at: new Date(end).toISOString() })}
          >
            {t('untilTime')}
          </Button>
        </div>
      </div>
      {pause.dialog}
    </Dialog>
  );
}

/** Seven in the morning, today or tomorrow. */
function suggestedEnd(zone: string): WallTime {
  const now = Date.now();
  const today = `${wallTimeAt(now, zone).slice(0, 10)}T07:00`;
  if (instantOf(today, zone) > now) return today;
  return `${wallTimeAt(now + 24 * 60 * 60 * 1000, zone).slice(0, 10)}T07:00`;
}

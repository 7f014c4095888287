import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormatter, useNow, useTranslations } from 'use-intl';
import { homesQuery } from '../api/home-queries.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useMomentText, zoneOf } from '../homes/time.tsx';
import { type WallTime, instantOf, wallTimeAt } from '../homes/wall-time.ts';
import { type PauseTarget, usePauses } from './pause.tsx';
import './pause-dialog.css';

const MINUTES = [15, 30, 60, 120] as const;

/** How long somebody is paused: each choice does it at once. */
export default function PauseDialog({ of, onClose }: { of: PauseTarget; onClose: () => void }) {
  const t = useTranslations('access');
  const format = useFormatter();
  const momentText = useMomentText();
  const now = useNow({ updateInterval: 10_000 });
  const zone = zoneOf(useQuery(homesQuery).data?.find(({ id }) => id === of.homeId));
  const morning = nextMorning(now.getTime(), zone);
  const [until, setUntil] = useState<WallTime>(() => wallTimeAt(morning, zone));
  const { pause, dialog } = usePauses(of, undefined, onClose);
  const end = instantOf(until, zone);
  const isOver = !(end > now.getTime());
  const names = of.deviceNames ?? [];
  const isAll = of.target.target === 'everyone';
  return (
    <Dialog
      title={isAll ? t('pauseEveryone') : t('pauseTitle', { name: of.name })}
      onClose={onClose}
    >
      <p>
        {t(isAll ? 'pauseAllDevices' : 'pauseDevices', { count: of.devices, name: of.name })}
        {names.length > 0 && <bdi> {format.list(names)}</bdi>}
      </p>
      <p className="quiet">{t('pauseHint')}</p>
      <div className="pause" role="group" aria-label={t('pauseFor')}>
        {MINUTES.map((minutes) => (
          <Button key={minutes} onClick={() => pause({ minutes })}>
            {minutes < 60 ? t('minutes', { count: minutes }) : t('hours', { count: minutes / 60 })}
          </Button>
        ))}
        <Button onClick={() => pause({ until_at: new Date(morning).toISOString() })}>
          {t('until', { time: momentText(new Date(morning).toISOString(), zone) })}
        </Button>
        <Button onClick={() => pause({})}>{t('untilResume')}</Button>
        <div className="pause__until">
          <input
            className="input"
            type="datetime-local"
            aria-label={t('untilTime')}
            value={until}
            onChange={({ target }) => setUntil(target.value)}
          />
          <Button
            disabled={isOver}
            onClick={() => pause({ until_at: new Date(end).toISOString() })}
          >
            {t('untilTime')}
          </Button>
        </div>
      </div>
      {dialog}
    </Dialog>
  );
}

/** Seven in the morning, today or tomorrow. */
function nextMorning(now: number, zone: string): number {
  const sevenOn = (at: number) => instantOf(`${wallTimeAt(at, zone).slice(0, 10)}T07:00`, zone);
  const today = sevenOn(now);
  return today > now ? today : sevenOn(now + 24 * 60 * 60 * 1000);
}

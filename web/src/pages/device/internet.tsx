import { useState } from 'react';
import { useNow, useTranslations } from 'use-intl';
import { useHomeOf, useSpeedText } from '../../access/text.ts';
import type { Home } from '../../api/home-queries.ts';
import type { DeviceDetail } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Choice } from '../../design/choice.tsx';
import { Segments } from '../../design/segments.tsx';
import { useRights } from '../../homes/current.ts';
import { useMomentText, zoneOf } from '../../homes/time.tsx';
import { instantOf, wallTimeAt } from '../../homes/wall-time.ts';
import { SLOW, type Wanted } from '../devices/access-plan.ts';
import { PAUSES, SPEEDS, nextMorning } from '../devices/lengths.ts';
import { HelpLink } from '../help/link.tsx';
import { Holding } from './holding.tsx';
import { OwnRules } from './own-rules.tsx';
import { useAccessControl } from './use-access-control.tsx';

/** Whether a device has the internet: what holds and why, and what changes it. */
export function Internet({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const { canChange } = useRights();
  const home = useHomeOf()(device.router_id);
  return (
    <section className="device__section">
      <h2>{t('access')}</h2>
      {canChange && !device.is_router && <Control device={device} home={home} />}
      <Holding device={device} home={home} />
      {!device.is_router && <OwnRules device={device} home={home} />}
      {device.access.access === 'block' && <HelpLink topic="no-internet" />}
    </section>
  );
}

const WANTED = { allow: 'on', limit: 'slow', block: 'off' } as const;
/** How long the next choice is to hold; `held`: as long as what holds now. */
type Length = 'always' | 'held' | 'time' | `${(typeof PAUSES)[number]}`;

function Control({ device, home }: { device: DeviceDetail; home: Home | undefined }) {
  const t = useTranslations('device');
  const { choose, isPending, dialog } = useAccessControl(device);
  const now = useNow({ updateInterval: 10_000 }).getTime();
  const { access } = device;
  const wanted = WANTED[access.access];
  const zone = zoneOf(home);
  const isOwn = access.because.kind === 'block' || access.because.target === 'device';
  const isHeld = isOwn && wanted !== 'on' && access.until !== null;
  /** Whether it holds by a choice that can be made here. */
  const isSet = isOwn && wanted !== 'on';
  const [chosen, setChosen] = useState<Length>();
  const [wall, setWall] = useState(() => wallTimeAt(nextMorning(Date.now(), zone), zone));
  const length = chosen ?? (isHeld ? 'held' : 'always');
  const rate = wanted === 'slow' ? (access.down_rate ?? access.up_rate ?? SLOW) : SLOW;
  const ends = (of: Length) => {
    if (of === 'always') return undefined;
    if (of === 'held') return access.until === null ? undefined : Date.parse(access.until);
    return of === 'time' ? instantOf(wall, zone) : Date.now() + Number(of) * 60_000;
  };
  const apply = (next: Wanted, of: Length = length, speed: number = rate) => {
    setChosen(undefined);
    // What is on again does not end when what held before would have.
    const until = next === 'on' && of === 'held' ? undefined : ends(of);
    choose({ wanted: next, until, ...(next === 'slow' && { rate: speed }) });
  };
  const isPast = length === 'time' && !(instantOf(wall, zone) > now);
  return (
    <div className="device__control">
      <Segments<Wanted>
        label={t('access')}
        isLabelHidden
        isDisabled={isPending || isPast}
        options={[
          { value: 'on', text: t('on'), tone: 'good' },
          { value: 'slow', text: t('slow'), tone: 'warning' },
          { value: 'off', text: t('off'), tone: 'danger' },
        ]}
        value={wanted}
        onChange={(next) => apply(next)}
      />
      <div className="device__length">
        <LengthChoice
          until={isHeld ? access.until : null}
          zone={zone}
          value={length}
          onChange={(next) => {
            setChosen(next);
            // What holds by a choice made here holds so long at once; a time is set first.
            if (isSet && next !== 'time') apply(wanted, next);
          }}
        />
        {length === 'time' && (
          <TimeField
            wall={wall}
            onChange={setWall}
            {...(isSet && { onSet: () => apply(wanted) })}
            isDisabled={isPast || isPending}
          />
        )}
        {wanted === 'slow' && isOwn && (
          <SpeedChoice rate={rate} onChange={(speed) => apply('slow', length, speed)} />
        )}
      </div>
      {dialog}
    </div>
  );
}

function LengthChoice({
  until,
  zone,
  value,
  onChange,
}: {
  until: string | null;
  zone: string;
  value: Length;
  onChange: (length: Length) => void;
}) {
  const t = useTranslations('device');
  const tAccess = useTranslations('access');
  const momentText = useMomentText();
  return (
    <Choice<Length>
      label={t('howLong')}
      options={[
        ...(until === null
          ? []
          : [
              { value: 'held' as const, text: tAccess('until', { time: momentText(until, zone) }) },
            ]),
        { value: 'always', text: t('always') },
        ...PAUSES.map((minutes) => ({
          value: `${minutes}` as const,
          text:
            minutes < 60
              ? tAccess('minutes', { count: minutes })
              : tAccess('hours', { count: minutes / 60 }),
        })),
        { value: 'time', text: t('untilTime') },
      ]}
      value={value}
      onChange={onChange}
    />
  );
}

function TimeField({
  wall,
  onChange,
  onSet,
  isDisabled,
}: {
  wall: string;
  onChange: (wall: string) => void;
  onSet?: () => void;
  isDisabled: boolean;
}) {
  const t = useTranslations('device');
  return (
    <>
      <input
        className="input"
        type="datetime-local"
        aria-label={t('untilTime')}
        value={wall}
        onChange={({ target }) => onChange(target.value)}
      />
      {onSet && (
        <Button disabled={isDisabled} onClick={onSet}>
          {t('set')}
        </Button>
      )}
    </>
  );
}

function SpeedChoice({ rate, onChange }: { rate: number; onChange: (rate: number) => void }) {
  const t = useTranslations('device');
  const speedText = useSpeedText();
  const speeds = [...new Set([...SPEEDS, rate])].toSorted((one, other) => one - other);
  return (
    <Choice
      label={t('speed')}
      options={speeds.map((speed) => ({
        value: String(speed),
        text: speedText({ down_rate: speed, up_rate: speed }),
      }))}
      value={String(rate)}
      onChange={(speed) => onChange(Number(speed))}
    />
  );
}

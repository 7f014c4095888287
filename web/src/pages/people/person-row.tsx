import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { Countdown } from '../../access/countdown.tsx';
import { PauseButton } from '../../access/pause-button.tsx';
import type { PauseTarget } from '../../access/pause.tsx';
import { Reason } from '../../access/reason.tsx';
import { type Access, useAccessText } from '../../access/text.ts';
import { type Person, homesQuery } from '../../api/home-queries.ts';
import { type Device, devicesQuery } from '../../api/queries.ts';
import { useRights } from '../../homes/current.ts';
import { useIsBrowser, useMomentText, zoneOf } from '../../homes/time.tsx';
import { deviceLabel } from '../devices/label.ts';
import './person-row.css';

const NONE: readonly Device[] = [];

/** The devices of a person. */
export function useDevicesOf({ id }: Pick<Person, 'id'>): readonly Device[] {
  const { data: devices = NONE } = useQuery(devicesQuery);
  return useMemo(() => devices.filter(({ person_id }) => person_id === id), [devices, id]);
}

/** What a pause of a person is for. */
export function pauseTargetOf(person: Person, devices: readonly Device[]): PauseTarget {
  const { id, home_id, name } = person;
  return {
    homeId: home_id,
    name,
    devices: person.devices,
    deviceNames: devices.map(deviceLabel),
    target: { target: 'person', person_id: id },
  };
}

/** Pauses a person, or ends their pause; nothing for who may not. */
export function PersonPause({ person }: { person: Person }) {
  const { canChange } = useRights();
  const devices = useDevicesOf(person);
  const { because, until } = person.access;
  if (!canChange) return undefined;
  return <PauseButton of={pauseTargetOf(person, devices)} because={because} until={until} />;
}

/**
 * What the rules say for a person, and until when; without a restriction how many devices they have, and what comes
 * next. Devices for which something else holds, such as a block by hand, are counted besides.
 */
export function PersonState({ person }: { person: Person }) {
  const { access, home_id, devices } = person;
  const t = useTranslations('people');
  const { state } = useAccessText();
  const next = useNextText();
  const home = useQuery(homesQuery).data?.find(({ id }) => id === home_id);
  const off = offlineBesides(person, useDevicesOf(person));
  const planned = next(access.next, home);
  if (access.access === 'allow')
    return (
      <span className="quiet reason">
        {off > 0 ? t('someOff', { count: off, of: devices }) : t('devices', { count: devices })}
        {planned !== undefined && <span className="moment"> · {planned}</span>}
      </span>
    );
  const isPause = access.because.kind === 'pause';
  return (
    <span className="person-row__state">
      <span className={`badge badge--${access.access === 'block' ? 'danger' : 'warning'}`}>
        {state(access)}
      </span>
      {isPause && access.until !== null ? (
        <Countdown until={access.until} />
      ) : (
        <Reason access={access} home={home} />
      )}
    </span>
  );
}

/** How many devices of a person have no internet although the rules for the person allow it. */
export function offlineBesides({ access }: Person, devices: readonly Device[]): number {
  if (access.access === 'block') return 0;
  return devices.filter((device) => device.access.access === 'block').length;
}

/** The next switch in a few words: "Bedtime from 21:00". */
function useNextText() {
  const t = useTranslations('access');
  const isBrowser = useIsBrowser();
  const momentText = useMomentText();
  const { why, state } = useAccessText();
  return (next: Access['next'], home: Parameters<typeof zoneOf>[0]): string | undefined => {
    if (next === null || !isBrowser) return undefined;
    const time = t('at', { time: momentText(next.at, zoneOf(home)) });
    return `${next.because.name === null ? state(next) : why(next.because)} ${time}`;
  };
}

import { useQuery } from '@tanstack/react-query';
import { Ban, CheckCheck, Gauge, Pause, UserPlus, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Avatar } from '../../access/avatar.tsx';
import { useHomeOf, useSpeedText } from '../../access/text.ts';
import { type Person, peopleQuery } from '../../api/home-queries.ts';
import type { Device } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { MenuButton } from '../../design/menu-button.tsx';
import type { Wish } from './access-plan.ts';
import { useChangeAccess, usePlan } from './change-access.tsx';
import { useGiveTo } from './give-to.tsx';
import { deviceLabel } from './label.ts';
import { PAUSES, SPEEDS } from './lengths.ts';

/** From so many devices on, a change asks first. */
const MANY = 5;
/** So many are named; the rest is a number. */
const NAMED = 4;

/** Does something at once, or asks before. */
type Ask = (title: string, act: () => void, isDanger?: boolean) => void;
/** A change that waits for a "yes", and what it is called. */
type Asked = { title: string; act: () => void; isDanger: boolean };

/** Actions for several devices at once: they are named, and from five on it asks. */
export function Group({
  isShown,
  devices,
  count,
  onAll,
  onDone,
}: {
  /** It stays while it is not shown: a change may still ask. */
  isShown: boolean;
  devices: readonly Device[];
  /** How many there are to choose. */
  count: number;
  onAll: () => void;
  onDone: () => void;
}) {
  const t = useTranslations('devices');
  const names = useNames();
  const [asked, setAsked] = useState<Asked>();
  const ask = (title: string, act: () => void, isDanger = false) => {
    const go = () => {
      act();
      setAsked(undefined);
      onDone();
    };
    if (devices.length < MANY) go();
    else setAsked({ title, act: go, isDanger });
  };
  const access = useAccessOf(devices);
  const giveTo = useGiveTo();
  return (
    <>
      {isShown && (
        <div className="devices__group" role="toolbar" aria-label={t('group')}>
          <p className="devices__chosen">
            <strong>{t('selected', { count: devices.length })}</strong>
            <span className="quiet">{names(devices)}</span>
          </p>
          <div className="devices__acts">
            <Acts {...{ devices, ask, wish: access.wish, give: giveTo.run }} />
            {devices.length < count && (
              <Button variant="quiet" onClick={onAll}>
                {t('selectAll', { count })}
              </Button>
            )}
            <Button variant="quiet" aria-label={t('clearSelection')} onClick={onDone}>
              <X aria-hidden />
            </Button>
          </div>
        </div>
      )}
      {access.dialog}
      {giveTo.dialog}
      {asked && (
        <Dialog
          title={asked.title}
          onClose={() => setAsked(undefined)}
          confirm={{
            text: t('goOn'),
            variant: asked.isDanger ? 'danger' : 'primary',
            onClick: asked.act,
          }}
        >
          <p>{t('several', { count: devices.length })}</p>
          <ul className="devices__named">
            {devices.map((device) => (
              <li key={device.id} className="name">
                {deviceLabel(device)}
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </>
  );
}

function Acts({
  devices,
  ask,
  wish,
  give,
}: {
  devices: readonly Device[];
  ask: Ask;
  wish: (wish: Wish) => void;
  give: (devices: readonly Device[], person: Person | null) => void;
}) {
  const t = useTranslations('devices');
  const tAccess = useTranslations('access');
  const speedText = useSpeedText();
  const count = devices.length;
  const isDisabled = count === 0;
  const pause = (minutes: number): void =>
    wish({ wanted: 'off', until: Date.now() + minutes * 60_000 });
  return (
    <>
      <MenuButton
        isDisabled={isDisabled}
        items={PAUSES.map((minutes) => ({
          id: String(minutes),
          text: tAccess(minutes < 60 ? 'minutes' : 'hours', {
            count: minutes < 60 ? minutes : minutes / 60,
          }),
          onChoose: () => ask(t('ask.pause', { count }), () => pause(minutes)),
        }))}
      >
        <Pause aria-hidden />
        {tAccess('pause')}
      </MenuButton>
      <GiveMenu {...{ devices, ask, give }} />
      <Button
        disabled={isDisabled}
        onClick={() => ask(t('ask.on', { count }), () => wish({ wanted: 'on' }))}
      >
        <CheckCheck aria-hidden />
        {t('allow')}
      </Button>
      <MenuButton
        isDisabled={isDisabled}
        items={SPEEDS.map((rate) => ({
          id: String(rate),
          text: speedText({ down_rate: rate, up_rate: rate }),
          onChoose: () => ask(t('ask.slow', { count }), () => wish({ wanted: 'slow', rate })),
        }))}
      >
        <Gauge aria-hidden />
        {t('limit')}
      </MenuButton>
      <Button
        variant="danger"
        disabled={isDisabled}
        onClick={() => ask(t('ask.off', { count }), () => wish({ wanted: 'off' }), true)}
      >
        <Ban aria-hidden />
        {t('block')}
      </Button>
    </>
  );
}

function GiveMenu({
  devices,
  ask,
  give,
}: {
  devices: readonly Device[];
  ask: Ask;
  give: (devices: readonly Device[], person: Person | null) => void;
}) {
  const t = useTranslations('devices');
  const people = usePeopleOf(devices);
  const count = devices.length;
  if (people.length === 0) return undefined;
  return (
    <MenuButton
      items={[
        ...people.map((person) => ({
          id: person.id,
          text: person.name,
          icon: <Avatar person={person} />,
          onChoose: () =>
            ask(t('ask.give', { count, name: person.name }), () => give(devices, person)),
        })),
        {
          id: 'nobody',
          text: t('nobody'),
          onChoose: () => ask(t('ask.take', { count }), () => give(devices, null)),
        },
      ]}
    >
      <UserPlus aria-hidden />
      {t('giveTo')}
    </MenuButton>
  );
}

/** The people of the home that all of them are in. */
function usePeopleOf(devices: readonly Device[]): readonly Person[] {
  const { data: people = [] } = useQuery(peopleQuery);
  const homeOf = useHomeOf();
  const homes = new Set(devices.map(({ router_id }) => homeOf(router_id)?.id));
  return homes.size > 1 ? [] : people.filter(({ home_id }) => homes.has(home_id));
}

function useAccessOf(devices: readonly Device[]): {
  wish: (wish: Wish) => void;
  dialog: ReactNode;
} {
  const plan = usePlan();
  const change = useChangeAccess();
  return {
    wish: (wish) => {
      if (plan === undefined) return;
      const now = Date.now();
      const planned = devices.map((device) => ({ device, plan: plan(device, wish, now) }));
      // A pause of a person ends for all of their devices: that is decided there.
      change.run(
        planned.filter(({ plan: { endsPause } }) => endsPause === undefined),
        wish,
      );
    },
    dialog: change.dialog,
  };
}

/** "NAS, TV, PlayStation and 3 more". */
function useNames(): (devices: readonly Device[]) => string {
  const t = useTranslations('devices');
  const format = useFormatter();
  return (devices) => {
    const names = devices.slice(0, NAMED).map((device) => `\u2068${deviceLabel(device)}\u2069`);
    const more = devices.length - names.length;
    return format.list(more > 0 ? [...names, t('more', { count: more })] : names);
  };
}

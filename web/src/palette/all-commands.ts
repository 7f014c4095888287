import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Ban, CircleHelp, CircleCheck, History, Moon, Pause, Play, Sun, User } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { isRestricted, useAccessText } from '../access/text.ts';
import { type Person, peopleQuery } from '../api/home-queries.ts';
import { type Device, devicesQuery } from '../api/queries.ts';
import { applyTheme } from '../design/theme.ts';
import { KINDS, kindOf } from '../design/tile.tsx';
import { useRights } from '../homes/current.ts';
import { deviceLabel, typeOf } from '../pages/devices/label.ts';
import { sectionsOf } from '../pages/settings/sections.ts';
import type { Command } from '../shell/commands.ts';
import { placesOf } from '../shell/navigation.tsx';

/** What the palette does itself, as it may ask first. */
type Acts = {
  pause: (person: Person) => void;
  resume: (person: Person, ruleId: string) => void;
  setBlocked: (device: Device, isBlocked: boolean) => void;
};

/** Everything that has a name: the places, the people, the devices, and what can be done with them. */
export function useAllCommands(acts: Acts): readonly Command[] {
  const places = usePlaceCommands();
  const settings = useSettingsCommands();
  const people = usePersonCommands(acts);
  const devices = useDeviceCommands(acts);
  return useMemo(
    () => [...places, ...people, ...devices, ...settings],
    [places, people, devices, settings],
  );
}

function usePlaceCommands(): readonly Command[] {
  const t = useTranslations();
  const navigate = useNavigate();
  const { role } = useRights();
  return useMemo(
    () => [
      ...placesOf(role).map(({ to, name, icon }) => ({
        id: `place ${to}`,
        text: t(`navigation.${name}`),
        hint: t('palette.page'),
        icon,
        run: () => void navigate({ to }),
      })),
      ...(['light', 'dark'] as const).map((theme) => ({
        id: `theme ${theme}`,
        text: t(`palette.${theme}`),
        hint: t('palette.looks'),
        icon: theme === 'light' ? Sun : Moon,
        run: () => applyTheme(theme),
      })),
    ],
    [t, navigate, role],
  );
}

/** What is behind the settings, found also by what it has. */
function useSettingsCommands(): readonly Command[] {
  const t = useTranslations();
  const navigate = useNavigate();
  const { role } = useRights();
  return useMemo(() => {
    const hint = t('navigation.settings');
    const sections = sectionsOf(role).map(({ to, name, icon }) => ({
      id: `settings ${name}`,
      text: t(`settings.sections.${name}`),
      words: t(`settings.hints.${name}`),
      hint,
      icon,
      run: () => void navigate({ to }),
    }));
    const log = {
      id: 'settings alert log',
      text: t('alerts.log'),
      words: t('alerts.logHint'),
      hint: t('settings.sections.alerts'),
      icon: History,
      run: () => void navigate({ to: '/settings/alerts/log' }),
    };
    // A child may not read it.
    return role === 'child' ? sections : [...sections, log];
  }, [t, navigate, role]);
}

function usePersonCommands({ pause, resume }: Acts): readonly Command[] {
  const t = useTranslations('palette');
  const navigate = useNavigate();
  const { canChange } = useRights();
  const { data: people } = useQuery(peopleQuery);
  return useMemo(
    () =>
      (people ?? []).flatMap((person) => {
        const { id, name, access } = person;
        const ruleId = access.because?.kind === 'pause' ? access.because.rule_id : null;
        const open = {
          id: `person ${id}`,
          text: name,
          hint: t('person'),
          icon: User,
          run: () => void navigate({ to: '/people/$id', params: { id } }),
        };
        if (!canChange) return [open];
        const act =
          ruleId === null
            ? { text: t('pause', { name }), icon: Pause, run: () => pause(person) }
            : { text: t('resume', { name }), icon: Play, run: () => resume(person, ruleId) };
        return [open, { id: `pause ${id}`, hint: t('action'), isOwn: true, ...act }];
      }),
    [people, t, navigate, canChange, pause, resume],
  );
}

function useDeviceCommands({ setBlocked }: Acts): readonly Command[] {
  const t = useTranslations('palette');
  const navigate = useNavigate();
  const { canChange } = useRights();
  const { why } = useAccessText();
  const { data: devices } = useQuery(devicesQuery);
  return useMemo(() => {
    const toPage = ({ router_id, id }: Device) =>
      void navigate({
        to: '/routers/$routerId/devices/$id',
        params: { routerId: router_id, id },
      });
    return (devices ?? []).flatMap((device) => {
      const { id, ip, mac, manufacturer, is_router, is_blocked, access } = device;
      const name = deviceLabel(device);
      const words = [ip, mac, manufacturer].filter(Boolean).join(' ');
      const commands: Command[] = [
        {
          id: `device ${id}`,
          text: name,
          hint: t('device'),
          words,
          icon: KINDS[is_router ? 'router' : kindOf(typeOf(device))],
          run: () => toPage(device),
        },
      ];
      if (isRestricted(access))
        commands.push({
          id: `why ${id}`,
          text: t('why', { name }),
          hint: why(access.because),
          icon: CircleHelp,
          run: () => toPage(device),
        });
      if (canChange && !is_router)
        commands.push({
          id: `block ${id}`,
          text: t(is_blocked ? 'unblock' : 'block', { name }),
          hint: t('action'),
          icon: is_blocked ? CircleCheck : Ban,
          isOwn: true,
          run: () => setBlocked(device, !is_blocked),
        });
      return commands;
    });
    // `why` is another one at each rendering, and says the same.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [devices, t, navigate, canChange, setBlocked]);
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { EllipsisVertical, UserRound, UserX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { refreshRules } from '../../access/rule-writes.ts';
import { useHomeOf } from '../../access/text.ts';
import { useGuarded } from '../../access/use-guarded.tsx';
import { api, unwrap } from '../../api/client.ts';
import { type Person, peopleQuery } from '../../api/home-queries.ts';
import type { Device } from '../../api/queries.ts';
import { Choice } from '../../design/choice.tsx';
import { MenuButton } from '../../design/menu-button.tsx';
import { showToast } from '../../design/toast.ts';
import { deviceLabel } from '../devices/label.ts';

export type Assignment = { device: Device; person_id: string | null };

/** Says whose a device is, with an undo; `null`: nobody's. Asks if the device in use would be cut off by that. */
export function useAssign(): {
  run: (wanted: Assignment) => void;
  isPending: boolean;
  dialog: ReactNode;
} {
  const t = useTranslations('people');
  const queryClient = useQueryClient();
  const { data: people = [] } = useQuery(peopleQuery);
  return useGuarded(
    ({ device: { router_id, id }, person_id }: Assignment, confirm) =>
      unwrap(
        api.PATCH('/api/v1/routers/{router_id}/devices/{id}', {
          params: { path: { router_id, id } },
          body: { person_id, ...confirm },
        }),
      ),
    async (_nothing, { device, person_id }, run) => {
      const name = people.find(({ id }) => id === person_id)?.name;
      const label = deviceLabel(device);
      showToast({
        id: `person-of-${device.id}`,
        text:
          name === undefined
            ? t('nobodysNow', { device: label })
            : t('belongsTo', { device: label, name }),
        state: 'done',
        // Back to the person it was before.
        undo: () => run({ device: { ...device, person_id }, person_id: device.person_id }),
      });
      await refreshRules(queryClient);
    },
  );
}

const NOBODY = 'nobody';

/** The people that a device may belong to: those of its home. */
function usePeopleFor(device: Device): readonly Person[] {
  const home = useHomeOf()(device.router_id);
  const { data: people = [] } = useQuery(peopleQuery);
  return people.filter(({ home_id }) => home_id === home?.id);
}

/** Chooses whose a device is. */
export function PersonChoice({ device }: { device: Device }) {
  const t = useTranslations('device');
  const assign = useAssign();
  const options = usePeopleFor(device).map(({ id, name }) => ({ value: id, text: name }));
  if (options.length === 0) return undefined;
  return (
    <>
      <Choice
        label={t('person')}
        options={[{ value: NOBODY, text: t('nobody') }, ...options]}
        value={device.person_id ?? NOBODY}
        onChange={(chosen) => assign.run({ device, person_id: chosen === NOBODY ? null : chosen })}
      />
      {assign.dialog}
    </>
  );
}

/** A menu that gives a device to somebody else: what dragging it does, for keys and fingers. */
export function GiveTo({
  device,
  isNamed,
  onGive,
}: {
  device: Device;
  /** Whether the button says what it is for. */
  isNamed: boolean;
  onGive: (wanted: Assignment) => void;
}) {
  const t = useTranslations('people');
  const people = usePeopleFor(device).filter(({ id }) => id !== device.person_id);
  const items = [
    ...people.map(({ id, name }) => ({
      id,
      text: name,
      icon: <UserRound aria-hidden />,
      onChoose: () => onGive({ device, person_id: id }),
    })),
    ...(device.person_id === null
      ? []
      : [
          {
            id: NOBODY,
            text: t('nobody'),
            icon: <UserX aria-hidden />,
            onChoose: () => onGive({ device, person_id: null }),
          },
        ]),
  ];
  if (items.length === 0) return undefined;
  return (
    <MenuButton
      label={t('giveOne', { device: deviceLabel(device) })}
      items={items}
      variant="quiet"
      hasArrow={isNamed}
    >
      {isNamed ? t('giveTo') : <EllipsisVertical aria-hidden />}
    </MenuButton>
  );
}

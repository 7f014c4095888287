import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { refreshRules } from '../../access/rule-writes.ts';
import { useGuarded } from '../../access/use-guarded.tsx';
import { api, unwrap } from '../../api/client.ts';
import type { Person } from '../../api/home-queries.ts';
import type { Device } from '../../api/queries.ts';
import { showToast } from '../../design/toast.ts';
import { nameOf } from './label.ts';

type Given = Pick<Device, 'router_id' | 'id' | 'person_id'>;
type Gift = {
  to: readonly { device: Given; person_id: string | null }[];
  text: string | undefined;
};

/** Says whose several devices are; with an undo. */
export function useGiveTo() {
  const t = useTranslations('devices');
  const queryClient = useQueryClient();
  const give = useGuarded(
    async ({ to }: Gift, confirm) => {
      for (const { device, person_id } of to)
        await unwrap(
          api.PATCH('/api/v1/routers/{router_id}/devices/{id}', {
            params: { path: { router_id: device.router_id, id: device.id } },
            body: { person_id, ...confirm },
          }),
        );
    },
    async (_nothing, { to, text }, run) => {
      await refreshRules(queryClient);
      if (text === undefined) return;
      const back = to.map(({ device }) => ({ device, person_id: device.person_id }));
      showToast({ text, undo: () => run({ to: back, text: undefined }) });
    },
  );
  return {
    dialog: give.dialog,
    run: (devices: readonly Device[], person: Person | null) => {
      const names = { count: devices.length, device: nameOf(devices) };
      give.run({
        to: devices.map((device) => ({ device, person_id: person?.id ?? null })),
        text: person === null ? t('taken', names) : t('given', { ...names, name: person.name }),
      });
    },
  };
}

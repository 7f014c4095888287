import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, expectOk } from '../../api/client.ts';
import { type DeviceDetail, devicesQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { showToast } from '../../design/toast.ts';
import { deviceLabel } from '../devices/label.ts';

/** Forgets a device that is away; there only if that is possible. */
export function DeleteButton({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const onError = useProblemToast();
  const [isAsking, setAsking] = useState(false);
  const name = deviceLabel(device);
  const { router_id, id } = device;
  const remove = useMutation({
    mutationFn: () =>
      expectOk(
        api.DELETE('/api/v1/routers/{router_id}/devices/{id}', {
          params: { path: { router_id, id } },
        }),
      ),
    onSuccess: async () => {
      await navigate({ to: '/devices' });
      queryClient.setQueryData(devicesQuery.queryKey, (list) =>
        list?.filter((other) => other.id !== id),
      );
      showToast({ text: t('deleted', { name }) });
    },
    onError,
    onSettled: () => setAsking(false),
  });
  if (device.is_online || device.is_router || device.merged.length > 0) return undefined;
  return (
    <div>
      <Button variant="quiet" onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
        {t('delete')}
      </Button>
      {isAsking && (
        <Dialog
          title={t('deleteTitle', { name })}
          onClose={() => setAsking(false)}
          confirm={{
            text: t('delete'),
            variant: 'danger',
            isDisabled: remove.isPending,
            onClick: () => remove.mutate(),
          }}
        >
          <p>{t('deleteHint')}</p>
        </Dialog>
      )}
    </div>
  );
}

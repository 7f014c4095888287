import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api, unwrap } from '../../api/client.ts';
import type { DeviceDetail, Router } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { showToast } from '../../design/toast.ts';

/** Wakes a device that is offline; there only if its router can. */
export function WakeButton({ device, router }: { device: DeviceDetail; router: Router }) {
  const t = useTranslations('device');
  const onError = useProblemToast();
  const wake = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/routers/{router_id}/devices/{id}/wake', {
          params: { path: { router_id: device.router_id, id: device.id } },
        }),
      ),
    onSuccess: () => showToast({ text: t('woken') }),
    onError,
  });
  const canWake = router.is_connected && router.agent_features?.includes('wake') === true;
  if (!canWake || device.is_online || device.mac === null) return null;
  return (
    <Button variant="quiet" disabled={wake.isPending} onClick={() => wake.mutate()}>
      {t('wake')}
    </Button>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { api, unwrap } from '../../api/client.ts';
import { type Router, routersQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { showToast } from '../../design/toast.ts';

/** Has the router look for devices now. That it is done, the event stream says: the router has been scanned. */
export function ScanButton({ router }: { router: Router }) {
  const t = useTranslations('routers');
  const onError = useProblemToast();
  const queryClient = useQueryClient();
  const { router_id } = router;
  const scan = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/v1/routers/{router_id}/scan', { params: { path: { router_id } } })),
    onError,
    onSettled: () => queryClient.invalidateQueries(routersQuery),
  });
  const isScanning = scan.isPending || (router.is_connected && router.scan_wanted_at !== null);
  return (
    <Button
      variant="quiet"
      disabled={isScanning}
      onClick={() => (router.is_connected ? scan.mutate() : showToast({ text: t('scanLater') }))}
    >
      {isScanning && <LoaderCircle aria-hidden className="icon routers__turning" />}
      {isScanning ? t('scanning') : t('scan')}
    </Button>
  );
}

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { homesQuery, peopleQuery, rulesQuery } from '../../api/home-queries.ts';
import {
  type Device,
  type DeviceDetail,
  type Router,
  auditQuery,
  deviceQuery,
  devicesQuery,
  policyQuery,
  routersQuery,
} from '../../api/queries.ts';
import { deviceUsageQuery } from '../../api/usage-queries.ts';
import { usePageTitle } from '../../shell/page-title.ts';
import { deviceLabel } from '../devices/label.ts';

type Found = {
  /** Once everything is there that its page shows at first: what comes later would shift what is below it. */
  device: DeviceDetail | undefined;
  /** What the list knows of it. */
  known: Device | undefined;
  router: Router | undefined;
  error: Error | null;
  retry: () => void;
};

/** A device, and what is shown with it. */
export function useDevice(routerId: string, id: string): Found {
  const device = useQuery(deviceQuery(routerId, id));
  const { data: devices } = useQuery(devicesQuery);
  const routers = useQuery(routersQuery);
  const others = [
    useQuery(homesQuery),
    useQuery(peopleQuery),
    useQuery(rulesQuery),
    useQuery(policyQuery(routerId)),
    useQuery(deviceUsageQuery(routerId, id, 'today')),
    useInfiniteQuery(auditQuery({ device_id: id })),
    routers,
  ];
  const known = devices?.find((each) => each.id === id);
  const named = device.data ?? known;
  usePageTitle(named && deviceLabel(named));
  const isReady = others.every(({ isPending }) => !isPending);
  return {
    device: isReady ? device.data : undefined,
    known,
    router: routers.data?.find(({ router_id }) => router_id === routerId),
    error: device.error,
    retry: () => void device.refetch(),
  };
}

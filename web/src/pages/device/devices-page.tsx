import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router';
import { Suspense, lazy, useCallback, useMemo, useRef } from 'react';
import type { Device } from '../../api/queries.ts';
import { useIsPanel } from '../../design/sheet.tsx';
import type { Filter } from '../devices/filter.ts';
import { deviceKey, parseDeviceKey } from '../devices/label.ts';
import { DevicesView } from '../devices/view.tsx';

const route = getRouteApi('/signed-in/devices');

/** Not needed to see the list. */
const DevicePanel = lazy(() => import('./panel.tsx'));

/** The list of devices, and beside or over it the one that is open. Both are in the address, so that "back" closes it. */
export function DevicesPage() {
  const { device, state, type, person, router, network } = route.useSearch();
  const navigate = useNavigate();
  const { history } = useRouter();
  // Its room is there before it is: the list does not shift.
  const isPanel = useIsPanel();
  // Whether it was opened here: then "back" closes it, and else it leads elsewhere.
  const isOpenedHere = useRef(false);
  const opened = useMemo(() => parseDeviceKey(device), [device]);
  const isOpen = opened !== undefined;
  // The same object as long as it says the same: the list is not arranged again when a device is opened.
  const filter = useMemo(
    () => ({ state, type, person, router, network }),
    [state, type, person, router, network],
  );
  const go = useCallback(
    (search: Filter & { device?: string | undefined }, replace: boolean) =>
      void navigate({ to: '/devices', search, replace, resetScroll: false }),
    [navigate],
  );
  const onOpen = useCallback(
    (chosen: Device) => {
      if (!isOpen) isOpenedHere.current = true;
      go({ ...filter, device: deviceKey(chosen) }, isOpen);
    },
    [go, filter, isOpen],
  );
  const onClose = useCallback(() => {
    if (isOpenedHere.current) history.back();
    else go(filter, true);
  }, [go, filter, history]);
  const onFilter = useCallback((chosen: Filter) => go({ ...chosen, device }, true), [go, device]);
  return (
    <>
      <DevicesView filter={filter} onFilter={onFilter} openId={opened?.id} onOpen={onOpen} />
      {opened && (
        <Suspense fallback={isPanel && <div className="sheet sheet--panel" />}>
          <DevicePanel routerId={opened.router_id} id={opened.id} onClose={onClose} />
        </Suspense>
      )}
    </>
  );
}

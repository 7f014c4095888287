import type { DeviceDetail, Router } from '../../api/queries.ts';
import { History } from './history.tsx';
import { Identity } from './identity.tsx';
import { Internet } from './internet.tsx';
import { Technical } from './technical.tsx';
import { UsageSection } from './usage.tsx';
import { WhenHere } from './when-here.tsx';

/** Everything about a device: in a panel, a sheet and on a page of its own. */
export function DeviceView({
  device,
  router,
  isPage = false,
}: {
  device: DeviceDetail;
  router: Router | undefined;
  /** Whether there is room for two columns. */
  isPage?: boolean;
}) {
  return (
    <div className={isPage ? 'device__view device__view--page' : 'device__view'}>
      <Identity device={device} router={router} />
      <Internet device={device} />
      <WhenHere device={device} />
      <UsageSection device={device} router={router} />
      <History device={device} />
      <Technical device={device} />
    </div>
  );
}

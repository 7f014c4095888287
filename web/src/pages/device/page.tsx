import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Skeleton } from '../../design/notice.tsx';
import { ZoneNote } from '../../homes/time.tsx';
import { deviceLabel } from '../devices/label.ts';
import { DeviceTile } from '../devices/type.tsx';
import { BottomActions } from './bottom-actions.tsx';
import { Missing } from './missing.tsx';
import './page.css';
import { useDevice } from './use-device.ts';
import { DeviceView } from './view.tsx';

const route = getRouteApi('/signed-in/routers/$routerId/devices/$id');

/** One device as a page of its own: for links to it. */
export function DevicePage() {
  const t = useTranslations('device');
  const { routerId, id } = route.useParams();
  const navigate = useNavigate();
  const { device, known, ...found } = useDevice(routerId, id);
  const named = device ?? known;
  return (
    <div className="page device">
      <Link to="/devices" className="back">
        <ChevronLeft aria-hidden className="icon back__arrow" />
        {t('toDevices')}
      </Link>
      <header className="device__heading">
        {named && <DeviceTile device={named} size="large" />}
        {(named !== undefined || found.error !== null) && (
          <h1 tabIndex={-1}>
            <bdi>{named === undefined ? t('oneDevice') : deviceLabel(named)}</bdi>
          </h1>
        )}
      </header>
      {device === undefined && found.error === null && <Skeleton height={640} />}
      {device === undefined && (
        <Missing {...found} heading="h1" onBack={() => void navigate({ to: '/devices' })} />
      )}
      {device !== undefined && (
        <>
          <DeviceView key={device.id} device={device} router={found.router} isPage />
          <div className="device__bottom">
            <BottomActions device={device} />
          </div>
        </>
      )}
      <ZoneNote />
    </div>
  );
}

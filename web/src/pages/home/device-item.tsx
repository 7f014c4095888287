import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import type { Device } from '../../api/queries.ts';
import { RelativeTime } from '../../design/time.tsx';
import { BlockButton } from '../devices/block-button.tsx';
import { deviceLabel, typeOf } from '../devices/label.ts';
import { Reviewing } from '../devices/review.tsx';
import { AccessReason, StateBadge } from '../devices/state-badge.tsx';
import { DeviceIcon, knownType } from '../devices/type.tsx';

/** A device in a list of the home page. One that waits has buttons to decide about it. */
export function DeviceItem({
  device,
  isReviewed = false,
}: {
  device: Device;
  isReviewed?: boolean;
}) {
  const t = useTranslations();
  const type = knownType(typeOf(device));
  return (
    <li className={isReviewed ? 'home__waiting' : undefined}>
      <DeviceIcon device={device} />
      <span className="rows__main home__device">
        <Link
          className="name"
          to="/routers/$routerId/devices/$id"
          params={{ routerId: device.router_id, id: device.id }}
        >
          {deviceLabel(device)}
        </Link>
        <span className="quiet home__seen">
          <StateBadge device={device} />
          <AccessReason device={device} />
          {isReviewed && device.device_type === null && type !== undefined && (
            <span>{t('home.guessed', { type: t(`devices.types.${type}`) })}</span>
          )}
          {isReviewed && <RelativeTime moment={device.first_seen} />}
        </span>
      </span>
      {isReviewed ? <Reviewing device={device} /> : <BlockButton device={device} />}
    </li>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { peopleQuery } from '../../api/home-queries.ts';
import type { Device } from '../../api/queries.ts';
import { RelativeTime } from '../../design/time.tsx';
import { deviceLabel, typeOf } from '../devices/label.ts';
import { Reviewing } from '../devices/review.tsx';
import { knownType } from '../devices/type.tsx';
import { DeviceDot, DeviceLink, Picture } from './picture.tsx';

/** A new device: what and whose it may be, since when it is known, and buttons that decide about it in one tap. */
export function Newcomer({ device, devices }: { device: Device; devices: readonly Device[] }) {
  const t = useTranslations();
  const type = knownType(typeOf(device));
  const { data: people = [] } = useQuery(peopleQuery);
  const old = devices.find(({ id }) => id === device.same_as?.device_id);
  const owner = people.find(({ id }) => id === old?.person_id);
  return (
    <li className="home__wide">
      <Picture device={device} />
      <span className="rows__main">
        <span className="home__on">
          <DeviceLink device={device} className="name home__name">
            {deviceLabel(device)}
          </DeviceLink>
          <DeviceDot device={device} />
        </span>
        <span className="quiet home__small">
          {type !== undefined && (
            <span>
              {device.device_type === null
                ? t('home.guessed', { type: t(`devices.types.${type}`) })
                : t(`devices.types.${type}`)}
            </span>
          )}
          {owner && <strong>{t('home.maybeOf', { name: owner.name })}</strong>}
          <span>
            {t('home.firstSeen')} <RelativeTime moment={device.first_seen} />
          </span>
        </span>
      </span>
      <Reviewing device={device} />
    </li>
  );
}

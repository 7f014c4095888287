import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import type { Device } from '../../api/queries.ts';
import { buttonClass } from '../../design/button.tsx';
import { deviceLabel } from '../devices/label.ts';
import { DeviceDot, DeviceLink, Picture } from './picture.tsx';

const SHOWN = 24;

/** The devices that are here, as pictures with their names. */
export function Here({ devices }: { devices: readonly Device[] }) {
  const t = useTranslations('home');
  const here = devices
    .filter(({ is_online, is_router }) => is_online && !is_router)
    .map((device) => ({ device, name: deviceLabel(device) }))
    // Not by a language: the server knows others than the browser.
    .toSorted((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1));
  const isUnknown =
    devices.length > 0 && devices.every(({ unknown_since }) => unknown_since !== null);
  return (
    <section className="home__part">
      <header className="home__heading">
        <h2>{t('hereNow')}</h2>
        <Link to="/devices" className={buttonClass('quiet')}>
          {t('allDevices', { count: devices.length })}
        </Link>
      </header>
      {here.length === 0 && <p className="quiet">{t(isUnknown ? 'noneKnown' : 'noneHere')}</p>}
      <ul className="home__tiles">
        {here.slice(0, SHOWN).map(({ device, name }) => (
          <li key={device.id}>
            <DeviceLink device={device} className="home__tile">
              <Picture device={device} />
              <span className="name">{name}</span>
              <DeviceDot device={device} />
            </DeviceLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useHomeOf } from '../../access/text.ts';
import type { Person } from '../../api/home-queries.ts';
import { devicesQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { useRights } from '../../homes/current.ts';
import { deviceLabel } from '../devices/label.ts';
import { DevicePicker } from '../devices/picker.tsx';
import { AccessReason, StateBadge } from '../devices/state-badge.tsx';
import { DeviceIcon } from '../devices/type.tsx';
import { useAssign } from './assign.tsx';

/** The devices of a person, with ways to add one and take one away. */
export function PersonDevices({ person }: { person: Person }) {
  const t = useTranslations('people');
  const { canChange } = useRights();
  const homeOf = useHomeOf();
  const { data: devices = [] } = useQuery(devicesQuery);
  const assign = useAssign();
  const own = devices.filter(({ person_id }) => person_id === person.id);
  return (
    <section className="card">
      <h2>{t('theirDevices')}</h2>
      {canChange && (
        <DevicePicker
          label={t('addDevice')}
          isOffered={({ person_id, router_id }) =>
            person_id !== person.id && homeOf(router_id)?.id === person.home_id
          }
          onPick={(device) => assign.run({ device, person_id: person.id })}
        />
      )}
      {own.length === 0 && <p className="quiet rows__none">{t('noDevices')}</p>}
      <ul className="rows">
        {own.map((device) => (
          <li key={device.id}>
            <DeviceIcon device={device} />
            <span className="rows__main person-row">
              <Link
                className="name"
                to="/routers/$routerId/devices/$id"
                params={{ routerId: device.router_id, id: device.id }}
              >
                {deviceLabel(device)}
              </Link>
              <span className="person-row__state">
                <StateBadge device={device} />
                <AccessReason device={device} />
              </span>
            </span>
            {canChange && (
              <Button
                variant="quiet"
                aria-label={t('takeAway', { device: deviceLabel(device), name: person.name })}
                onClick={() => assign.run({ device, person_id: null })}
              >
                <X aria-hidden />
              </Button>
            )}
          </li>
        ))}
      </ul>
      {assign.dialog}
    </section>
  );
}

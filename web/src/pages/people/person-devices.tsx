import { useTranslations } from 'use-intl';
import { useHomeOf } from '../../access/text.ts';
import type { Person } from '../../api/home-queries.ts';
import type { Device } from '../../api/queries.ts';
import { useRights } from '../../homes/current.ts';
import { DevicePicker } from '../devices/picker.tsx';
import { useAssign } from './assign.tsx';
import './board.css';
import { DeviceChip } from './device-chip.tsx';

/** The devices of a person, with ways to add one and to give one to somebody else. */
export function PersonDevices({ person, devices }: { person: Person; devices: readonly Device[] }) {
  const t = useTranslations('people');
  const { canChange } = useRights();
  const homeOf = useHomeOf();
  const assign = useAssign();
  return (
    <section className="card">
      <h2>{t('theirDevices')}</h2>
      {devices.length === 0 && <p className="quiet">{t('noDevices')}</p>}
      <ul className="board__devices">
        {devices.map((device) => (
          <DeviceChip key={device.id} device={device} onGive={assign.run} />
        ))}
      </ul>
      {canChange && (
        <DevicePicker
          label={t('addDevice')}
          isOffered={({ person_id, router_id }) =>
            person_id !== person.id && homeOf(router_id)?.id === person.home_id
          }
          onPick={(device) => assign.run({ device, person_id: person.id })}
        />
      )}
      {assign.dialog}
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Ban, Users } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../access/avatar.tsx';
import { Reason } from '../../access/reason.tsx';
import { isRestricted, useAccessText, useHomeOf } from '../../access/text.ts';
import { peopleQuery } from '../../api/home-queries.ts';
import type { Device } from '../../api/queries.ts';
import { buttonClass } from '../../design/button.tsx';
import { deviceLabel } from '../devices/label.ts';
import { DeviceItem } from './device-item.tsx';

const SHOWN = 6;

/** Devices that one rule restricts, all of one person; or one alone. */
type Group = { key: string; devices: Device[] };

/** What is restricted now, why, and until when. */
export function Restricted({ devices }: { devices: readonly Device[] }) {
  const t = useTranslations('home');
  const restricted = devices.filter(({ access }) => isRestricted(access));
  const groups = groupsOf(restricted);
  return (
    <section className="card">
      <h2>{t('restricted')}</h2>
      {groups.length === 0 && (
        <p className="quiet rows__none">
          <Ban aria-hidden className="icon" /> {t('noneRestricted')}
        </p>
      )}
      <ul className="rows">
        {groups
          .slice(0, SHOWN)
          .map(({ key, devices: [first, ...others] }) =>
            first === undefined ? undefined : others.length === 0 ? (
              <DeviceItem key={key} device={first} />
            ) : (
              <GroupItem key={key} first={first} devices={[first, ...others]} />
            ),
          )}
      </ul>
      {groups.length > SHOWN && (
        <Link to="/devices" search={{ state: 'blocked' }} className={buttonClass('quiet')}>
          {t('all', { count: restricted.length })}
        </Link>
      )}
    </section>
  );
}

function GroupItem({ first, devices }: { first: Device; devices: readonly Device[] }) {
  const t = useTranslations('people');
  const { state } = useAccessText();
  const homeOf = useHomeOf();
  const person = useQuery(peopleQuery).data?.find(({ id }) => id === first.person_id);
  return (
    <li>
      {person ? <Avatar person={person} /> : <Users aria-hidden className="icon icon--device" />}
      <span className="rows__main home__device">
        {person && (
          <Link className="name" to="/people/$id" params={{ id: person.id }}>
            {person.name}
          </Link>
        )}
        <span className="name quiet">{devices.map(deviceLabel).join(', ')}</span>
        <span className="quiet home__seen">
          <span
            className={`badge badge--${first.access.access === 'block' ? 'danger' : 'warning'}`}
          >
            {state(first.access)}
          </span>
          <Reason access={first.access} home={homeOf(first.router_id)} />
          <span>{t('devices', { count: devices.length })}</span>
        </span>
      </span>
    </li>
  );
}

function groupsOf(devices: readonly Device[]): Group[] {
  const groups = Map.groupBy(devices, ({ id, person_id, access: { because } }) =>
    because.rule_id === null || because.kind === 'block' ? id : `${because.rule_id} ${person_id}`,
  );
  return [...groups].map(([key, found]) => ({ key, devices: found }));
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleHelp, House } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../access/avatar.tsx';
import { useHomeOf } from '../../access/text.ts';
import { type Home, type Person, rulesQuery } from '../../api/home-queries.ts';
import { type Device, devicesQuery } from '../../api/queries.ts';
import { useRights } from '../../homes/current.ts';
import { typeOf } from '../devices/label.ts';
import { useRuleText } from '../rules/when.ts';
import { type Assignment, useAssign } from './assign.tsx';
import './board.css';
import { DRAGGED, DeviceChip } from './device-chip.tsx';
import { isThing } from './person-day.ts';
import { PersonPause, PersonState } from './person-row.tsx';
import { Today } from './today.tsx';

/**
 * The people of a home, each with their devices, and the devices that are nobody's: columns on a desktop, between which
 * devices are dragged, and cards on a phone.
 */
export function Board({ home, people }: { home: Home; people: readonly Person[] }) {
  const t = useTranslations('people');
  const homeOf = useHomeOf();
  const { data: devices = [] } = useQuery(devicesQuery);
  const assign = useAssign();
  const own = devices.filter(
    (device) => !device.is_router && homeOf(device.router_id)?.id === home.id,
  );
  const free = own.filter(({ person_id }) => person_id === null);
  const things = free.filter((device) => isThing(typeOf(device)));
  const nobodys = free.filter((device) => !isThing(typeOf(device)));
  /** Dropped on somebody, or on nobody. */
  const drop = (id: string, person_id: string | null) => {
    const device = own.find((each) => each.id === id);
    if (device !== undefined && device.person_id !== person_id) assign.run({ device, person_id });
  };
  return (
    <ul className="board">
      {people.map((person) => (
        <Column key={person.id} onDrop={(id) => drop(id, person.id)}>
          <PersonColumn
            person={person}
            devices={own.filter(({ person_id }) => person_id === person.id)}
            onGive={assign.run}
          />
        </Column>
      ))}
      {things.length > 0 && (
        <Column onDrop={(id) => drop(id, null)}>
          <Nobodys
            icon={<House aria-hidden />}
            title={t('things', { count: things.length })}
            hint={t('thingsHint')}
            devices={things}
            onGive={assign.run}
          />
        </Column>
      )}
      {nobodys.length > 0 && (
        <Column onDrop={(id) => drop(id, null)}>
          <Nobodys
            icon={<CircleHelp aria-hidden />}
            title={t('nobodys', { count: nobodys.length })}
            hint={t('nobodysHint')}
            devices={nobodys}
            isNamed
            onGive={assign.run}
          />
        </Column>
      )}
      {assign.dialog}
    </ul>
  );
}

/** A column that a device can be dropped on. */
function Column({ onDrop, children }: { onDrop: (deviceId: string) => void; children: ReactNode }) {
  const { canChange } = useRights();
  const [isOver, setOver] = useState(false);
  return (
    // A shortcut: the menu of each device does the same.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className="board__column"
      {...(isOver && { 'data-over': '' })}
      onDragOver={(event) => {
        if (!canChange || !event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget)))
          setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDrop(event.dataTransfer.getData(DRAGGED));
      }}
    >
      {children}
    </li>
  );
}

function PersonColumn({
  person,
  devices,
  onGive,
}: {
  person: Person;
  devices: readonly Device[];
  onGive: (wanted: Assignment) => void;
}) {
  const t = useTranslations('people');
  return (
    <section className="board__person">
      <header className="board__heading">
        <Avatar person={person} />
        <div className="board__name">
          <h2>
            <Link className="name" to="/people/$id" params={{ id: person.id }}>
              {person.name}
            </Link>
          </h2>
          <PersonState person={person} />
        </div>
      </header>
      <PersonPause person={person} />
      <Today person={person} devices={devices} />
      <Schedules person={person} />
      {devices.length === 0 && <p className="quiet">{t('noDevices')}</p>}
      <ul className="board__devices">
        {devices.map((device) => (
          <DeviceChip key={device.id} device={device} onGive={onGive} />
        ))}
      </ul>
    </section>
  );
}

/** What holds for a person every week, in sentences. */
function Schedules({ person }: { person: Person }) {
  const ruleText = useRuleText();
  const { data: rules = [] } = useQuery(rulesQuery);
  const own = rules.filter(
    ({ kind, person_id, is_active }) => kind === 'schedule' && person_id === person.id && is_active,
  );
  if (own.length === 0) return undefined;
  return (
    <ul className="board__rules quiet">
      {own.map((rule) => (
        <li key={rule.id}>{ruleText(rule, false)}</li>
      ))}
    </ul>
  );
}

function Nobodys({
  icon,
  title,
  hint,
  devices,
  isNamed = false,
  onGive,
}: {
  icon: ReactNode;
  title: string;
  hint: string;
  devices: readonly Device[];
  isNamed?: boolean;
  onGive: (wanted: Assignment) => void;
}) {
  return (
    <section className="board__person">
      <header className="board__heading">
        <span className="board__icon">{icon}</span>
        <div className="board__name">
          <h2>{title}</h2>
          <p className="quiet">{hint}</p>
        </div>
      </header>
      <ul className="board__devices">
        {devices.map((device) => (
          <DeviceChip key={device.id} device={device} isNamed={isNamed} onGive={onGive} />
        ))}
      </ul>
    </section>
  );
}

import { X } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Device } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Tile, kindOf } from '../../design/tile.tsx';
import { useRights } from '../../homes/current.ts';
import { deviceLabel, shownAddress, typeOf } from '../devices/label.ts';
import { type Entry, type ListName, useListChanges } from './list-changes.ts';
import './lists.css';

const PickDevices = lazy(() => import('./pick-devices.tsx'));

/** The devices that a mode is about: the allowed ones, or those to slow; with ways to choose more and to take one off. */
export function List({
  name,
  routerId,
  entries,
  devices,
  isInForce,
}: {
  name: ListName;
  routerId: string;
  entries: readonly Entry[];
  /** Of the router. */
  devices: readonly Device[];
  /** Whether it is the list of the mode that is chosen. */
  isInForce: boolean;
}) {
  const t = useTranslations('rules');
  const { canChange } = useRights();
  const [isPicking, setPicking] = useState(false);
  const change = useListChanges(name, routerId);
  const on = name === 'whitelist' ? 'is_whitelisted' : 'is_blacklisted';
  const free = devices.filter((device) => !device.is_router && !device[on]);
  const here = free.filter(({ is_online }) => is_online);
  const byId = new Map(devices.map((device) => [device.id, device]));
  return (
    <section className="listed" aria-label={t(`lists.${name}`, { count: 0 })}>
      <h2>{t(`lists.${name}`, { count: entries.length })}</h2>
      {entries.length === 0 && (
        <p className={isInForce ? 'field__error' : 'quiet'}>{t(`listEmpty.${name}`)}</p>
      )}
      <ul className="listed__devices">
        {entries.map((entry) => {
          const device = entry.device_id === null ? undefined : byId.get(entry.device_id);
          const label = labelOf(entry, device);
          return (
            <Listed
              key={entry.id}
              entry={entry}
              device={device}
              label={label}
              onRemove={() => change.remove(entry, label)}
            />
          );
        })}
      </ul>
      {canChange && (
        <div className="listed__actions">
          {name === 'whitelist' && here.length > 0 && (
            <Button onClick={() => change.add(here)}>
              {t('allowHere', { count: here.length })}
            </Button>
          )}
          <Button onClick={() => setPicking(true)}>{t(`choose.${name}`)}</Button>
        </div>
      )}
      {isPicking && (
        <Suspense>
          <PickDevices
            title={t(`choose.${name}`)}
            devices={free}
            takeText={(count) => t(`take.${name}`, { count })}
            onTake={(chosen) => {
              setPicking(false);
              change.add(chosen);
            }}
            onClose={() => setPicking(false)}
          />
        </Suspense>
      )}
      {change.dialog}
    </section>
  );
}

function Listed({
  entry,
  device,
  label,
  onRemove,
}: {
  entry: Entry;
  device: Device | undefined;
  label: string;
  onRemove: () => void;
}) {
  const t = useTranslations('rules');
  const { canChange } = useRights();
  const isOff = 'is_active' in entry && !entry.is_active;
  return (
    <li className="listed__device">
      <Tile
        size="small"
        kind={kindOf(device && typeOf(device))}
        isGuessed={device?.device_type === null && device.type_guess !== null}
      />
      <span className="name">{label}</span>
      {isOff && <span className="badge">{t('inactive')}</span>}
      {canChange && (
        <Button variant="quiet" aria-label={t('remove', { name: label })} onClick={onRemove}>
          <X aria-hidden />
        </Button>
      )}
    </li>
  );
}

function labelOf(entry: Entry, device: Device | undefined): string {
  const { device_name, device_ip, device_mac } = entry;
  return (
    device_name ??
    (device ? deviceLabel(device) : undefined) ??
    (shownAddress(device_ip) || (device_mac ?? device_ip))
  );
}

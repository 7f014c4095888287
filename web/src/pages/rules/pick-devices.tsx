import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Device } from '../../api/queries.ts';
import { Dialog } from '../../design/dialog.tsx';
import { Dot } from '../../design/dot.tsx';
import { Field } from '../../design/field.tsx';
import { Tile, kindOf } from '../../design/tile.tsx';
import { deviceLabel, shownAddress, typeOf } from '../devices/label.ts';

/** So many are shown: to find one of more, somebody types. */
const SHOWN = 200;

/** Chooses any number of devices, each with its picture, those that are here first. */
export default function PickDevices({
  title,
  devices,
  takeText,
  onTake,
  onClose,
}: {
  title: string;
  devices: readonly Device[];
  takeText: (count: number) => string;
  onTake: (chosen: readonly Device[]) => void;
  onClose: () => void;
}) {
  const t = useTranslations('rules');
  const [typed, setTyped] = useState('');
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const wanted = typed.trim().toLocaleLowerCase();
  const found = devices
    .filter((device) => textOf(device).includes(wanted))
    .toSorted(
      (one, other) =>
        Number(other.is_online) - Number(one.is_online) ||
        deviceLabel(one).localeCompare(deviceLabel(other)),
    );
  const chosen = devices.filter(({ id }) => ids.has(id));
  return (
    <Dialog
      title={title}
      onClose={onClose}
      confirm={{
        text: takeText(chosen.length),
        variant: 'primary',
        isDisabled: chosen.length === 0,
        onClick: () => onTake(chosen),
      }}
    >
      <Field label={t('search')} value={typed} onChange={setTyped} />
      {found.length === 0 && <p className="quiet">{t('noneFound')}</p>}
      <ul className="pick">
        {found.slice(0, SHOWN).map((device) => (
          <li key={device.id}>
            <label className="pick__one">
              <input
                type="checkbox"
                className="check"
                checked={ids.has(device.id)}
                onChange={({ target }) => {
                  const changed = new Set(ids);
                  if (target.checked) changed.add(device.id);
                  else changed.delete(device.id);
                  setIds(changed);
                }}
              />
              <Tile
                kind={kindOf(typeOf(device))}
                isGuessed={device.device_type === null && device.type_guess !== null}
              />
              <span className="pick__name">
                <span className="name">{deviceLabel(device)}</span>
                <span className="quiet">{shownAddress(device.ip)}</span>
              </span>
              <Presence device={device} />
            </label>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Presence({ device }: { device: Device }) {
  const t = useTranslations('state');
  if (device.unknown_since !== null) return <Dot state="unknown" label={t('unknown')} />;
  return device.is_online ? (
    <Dot state="here" label={t('online')} />
  ) : (
    <Dot state="away" label={t('offline')} />
  );
}

function textOf(device: Device): string {
  return `${deviceLabel(device)} ${device.hostname ?? ''} ${device.ip} ${device.mac ?? ''}`.toLocaleLowerCase();
}

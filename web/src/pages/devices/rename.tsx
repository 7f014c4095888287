import { useRef, useState } from 'react';
import { Input, TextField } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import type { Device } from '../../api/queries.ts';
import { useChangeDevice } from './actions.ts';
import { deviceLabel, shownAddress } from './label.ts';

/** Enter and leaving the field save the name, Escape does not. An empty name removes it. */
export function NameField({
  device,
  onDone,
}: {
  device: Device;
  onDone: (byKey: boolean) => void;
}) {
  const t = useTranslations('devices');
  const change = useChangeDevice();
  const [name, setName] = useState(device.device_name ?? '');
  // The focus leaves the field also because it is done.
  const isDone = useRef(false);
  const end = (byKey: boolean) => {
    isDone.current = true;
    onDone(byKey);
  };
  const save = (byKey: boolean) => {
    if (isDone.current) return;
    const device_name = name.trim() === '' ? null : name.trim();
    if (device_name !== device.device_name) change.mutate({ device, change: { device_name } });
    end(byKey);
  };
  return (
    <TextField
      className="field"
      aria-label={t('rename', { name: deviceLabel(device) })}
      value={name}
      onChange={setName}
      maxLength={255}
      onBlur={() => save(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        // Else the same key would press the button that gets the focus back.
        event.preventDefault();
        if (event.key === 'Enter') save(true);
        else end(true);
      }}
    >
      <Input
        className="input"
        placeholder={device.hostname ?? shownAddress(device.ip)}
        // The person has just asked for it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
    </TextField>
  );
}

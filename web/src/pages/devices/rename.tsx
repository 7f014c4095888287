import { useState } from 'react';
import { Input, TextField } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import type { Device } from '../../api/queries.ts';
import { useChangeDevice } from './actions.ts';
import { deviceLabel } from './label.ts';

/**
 * A name in place of the name: Enter and leaving keep it, Escape does not. An empty one takes it away.
 * `onDone` is told whether it was a key: then the focus is to go back to where it was.
 */
export function Rename({ device, onDone }: { device: Device; onDone: (byKey: boolean) => void }) {
  const t = useTranslations('devices');
  const change = useChangeDevice();
  const [name, setName] = useState(device.device_name ?? '');
  const keep = (byKey: boolean) => {
    const device_name = name.trim() === '' ? null : name.trim();
    if (device_name !== device.device_name) change.mutate({ device, change: { device_name } });
    onDone(byKey);
  };
  return (
    <TextField
      className="field devices__rename"
      aria-label={t('rename', { name: deviceLabel(device) })}
      value={name}
      onChange={setName}
      maxLength={255}
      onBlur={() => keep(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        // Else the button that gets the focus back would be pressed by the same key.
        event.preventDefault();
        if (event.key === 'Enter') keep(true);
        else onDone(true);
      }}
    >
      <Input
        className="input"
        placeholder={device.hostname ?? device.ip}
        // The person has just asked for it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
    </TextField>
  );
}

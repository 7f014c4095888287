import { useState } from 'react';
import { Input, TextField } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import type { Device } from '../api/queries.ts';
import { useChangeDevice } from './actions.ts';
import { deviceLabel } from './label.ts';

/** A name in place of the name: Enter and leaving keep it, Escape does not. An empty one takes it away. */
export function Rename({ device, onDone }: { device: Device; onDone: () => void }) {
  const t = useTranslations('devices');
  const change = useChangeDevice();
  const [name, setName] = useState(device.device_name ?? '');
  const keep = () => {
    const device_name = name.trim() === '' ? null : name.trim();
    if (device_name !== device.device_name) change.mutate({ device, change: { device_name } });
    onDone();
  };
  return (
    <TextField
      className="field devices__rename"
      aria-label={t('rename', { name: deviceLabel(device) })}
      value={name}
      onChange={setName}
      maxLength={255}
      // The person has just asked for it.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        if (event.key === 'Escape') onDone();
      }}
    >
      <Input className="input" placeholder={device.hostname ?? device.ip} />
    </TextField>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import {
  Button,
  ComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  ListLayout,
  Popover,
  Virtualizer,
} from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { type Device, devicesQuery } from '../../api/queries.ts';
import { buttonClass } from '../../design/button.tsx';
import { deviceLabel, shownAddress } from './label.ts';
import './picker.css';

const NONE: readonly Device[] = [];

/** Finds a device (not a router) by what is typed. */
export function DevicePicker({
  label,
  isOffered,
  onPick,
}: {
  label: string;
  isOffered: (device: Device) => boolean;
  onPick: (device: Device) => void;
}) {
  const t = useTranslations('devices');
  const [picks, setPicks] = useState(0);
  // `select` returns the same array as long as nothing of it changes: a new list would lose the item that is being pressed.
  const { data: devices = NONE } = useQuery({
    ...devicesQuery,
    select: (all) => all.filter((device) => !device.is_router && isOffered(device)),
  });
  return (
    <ComboBox
      // A new combo box after each pick: nothing stays selected, the list is closed, the focus stays.
      key={picks}
      className="field"
      defaultItems={devices}
      onSelectionChange={(id) => {
        const device = devices.find((candidate) => candidate.id === id);
        if (device === undefined) return;
        onPick(device);
        setPicks(picks + 1);
      }}
    >
      <Label className="visually-hidden">{label}</Label>
      <div className="picker">
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
        <Input className="input" placeholder={label} autoFocus={picks > 0} />
        <Button className={buttonClass('plain')} aria-label={t('showDevices')}>
          <Plus aria-hidden />
        </Button>
      </div>
      <Popover>
        <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: 40 }}>
          <ListBox<Device> className="menu picker__devices">
            {(device) => (
              <ListBoxItem
                className="menu__item"
                id={device.id}
                textValue={`${deviceLabel(device)} ${shownAddress(device.ip)}`}
              >
                <span className="name">{deviceLabel(device)}</span>
                <span className="mono quiet">{shownAddress(device.ip)}</span>
              </ListBoxItem>
            )}
          </ListBox>
        </Virtualizer>
      </Popover>
    </ComboBox>
  );
}

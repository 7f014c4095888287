import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { isRestricted, useAccessText } from '../../access/text.ts';
import type { Device } from '../../api/queries.ts';
import { Dot, type DotState } from '../../design/dot.tsx';
import { Tile, kindOf } from '../../design/tile.tsx';
import { useRights } from '../../homes/current.ts';
import { deviceLabel, typeOf } from '../devices/label.ts';
import { type Assignment, GiveTo } from './assign.tsx';

/** The type of what is dragged. */
export const DRAGGED = 'application/x-netpilot-device';

/** A device of somebody's: its picture, how it is, its name, and a menu that gives it to somebody else. It can be dragged. */
export function DeviceChip({
  device,
  isNamed = false,
  onGive,
}: {
  device: Device;
  isNamed?: boolean;
  onGive: (wanted: Assignment) => void;
}) {
  const { canChange } = useRights();
  const { router_id, id, device_type, type_guess } = device;
  const canGive = canChange && !device.is_router;
  return (
    // A shortcut: the menu does the same.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className="chip"
      draggable={canGive}
      onDragStart={({ dataTransfer }) => {
        dataTransfer.setData(DRAGGED, id);
        dataTransfer.effectAllowed = 'move';
      }}
    >
      <Tile kind={kindOf(typeOf(device))} isGuessed={device_type === null && type_guess !== null} />
      <span className="chip__text">
        <Link
          className="name"
          to="/routers/$routerId/devices/$id"
          params={{ routerId: router_id, id }}
          draggable={false}
        >
          {deviceLabel(device)}
        </Link>
        <DeviceState device={device} />
      </span>
      {canGive && <GiveTo device={device} isNamed={isNamed} onGive={onGive} />}
    </li>
  );
}

/** How a device is, as a dot with its word: no internet goes before being here or away. */
function DeviceState({ device }: { device: Device }) {
  const t = useTranslations('state');
  const { state: accessText } = useAccessText();
  const { access, unknown_since, is_online } = device;
  const [state, label]: [DotState, string] =
    access.access === 'block'
      ? ['blocked', accessText(access)]
      : unknown_since !== null
        ? ['unknown', t('unknown')]
        : is_online
          ? ['here', isRestricted(access) ? accessText(access) : t('online')]
          : ['away', t('offline')];
  return (
    <span className="chip__state">
      <Dot state={state} label={label} isLabelShown />
    </span>
  );
}

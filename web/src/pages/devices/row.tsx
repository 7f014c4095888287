import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import type { Device } from '../../api/queries.ts';
import { RelativeTime } from '../../design/time.tsx';
import { useRights } from '../../homes/current.ts';
import { BlockButton } from './block-button.tsx';
import { deviceLabel, shownAddress } from './label.ts';
import { EditableName } from './rename.tsx';
import { AccessReason, StateBadge } from './state-badge.tsx';
import { DeviceIcon } from './type.tsx';

type Props = {
  device: Device;
  index: number;
  top: number;
  height: number;
  isSelected: boolean;
  onToggle: (id: string) => void;
};

/** One device of the list. Rendered again only when something of it changes. */
export const DeviceRow = memo(function DeviceRow({
  device,
  index,
  top,
  height,
  isSelected,
  onToggle,
}: Props) {
  const t = useTranslations('devices');
  const { canChange } = useRights();
  const label = deviceLabel(device);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="devices__row"
      data-selected={isSelected || undefined}
      style={{ transform: `translateY(${top}px)`, blockSize: height }}
    >
      <span role="cell">
        {canChange && (
          <input
            type="checkbox"
            className="check"
            aria-label={t('select', { name: label })}
            checked={isSelected}
            onChange={() => onToggle(device.id)}
          />
        )}
      </span>
      <span role="rowheader" className="devices__name">
        <DeviceIcon device={device} />
        <EditableName device={device}>
          {(renameButton) => (
            <>
              <Link
                className="name"
                to="/routers/$routerId/devices/$id"
                params={{ routerId: device.router_id, id: device.id }}
              >
                {label}
              </Link>
              {renameButton}
            </>
          )}
        </EditableName>
      </span>
      <span role="cell" className="devices__vendor name" title={device.manufacturer ?? undefined}>
        {device.manufacturer ?? ''}
      </span>
      <span role="cell" className="devices__address mono" title={shownAddress(device.ip)}>
        {shownAddress(device.ip)}
      </span>
      <span role="cell" className="devices__state">
        <StateBadge device={device} />
        <AccessReason device={device} />
      </span>
      <span role="cell" className="devices__seen quiet">
        <RelativeTime moment={device.last_seen} />
      </span>
      <span role="cell" className="devices__action">
        <BlockButton device={device} />
      </span>
    </div>
  );
});

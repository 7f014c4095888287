import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Device } from '../../api/queries.ts';
import { Dot, type DotState } from '../../design/dot.tsx';
import { Tile, kindOf } from '../../design/tile.tsx';
import { deviceKey, typeOf } from '../devices/label.ts';

/** What kind of thing a device is, as a picture. */
export function Picture({ device }: { device: Device }) {
  const { is_router, device_type, type_guess } = device;
  const kind = is_router ? 'router' : kindOf(typeOf(device));
  const isGuessed = !is_router && device_type === null && type_guess !== null;
  return <Tile kind={kind} isGuessed={isGuessed} />;
}

/** Whether a device is here, and has internet. */
export function DeviceDot({ device }: { device: Device }) {
  const t = useTranslations('home.dots');
  const state = dotOf(device);
  return <Dot state={state} label={t(state)} />;
}

function dotOf({ access, is_new, is_online, unknown_since }: Device): DotState {
  if (unknown_since !== null) return 'unknown';
  if (access.access === 'block') return 'blocked';
  if (!is_online) return 'away';
  return is_new ? 'waiting' : 'here';
}

/** Opens a device as the list of devices does: beside it, or over it on a phone. */
export function DeviceLink({
  device,
  className,
  children,
}: {
  device: Pick<Device, 'router_id' | 'id'>;
  className: string;
  children: ReactNode;
}) {
  return (
    <Link className={className} to="/devices" search={{ device: deviceKey(device) }}>
      {children}
    </Link>
  );
}

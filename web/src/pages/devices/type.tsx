import type { Device } from '../../api/queries.ts';
import { KINDS, type Kind, Tile, kindOf } from '../../design/tile.tsx';
import { typeOf } from './label.ts';

/** The types that have a picture; a type may be any other text too. */
type DeviceType = Exclude<Kind, 'home'>;
export const DEVICE_TYPES = Object.keys(KINDS).filter(isKnown);

function isKnown(type: string): type is DeviceType {
  return type !== 'home' && Object.hasOwn(KINDS, type);
}

export function knownType(type: string | null): DeviceType | undefined {
  return type !== null && isKnown(type) ? type : undefined;
}

type Pictured = Pick<Device, 'device_type' | 'type_guess' | 'is_router'>;

/** The picture of a device, dashed if what it is is only guessed. */
export function DeviceTile({
  device,
  size,
}: {
  device: Pictured;
  size?: 'small' | 'medium' | 'large';
}) {
  return <Tile {...pictureOf(device)} {...(size && { size })} />;
}

function pictureOf(device: Pictured): { kind: Kind; isGuessed: boolean } {
  if (device.is_router) return { kind: 'router', isGuessed: false };
  const isGuessed = device.device_type === null && device.type_guess !== null;
  return { kind: kindOf(typeOf(device)), isGuessed };
}

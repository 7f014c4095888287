import {
  Camera,
  CircleHelp,
  Gamepad2,
  Laptop,
  Lightbulb,
  Monitor,
  Printer,
  Router,
  Server,
  Smartphone,
  Speaker,
  Tablet,
  Tv,
  Watch,
} from 'lucide-react';
import type { Device } from '../../api/queries.ts';
import { typeOf } from './label.ts';

/** The types that have an icon; a type may be any other text too. */
const ICONS = {
  phone: Smartphone,
  laptop: Laptop,
  desktop: Monitor,
  tablet: Tablet,
  watch: Watch,
  tv: Tv,
  console: Gamepad2,
  camera: Camera,
  printer: Printer,
  speaker: Speaker,
  smart_home: Lightbulb,
  server: Server,
  router: Router,
  other: CircleHelp,
} as const;
export type DeviceType = keyof typeof ICONS;
export const DEVICE_TYPES = Object.keys(ICONS).filter(isKnown);

function isKnown(type: string): type is DeviceType {
  return Object.hasOwn(ICONS, type);
}

export function knownType(type: string | null): DeviceType | undefined {
  return type !== null && isKnown(type) ? type : undefined;
}

/** The icon of a device's type, paler if it is only guessed. */
export function DeviceIcon({
  device,
}: {
  device: Pick<Device, 'device_type' | 'type_guess' | 'is_router'>;
}) {
  const Icon = ICONS[device.is_router ? 'router' : (knownType(typeOf(device)) ?? 'other')];
  const isGuess = !device.is_router && device.device_type === null && device.type_guess !== null;
  return <Icon aria-hidden className="icon icon--device" {...(isGuess && { 'data-guess': '' })} />;
}

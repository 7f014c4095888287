import {
  Camera,
  CircleHelp,
  Gamepad2,
  Laptop,
  type LucideIcon,
  Monitor,
  Printer,
  Router,
  Server,
  Smartphone,
  Speaker,
  Tablet,
  Tv,
} from 'lucide-react';
import type { Device } from '../../api/queries.ts';

/** The types that have an icon; a type may be any other text too. */
export const DEVICE_TYPES = [
  'phone',
  'laptop',
  'desktop',
  'tablet',
  'tv',
  'console',
  'camera',
  'printer',
  'speaker',
  'server',
  'router',
  'other',
] as const;
export type DeviceType = (typeof DEVICE_TYPES)[number];

const ICONS: Record<DeviceType, LucideIcon> = {
  phone: Smartphone,
  laptop: Laptop,
  desktop: Monitor,
  tablet: Tablet,
  tv: Tv,
  console: Gamepad2,
  camera: Camera,
  printer: Printer,
  speaker: Speaker,
  server: Server,
  router: Router,
  other: CircleHelp,
};

export function knownType(type: string | null): DeviceType | undefined {
  return DEVICE_TYPES.find((known) => known === type);
}

/** The icon of a device's type. */
export function DeviceIcon({ device }: { device: Pick<Device, 'device_type' | 'is_router'> }) {
  const Icon = ICONS[device.is_router ? 'router' : (knownType(device.device_type) ?? 'other')];
  return <Icon aria-hidden className="icon icon--device" />;
}

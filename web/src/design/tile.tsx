import {
  Camera,
  CircleHelp,
  Gamepad2,
  House,
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
import './tile.css';

/** Kinds of things that have a picture. A device's type may be any other text too: that is `other`. */
export const KINDS = {
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
  home: House,
  other: CircleHelp,
} as const;
export type Kind = keyof typeof KINDS;

/** The kind that a device's type names; `other` for any text that names none. */
export function kindOf(type: string | null | undefined): Kind {
  return type !== null && type !== undefined && isKind(type) ? type : 'other';
}

function isKind(type: string): type is Kind {
  return Object.hasOwn(KINDS, type);
}

/** A picture of a thing in the colour of its kind, with a dashed border if the kind is a guess. What it is stands beside it. */
export function Tile({
  kind,
  isGuessed = false,
  size = 'medium',
}: {
  kind: Kind;
  isGuessed?: boolean;
  /** 2 rem, 2.5 rem or 3.5 rem. */
  size?: 'small' | 'medium' | 'large';
}) {
  const Icon = KINDS[kind];
  return (
    <span
      className="tile"
      data-kind={kind}
      data-size={size}
      {...(isGuessed && { 'data-guessed': '' })}
      aria-hidden
    >
      <Icon />
    </span>
  );
}

import {
  AppWindow,
  Bell,
  BellRing,
  type LucideIcon,
  Mail,
  Megaphone,
  MessageCircle,
  Send,
  Smartphone,
  Webhook,
} from 'lucide-react';
import { type Kind, kindOf } from './fields.ts';

const ICONS: Record<Kind, LucideIcon> = {
  web_push: AppWindow,
  email: Mail,
  ntfy: Smartphone,
  telegram: Send,
  pushover: BellRing,
  gotify: MessageCircle,
  apprise: Megaphone,
  webhook: Webhook,
};

/** The picture of a kind of channel. */
export function KindIcon({ kind }: { kind: string }) {
  const known = kindOf(kind);
  const Icon = known === undefined ? Bell : ICONS[known];
  return (
    <span className="alerts__icon" aria-hidden>
      <Icon />
    </span>
  );
}

import type { SameShape } from '../shape.ts';
import type { home as english } from '../en/home.ts';

export const home: SameShape<typeof english> = {
  title: 'Start',
  welcome: 'Willkommen bei NetPilot',
  welcomeHint:
    'Verbinden Sie einen Router, und jedes Gerät dahinter erscheint hier. Oder bringen Sie die Dateien des alten Programms mit.',
  link: 'Router verbinden',
  import: 'Alte Dateien importieren',
  onlineNow: 'gerade online',
  known: 'bekannt',
  blockedNow: 'gesperrt',
  routers: '{count, plural, one {Router} other {Router}}',
  yourRouters: 'Ihre Router',
  new: 'Neu in den letzten 24 Stunden',
  noneNew: 'Niemand Neues',
  blocked: 'Gesperrt',
  noneBlocked: 'Niemand ist gesperrt',
  all: 'Alle {count} zeigen',
};

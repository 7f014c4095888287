import type { Home } from './home.ts';

/** Every page of the web app with its path, for a home. The names are those of the pictures (docs/screenshots). */
export function pagesOf({ routerId, devices, people }: Home): [name: string, path: string][] {
  const device = devices.get('90:47:48:3f:2a:91');
  return [
    ['home', '/'],
    ['devices', '/devices'],
    ['device-panel', `/devices?device=${routerId}/${device}`],
    ['device', `/routers/${routerId}/devices/${device}`],
    ['people', '/people'],
    ['person', `/people/${people.get('Leo')}`],
    ['rules', '/rules'],
    ['household', '/settings/home'],
    ['invitation', '/join/nobody'],
    ['routers', '/routers'],
    ['activity', '/activity'],
    ['import', '/settings/data/import'],
    ['settings', '/settings'],
    ['alerts', '/settings/alerts'],
    ['alert-log', '/settings/alerts/log'],
    ['access', '/settings/access'],
    ['data', '/settings/data'],
    ['account', '/settings/account'],
    ['help', '/help'],
    ['help topic', '/help/bedtime'],
    ['sign-in', '/sign-in'],
    ['no such page', '/nowhere'],
  ];
}

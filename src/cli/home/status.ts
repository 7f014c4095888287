import type { Command } from 'commander';
import { examples } from '../options.ts';
import { paint, printResult, printable } from '../output.ts';
import { describeInternet } from './access-text.ts';
import { showOwn } from './ask.ts';
import { onHome } from './connection.ts';
import { type Delivery, deliveryOf, describeDelivery } from './delivery.ts';
import { type Device, deviceName, listDevices } from './devices.ts';
import { describeHealth } from './router.ts';
import { type Router, listRouters, routerName } from './routers.ts';
import { openSession } from './session.ts';
import type { Clock } from './time.ts';

/** `netpilot status` */
export function addStatus(program: Command): void {
  onHome(program.command('status'))
    .description(
      'show how things are: who is here, who is cut off or slowed down and why, which devices are new, and whether the routers do what they should',
    )
    .summary('show how things are: who is here, who is cut off, how the routers are')
    .action(run)
    .addHelpText(...examples(['netpilot status', 'one look in the morning']));
}

type RouterState = { router: Router; delivery: Delivery | undefined };

async function run(_options: unknown, command: Command): Promise<void> {
  const session = await openSession(command);
  const { api, json, clock, home } = session;
  if (home?.role === 'child') return showOwn(session, home);
  const [all, routers] = await Promise.all([listDevices(api), listRouters(api)]);
  const states = await Promise.all(
    routers.map(async (router) => ({ router, delivery: await deliveryOf(api, router) })),
  );
  const devices = all.filter(({ is_router }) => !is_router);
  const document = {
    home: home?.name ?? null,
    devices: devices.length,
    online: devices.filter(({ is_online }) => is_online).length,
    blocked: devices.filter(({ access }) => access.access === 'block').map(inShort),
    limited: devices.filter(({ access }) => access.access === 'limit').map(inShort),
    new: devices.filter(({ is_new }) => is_new).map(inShort),
    routers: states.map(({ router, delivery }) => ({
      router_id: router.router_id,
      name: routerName(router),
      is_connected: router.is_connected,
      health: router.health,
      delivery: delivery ?? null,
    })),
  };
  return printResult(json, document, () =>
    [
      `${home === undefined ? '' : `${printable(home.name)}: `}${document.online} of ${devices.length} devices are here.`,
      ...describeRouters(states, clock),
      ...describeGroup('Without internet', document.blocked, clock),
      ...describeGroup('Slowed down', document.limited, clock),
      ...describeGroup('New, for `netpilot device review`', document.new, clock),
    ].join('\n'),
  );
}

function inShort(device: Device) {
  const { id, router_id, access } = device;
  return { id, router_id, name: deviceName(device), access };
}

function describeRouters(states: readonly RouterState[], clock: Clock): string[] {
  if (states.length === 0) return ['No router is linked yet.'];
  return states.map(
    ({ router, delivery }) =>
      `  ${printable(routerName(router))}: ${describeHealth(router, clock)}, rules: ${describeDelivery(delivery)}`,
  );
}

const MOST_LISTED = 8;

function describeGroup(
  title: string,
  devices: readonly ReturnType<typeof inShort>[],
  clock: Clock,
): string[] {
  if (devices.length === 0) return [];
  // The title says already that they are cut off, or slow.
  const lines = devices
    .slice(0, MOST_LISTED)
    .map(({ name, access }) => [
      name,
      describeInternet(access, clock).replace(/^(?:no|slow): /, ''),
    ])
    .map((texts) => `  ${printable(texts.join(': '))}`);
  const more = devices.length - MOST_LISTED;
  return ['', paint('bold', title), ...lines, ...(more > 0 ? [`  and ${more} more`] : [])];
}

import type { Command } from 'commander';
import { examples } from '../options.ts';
import { paint, printResult, printable } from '../output.ts';
import { onHome } from './connection.ts';
import { type Delivery, deliveryOf, describeDelivery } from './delivery.ts';
import { type Device, deviceName, listDevices } from './devices.ts';
import { describeConnection } from './router.ts';
import { type Router, listRouters, routerName } from './routers.ts';
import { openSession } from './session.ts';
import type { Clock } from './time.ts';

/** `netpilot status` */
export function addStatus(program: Command): void {
  onHome(program.command('status'))
    .description(
      'show how things are: who is here, who is cut off, whether the routers do what they should',
    )
    .action(run)
    .addHelpText(...examples(['netpilot status', 'one look in the morning']));
}

type RouterState = { router: Router; delivery: Delivery | undefined };

async function run(_options: unknown, command: Command): Promise<void> {
  const { api, json, clock } = await openSession(command);
  const [devices, routers] = await Promise.all([listDevices(api), listRouters(api)]);
  const states = await Promise.all(
    routers.map(async (router) => ({ router, delivery: await deliveryOf(api, router) })),
  );
  const counted = devices.filter(({ is_router }) => !is_router);
  const blocked = counted.filter(({ is_blocked }) => is_blocked);
  const document = {
    devices: counted.length,
    online: counted.filter(({ is_online }) => is_online).length,
    blocked: blocked.map(({ id, router_id, ...device }) => ({
      id,
      router_id,
      name: deviceName(device),
    })),
    routers: states.map(({ router, delivery }) => ({
      router_id: router.router_id,
      name: routerName(router),
      is_connected: router.is_connected,
      delivery: delivery ?? null,
    })),
  };
  printResult(json, document, () => describe(document.online, counted, { blocked, states, clock }));
}

function describe(
  online: number,
  devices: readonly Device[],
  {
    blocked,
    states,
    clock,
  }: { blocked: readonly Device[]; states: readonly RouterState[]; clock: Clock },
): string {
  const lines = [`${online} of ${devices.length} devices are here.`];
  if (states.length === 0) lines.push('No router is linked yet.');
  for (const { router, delivery } of states)
    lines.push(
      `  ${printable(routerName(router))}: ${describeConnection(router, clock)}, rules: ${describeDelivery(delivery)}`,
    );
  if (blocked.length > 0) lines.push('', paint('bold', 'Without internet'));
  for (const device of blocked) lines.push(`  ${printable(deviceName(device))}: blocked`);
  return lines.join('\n');
}

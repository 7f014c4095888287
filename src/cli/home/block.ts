import type { Command } from 'commander';
import { examples } from '../options.ts';
import { printResult, printable } from '../output.ts';
import { type Api, confirmed, dataOf } from './api.ts';
import { onHome } from './connection.ts';
import { type Delivery, awaitDelivery, describeOutcome } from './delivery.ts';
import { routerOf } from './device.ts';
import { type NamedDevice, deviceName, findDevice } from './devices.ts';
import { listRouters, routerName } from './routers.ts';
import { openSession } from './session.ts';

/** `netpilot block` and `unblock` */
export function addBlock(program: Command): void {
  onHome(program.command('block'))
    .description('cut a device off, in both directions, until somebody unblocks it')
    .argument('<device>', 'its name, the beginning of a word in it, its address or its MAC')
    .option('--router <router>', 'the router that knows it, if several devices have this name')
    .option('--yes', 'do not ask, even if it is the device in use')
    .action(block)
    .addHelpText(...examples(['netpilot block PS5', 'until: netpilot unblock PS5']));
  onHome(program.command('unblock'))
    .description('end the block of a device')
    .argument('<device>', 'its name, the beginning of a word in it, its address or its MAC')
    .option('--router <router>', 'the router that knows it, if several devices have this name')
    .action(unblock)
    .addHelpText(...examples(['netpilot unblock PS5', 'it may use the internet again']));
}

type Options = { router?: string; yes?: boolean };

async function block(name: string, { yes, ...options }: Options, command: Command): Promise<void> {
  const { api, json } = await openSession(command);
  const device = await findDevice(api, name, await routerOf(options, api));
  const path = { params: { path: { router_id: device.router_id } } };
  const made = await confirmed(yes, (more) =>
    api.POST('/api/v1/routers/{router_id}/blocks', {
      ...path,
      body: { device_id: device.id, ...more },
    }),
  );
  const delivery = await awaitDelivery(api, device, made.delivery);
  const outcome = await outcomeOf(api, device, delivery);
  printResult(
    json,
    { ...made, delivery },
    () => `${printable(deviceName(device))} is blocked, until somebody unblocks it. ${outcome}`,
  );
}

async function unblock(name: string, options: Options, command: Command): Promise<void> {
  const { api, json } = await openSession(command);
  const device = await findDevice(api, name, await routerOf(options, api));
  const { router_id, id: device_id } = device;
  const { items } = await dataOf(
    api.GET('/api/v1/routers/{router_id}/blocks', {
      params: { path: { router_id }, query: { device_id, state: 'active', limit: 500 } },
    }),
  );
  const [active] = items;
  const called = printable(deviceName(device));
  if (active === undefined) {
    printResult(json, { ended: null }, () => `${called} was not blocked.`);
    return;
  }
  const ended = await dataOf(
    api.POST('/api/v1/routers/{router_id}/blocks/{id}/unblock', {
      params: { path: { router_id, id: active.id } },
    }),
  );
  const delivery = await awaitDelivery(api, device, ended.delivery);
  const outcome = await outcomeOf(api, device, delivery);
  printResult(
    json,
    { ended: { ...ended, delivery } },
    () => `${called} is not blocked any more. ${outcome}`,
  );
}

async function outcomeOf(
  api: Api,
  { router_id }: NamedDevice,
  delivery: Delivery,
): Promise<string> {
  const router = (await listRouters(api)).find((each) => each.router_id === router_id);
  return printable(
    describeOutcome(delivery, router === undefined ? router_id : routerName(router)),
  );
}

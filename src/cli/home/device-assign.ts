import type { Command } from 'commander';
import { InvalidInputError } from '../../errors.ts';
import { examples } from '../options.ts';
import { printResult, printable } from '../output.ts';
import { confirmed } from './api.ts';
import { onHome } from './connection.ts';
import { type Device, deviceName, findDevice } from './devices.ts';
import { requireHome } from './homes.ts';
import { findPerson } from './people.ts';
import { listRouters, routerOf } from './routers.ts';
import { type Session, openSession } from './session.ts';

/** `netpilot device assign` */
export function addDeviceAssign(device: Command): void {
  onHome(device.command('assign'))
    .description('say whose a device is: the rules for a person hold for all their devices')
    .argument('<device>', 'its name, its address or its MAC')
    .argument('[person]', 'whose it is')
    .option('--nobody', "it is nobody's")
    .option('--router <router>', 'the router that knows it, if several devices have this name')
    .option('--yes', 'do not ask, even if it is the device in use')
    .action(assign)
    .addHelpText(
      ...examples(
        ['netpilot device assign PS5 Tim', "Tim's bedtime holds for it too"],
        ['netpilot device assign PS5 --nobody', "it is nobody's"],
      ),
    );
}

type AssignOptions = { nobody?: boolean; router?: string; yes?: boolean };

async function assign(
  wanted: string,
  person: string | undefined,
  { nobody, yes, ...options }: AssignOptions,
  command: Command,
): Promise<void> {
  if ((person === undefined) !== (nobody === true))
    throw new InvalidInputError([{ field: 'person', expected: 'whose it is, or --nobody' }]);
  const session = await openSession(command);
  const { api, json } = session;
  const found = await findDevice(api, wanted, await routerOf(options, api));
  const owner = person === undefined ? undefined : await findOwner(session, found, person);
  const device = await confirmed(yes, (more) =>
    api.PATCH('/api/v1/routers/{router_id}/devices/{id}', {
      params: { path: { router_id: found.router_id, id: found.id } },
      body: { person_id: owner?.id ?? null, ...more },
    }),
  );
  printResult(json, device, () =>
    printable(
      `${deviceName(device)} is ${owner === undefined ? "nobody's" : `${owner.name}'s`} now.`,
    ),
  );
}

/** A person of the home that the device is in. */
export async function findOwner(
  { api, homes }: Session,
  { router_id }: Pick<Device, 'router_id'>,
  person: string,
  field = 'person',
) {
  const routers = await listRouters(api);
  const home_id = routers.find((router) => router.router_id === router_id)?.home_id;
  const home = homes.find(({ id }) => id === home_id);
  return findPerson(api, requireHome({ home, homes }), person, field);
}

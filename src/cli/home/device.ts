import { type Command, Option } from 'commander';
import { examples } from '../options.ts';
import { formatTable, printResult } from '../output.ts';
import { STATES } from '../../devices/states.ts';
import { InvalidInputError } from '../../errors.ts';
import { dataOf } from './api.ts';
import { describeInternet } from './access-text.ts';
import { onHome } from './connection.ts';
import { addDeviceAssign } from './device-assign.ts';
import { describeDevice } from './device-page.ts';
import { addDeviceReview } from './device-review.ts';
import { type Device, deviceName, findDevice, listDevices } from './devices.ts';
import { ownHomes } from './homes.ts';
import { findNamed } from './names.ts';
import { listPeople } from './people.ts';
import { findRouter, listRouters, routerName, routerOf } from './routers.ts';
import { openSession } from './session.ts';
import { type Clock, formatTime } from './time.ts';

/** `netpilot device list`, `show` and `name` */
export function addDevice(program: Command): void {
  const device = program
    .command('device')
    .description('list devices, show one, name it, say whose it is, let a new one in')
    .addHelpText(
      ...examples(
        ['netpilot device list', 'every device, and whether it may use the internet'],
        ['netpilot device show PS5', 'one device, by its name, address or MAC'],
      ),
    );
  onHome(device.command('list'))
    .description('list the devices, with what holds for each')
    .argument('[text]', 'only those with this in a name, maker, address or network')
    .addOption(new Option('--state <state>', 'only those in this state').choices(STATES))
    .option('--router <router>', 'only those of this router')
    .option('--person <person>', 'only those of this person')
    .action(list)
    .addHelpText(
      ...examples(
        ['netpilot device list --state online', 'who is here now'],
        ['netpilot device list samsung', 'whatever has this in its name or maker'],
      ),
    );
  onHome(device.command('show'))
    .description('show one device: what holds for it and why, its addresses, when it was here')
    .argument('<device>', 'its name, the beginning of a word in it, its address or its MAC')
    .option('--router <router>', 'the router that knows it, if several devices have this name')
    .action(show)
    .addHelpText(...examples(['netpilot device show PS5', 'why has it no internet?']));
  onHome(device.command('name'))
    .description('name a device, or say what kind it is')
    .argument('<device>', 'its present name, its address or its MAC')
    .argument('[name]', "the new name; '' removes the one that it was given")
    .option('--type <type>', "what it is, such as phone, console or tv; '' removes it")
    .option('--router <router>', 'the router that knows it, if several devices have this name')
    .action(rename)
    .addHelpText(
      ...examples(
        [`netpilot device name PS5-594F "Tim's PlayStation" --type console`, 'as people call it'],
        ["netpilot device name 192.168.1.23 ''", 'the name that it reports counts again'],
      ),
    );
  addDeviceAssign(device);
  addDeviceReview(device);
}

type Options = { router?: string };

async function list(
  text: string | undefined,
  { state, router, person }: Options & { state?: (typeof STATES)[number]; person?: string },
  command: Command,
): Promise<void> {
  const session = await openSession(command);
  const { api, json, clock } = session;
  const everyone = await listPeople(api, ownHomes(session));
  const owner =
    person === undefined
      ? undefined
      : findNamed(everyone, { field: '--person', text: person, what: 'person' });
  const only = router === undefined ? undefined : await findRouter(api, router, '--router');
  const [devices, routers] = await Promise.all([
    listDevices(api, {
      ...(text !== undefined && { text }),
      ...(state !== undefined && { state }),
      ...(only !== undefined && { router_id: only.router_id }),
      ...(owner !== undefined && { person_id: owner.id }),
    }),
    listRouters(api),
  ]);
  const names = new Map(routers.map((each) => [each.router_id, routerName(each)]));
  const whose = new Map(everyone.map(({ id, name }) => [id, name]));
  const isOne = names.size < 2;
  printResult(json, { devices }, () => {
    if (devices.length === 0) return 'No such device.';
    return formatTable(
      ['device', 'person', 'here', 'internet', 'address', 'MAC', ...(isOne ? [] : ['router'])],
      devices.map((device) => [
        deviceName(device),
        whose.get(device.person_id ?? '') ?? null,
        describePresence(device, clock),
        describeInternet(device.access, clock),
        device.ip,
        device.mac,
        ...(isOne ? [] : [names.get(device.router_id) ?? device.router_id]),
      ]),
    );
  });
}

/** `yes`, `since 14:36 nobody knows`, `last seen yesterday 21:00` */
export function describePresence(
  {
    is_online,
    unknown_since,
    last_seen,
  }: Pick<Device, 'is_online' | 'unknown_since' | 'last_seen'>,
  clock: Clock,
): string {
  if (unknown_since !== null) return `unknown since ${formatTime(unknown_since, clock)}`;
  return is_online ? 'yes' : `until ${formatTime(last_seen, clock)}`;
}

async function show(name: string, options: Options, command: Command): Promise<void> {
  const { api, json, clock, home, homes } = await openSession(command);
  const { router_id, id } = await findDevice(api, name, await routerOf(options, api));
  const path = { params: { path: { router_id, id } } };
  const [device, routers, people] = await Promise.all([
    dataOf(api.GET('/api/v1/routers/{router_id}/devices/{id}', path)),
    listRouters(api),
    listPeople(api, ownHomes({ home, homes })),
  ]);
  const person = people.find((each) => each.id === device.person_id)?.name ?? null;
  printResult(json, device, () => describeDevice(device, { routers, person, clock }));
}

async function rename(
  wanted: string,
  name: string | undefined,
  { type, ...options }: Options & { type?: string },
  command: Command,
): Promise<void> {
  if (name === undefined && type === undefined)
    throw new InvalidInputError([{ field: 'name', expected: 'the new name, or --type' }]);
  const { api, json } = await openSession(command);
  const found = await findDevice(api, wanted, await routerOf(options, api));
  const device = await dataOf(
    api.PATCH('/api/v1/routers/{router_id}/devices/{id}', {
      params: { path: { router_id: found.router_id, id: found.id } },
      body: {
        ...(name !== undefined && { device_name: name.trim() || null }),
        ...(type !== undefined && { device_type: type.trim() || null }),
      },
    }),
  );
  const kind = device.device_type === null ? '' : ` (${device.device_type})`;
  printResult(json, device, () => `${deviceName(found)} is now ${deviceName(device)}${kind}.`);
}

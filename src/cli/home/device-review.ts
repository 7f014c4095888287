import type { Command } from 'commander';
import { InvalidInputError } from '../../errors.ts';
import { examples } from '../options.ts';
import { formatTable, printResult, printable } from '../output.ts';
import { confirmed } from './api.ts';
import { describeHeld } from './change.ts';
import { onHome } from './connection.ts';
import { findOwner } from './device-assign.ts';
import { describeGuess } from './device-page.ts';
import { deviceName, findDevice, listDevices } from './devices.ts';
import { requireHome } from './homes.ts';
import { routerOf } from './routers.ts';
import { awaitDeliveries } from './rules.ts';
import { type Session, openSession } from './session.ts';

/** `netpilot device review` */
export function addDeviceReview(device: Command): void {
  onHome(device.command('review'))
    .description('list the new devices, let one in, or refuse it')
    .argument('[device]', 'its name, its address or its MAC (default: list the new ones)')
    .option('--allow', 'it is welcome')
    .option('--refuse', 'it is blocked')
    .option('--person <person>', 'with --allow: whose it is')
    .option('--same-as <device>', 'with --allow: the known device that it is, under another MAC')
    .option('--all', 'with --allow: all new devices are welcome')
    .option('--router <router>', 'the router that knows it, if several devices have this name')
    .option('--yes', 'do not ask, even if it is the device in use')
    .action(review)
    .addHelpText(
      ...examples(
        ['netpilot device review', 'what is new, and what it may be'],
        ['netpilot device review Galaxy-A14 --allow --person Tim', 'it is his'],
        ['netpilot device review Galaxy-A14 --refuse', 'nobody knows it'],
        ['netpilot device review --allow --all', 'after setting up a home'],
      ),
    );
}

type ReviewOptions = {
  allow?: boolean;
  refuse?: boolean;
  person?: string;
  sameAs?: string;
  all?: boolean;
  router?: string;
  yes?: boolean;
};

async function review(
  wanted: string | undefined,
  options: ReviewOptions,
  command: Command,
): Promise<void> {
  const { allow, refuse, all } = options;
  const session = await openSession(command);
  if (wanted === undefined && all !== true && allow !== true && refuse !== true)
    return listNew(session);
  if ((allow === true) === (refuse === true))
    throw new InvalidInputError([{ field: '--allow', expected: 'either this or --refuse' }]);
  if ((wanted === undefined) !== (all === true))
    throw new InvalidInputError([{ field: 'device', expected: 'a device, or --all' }]);
  if (
    refuse === true &&
    (all === true || options.person !== undefined || options.sameAs !== undefined)
  )
    throw new InvalidInputError([
      { field: '--refuse', expected: 'one device, without --person and --same-as' },
    ]);
  return wanted === undefined
    ? reviewAll(session, options.yes)
    : reviewOne(session, wanted, options);
}

async function listNew({ api, json }: Session): Promise<void> {
  const devices = await listDevices(api, { state: 'new' });
  printResult(json, { devices }, () =>
    devices.length === 0
      ? 'No device is new.'
      : formatTable(
          ['device', 'address', 'MAC', 'what it may be'],
          devices.map((device) => [
            deviceName(device),
            device.ip,
            device.mac,
            describeGuess(device),
          ]),
        ),
  );
}

async function reviewAll(session: Session, yes: boolean | undefined): Promise<void> {
  const { id: home_id } = requireHome(session);
  const reviewed = await confirmed(yes, (more) =>
    session.api.POST('/api/v1/homes/{home_id}/devices/review', {
      params: { path: { home_id } },
      body: { decision: 'allow', all: true, ...more },
    }),
  );
  const { reviewed: count, left } = reviewed;
  const stay =
    left.length === 0
      ? ''
      : ` ${left.length} stay new: each of them is probably a known device that is blocked or has rules. Look at them: netpilot device review`;
  printResult(
    session.json,
    reviewed,
    () => `${count === 1 ? 'One device is' : `${count} devices are`} welcome.${stay}`,
  );
}

async function reviewOne(
  session: Session,
  wanted: string,
  { refuse, person, sameAs, router, yes }: ReviewOptions,
): Promise<void> {
  const { api, json } = session;
  const within = await routerOf({ ...(router !== undefined && { router }) }, api);
  const found = await findDevice(api, wanted, within);
  const { router_id, id } = found;
  const owner =
    person === undefined ? undefined : await findOwner(session, found, person, '--person');
  const same =
    sameAs === undefined
      ? undefined
      : await findDevice(api, sameAs, { field: '--same-as', router_id });
  const reviewed = await confirmed(yes, (more) =>
    api.POST('/api/v1/routers/{router_id}/devices/{id}/review', {
      params: { path: { router_id, id } },
      body: {
        decision: refuse === true ? 'refuse' : 'allow',
        ...(owner !== undefined && { person_id: owner.id }),
        ...(same !== undefined && { same_as: same.id }),
        ...more,
      },
    }),
  );
  const { deliveries, outcome } = await awaitDeliveries(api, [
    { router_id, delivery: reviewed.delivery },
  ]);
  printResult(json, { ...reviewed, delivery: deliveries[0]?.delivery ?? reviewed.delivery }, () => {
    const what = refuse === true ? 'is refused: it is blocked' : 'is welcome';
    const whose = owner === undefined ? '' : `, and ${owner.name}'s`;
    const held = refuse === true ? [] : describeHeld(session, [reviewed]);
    const whole = same === undefined ? '' : `, and part of ${deviceName(same)}`;
    return printable([`${deviceName(found)} ${what}${whose}${whole}.`, ...held, outcome].join(' '));
  });
}

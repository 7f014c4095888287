import type { Command } from 'commander';
import { examples } from '../options.ts';
import { printResult, printable } from '../output.ts';
import { type Api, confirmed, dataOf } from './api.ts';
import { type Lasting, applyRule, describeHeld, devicesOf, endRules, lasting } from './change.ts';
import { onHome } from './connection.ts';
import { awaitDeliveries, describeWhen } from './rules.ts';
import { type Session, openSession } from './session.ts';
import { type Target, findTarget } from './targets.ts';
import { parseEnd } from './time.ts';

/** `netpilot block` and `unblock` */
export function addBlock(program: Command): void {
  lasting(onHome(program.command('block')))
    .description(
      'cut a device, a person or a network off, in both directions, for a time or until unblocked',
    )
    .summary('cut a device off, for a time or until unblocked')
    .argument(
      '<who>',
      'a device: its name, the beginning of a word in it, its address or its MAC; a person; a network',
    )
    .option('--yes', 'do not ask, even if it is the device in use')
    .action(block)
    .addHelpText(
      ...examples(
        ['netpilot block PS5', 'until: netpilot unblock PS5'],
        ['netpilot block PS5 --for 30m', 'it comes back by itself'],
        ['netpilot block 192.168.1.23', 'by its address'],
      ),
    );
  onHome(program.command('unblock'))
    .description('end what blocks a device, a person or a network: blocks and pauses')
    .summary('end the block of a device')
    .argument('<who>', 'a device, a person, or a network')
    .option('--yes', 'do not ask, even if it cuts off the device in use')
    .action(unblock)
    .addHelpText(...examples(['netpilot unblock PS5', 'it may use the internet again']));
}

type Options = Lasting & { yes?: boolean };

async function block(who: string, { yes, ...end }: Options, command: Command): Promise<void> {
  const session = await openSession(command);
  const ends = parseEnd(end, session.clock);
  const target = await findTarget(session, who);
  const { router_id, body } = target;
  if (ends === undefined && router_id !== undefined && 'device_id' in body)
    return blockDevice(
      session,
      { router_id, device_id: body.device_id, called: target.called },
      yes,
    );
  return applyRule(session, target, {
    yes,
    rule: { kind: 'pause', access: 'block', ...ends },
    says: (rule) => `${target.called} is blocked ${describeWhen(rule, session.clock)}.`,
  });
}

async function blockDevice(
  { api, json }: Session,
  { router_id, device_id, called }: { router_id: string; device_id: string; called: string },
  yes: boolean | undefined,
): Promise<void> {
  const made = await confirmed(yes, (more) =>
    api.POST('/api/v1/routers/{router_id}/blocks', {
      params: { path: { router_id } },
      body: { device_id, ...more },
    }),
  );
  const { deliveries, outcome } = await awaitDeliveries(api, [made]);
  printResult(json, { ...made, delivery: deliveries[0]?.delivery ?? made.delivery }, () =>
    printable(`${called} is blocked until somebody unblocks it. ${outcome}`),
  );
}

async function unblock(who: string, { yes }: { yes?: boolean }, command: Command): Promise<void> {
  const session = await openSession(command);
  const target = await findTarget(session, who);
  const blocks = await endBlocks(session, target);
  const pauses = await endRules(session, target, {
    yes,
    isMeant: ({ kind }) => kind === 'pause',
  });
  const reached = new Map(
    [...blocks, ...pauses.deliveries].map((each) => [each.router_id, each.delivery]),
  );
  const { deliveries, outcome } = await awaitDeliveries(
    session.api,
    [...reached].map(([router_id, delivery]) => ({ router_id, delivery })),
  );
  const count = blocks.length + pauses.ended.length;
  const document = { blocks, rules: pauses.ended, deliveries };
  const held = session.json ? [] : describeHeld(session, await devicesOf(session, target));
  printResult(session.json, document, () =>
    printable(
      count === 0
        ? `${target.called} was not blocked.`
        : [`${target.called} is not blocked any more.`, ...held, outcome].join(' '),
    ),
  );
}

/** The manual block of a device: with it, all of its parts end. */
async function endBlocks({ api }: Session, { router_id, body }: Target) {
  if (router_id === undefined || !('device_id' in body)) return [];
  const active = await findBlock(api, router_id, body.device_id);
  return active === undefined ? [] : [await endBlock(api, active)];
}

/** The active block of a device. */
export async function findBlock(
  api: Api,
  router_id: string,
  device_id: string,
): Promise<{ router_id: string; id: string } | undefined> {
  const { items } = await dataOf(
    api.GET('/api/v1/routers/{router_id}/blocks', {
      params: { path: { router_id }, query: { device_id, state: 'active', limit: 1 } },
    }),
  );
  const [active] = items;
  return active && { router_id, id: active.id };
}

export function endBlock(api: Api, { router_id, id }: { router_id: string; id: string }) {
  const path = { params: { path: { router_id, id } } };
  return dataOf(api.POST('/api/v1/routers/{router_id}/blocks/{id}/unblock', path));
}

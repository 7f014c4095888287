import type { Command } from 'commander';
import { examples } from '../options.ts';
import { formatTable, printResult } from '../output.ts';
import { confirm } from '../confirm.ts';
import { UnavailableError } from '../../errors.ts';
import { dataOf, type Api } from './api.ts';
import { onHome } from './connection.ts';
import { deliveryOf, describeDelivery } from './delivery.ts';
import { findRouter, listRouters, routerName, type Router } from './routers.ts';
import { type Session, openSession } from './session.ts';
import { type Clock, formatTime } from './time.ts';

/** `netpilot router scan`, `update` and `replace` */
export function addRouterCommands(router: Command): void {
  onHome(router.command('scan'))
    .description('have a router read all its devices now, and wait until it has')
    .argument('<router>', 'its name')
    .action(scan)
    .addHelpText(...examples(['netpilot router scan "Home router"', 'then: netpilot device list']));
  onHome(router.command('update'))
    .description(
      'bring a router the newer agent of this NetPilot, if its owner has allowed that on the router',
    )
    .argument('<router>', 'its name')
    .option('--check', 'only say whether there is a newer agent')
    .action(update)
    .addHelpText(
      ...examples(
        ['netpilot router update "Home router" --check', 'is there a newer one?'],
        ['netpilot router update "Home router"', 'it keeps its rules in the meantime'],
      ),
    );
  onHome(router.command('replace'))
    .description(
      'let a new router, already linked, take over the devices, rules and name of an old one, which is unlinked',
    )
    .argument('<old-router>', 'the router that is replaced')
    .argument('<router>', 'the new router')
    .option('--yes', 'do not ask')
    .action(replace)
    .addHelpText(
      ...examples(['netpilot router replace "Home router" new-router', 'after buying a new one']),
    );
}

/** `netpilot router list`: those of the user. */
export async function listOwn(command: Command): Promise<void> {
  const { api, clock, json } = await openSession(command);
  const routers = await listRouters(api);
  const states = await Promise.all(routers.map(async (router) => deliveryOf(api, router)));
  printResult(
    json,
    {
      routers: routers.map(({ names: _n, keys: _k, description: _d, ...router }, index) => ({
        ...router,
        delivery: states[index] ?? null,
      })),
    },
    () =>
      formatTable(
        ['router', 'id', 'address', 'connection', 'rules', 'agent'],
        routers.map((router, index) => [
          routerName(router),
          router.router_id,
          router.router_ip,
          describeConnection(router, clock),
          describeDelivery(states[index]),
          `${router.agent_version ?? '-'}${router.is_agent_old === true ? ' (old)' : ''}`,
        ]),
      ),
  );
}

/** `connected since 07:12`, `away since yesterday 21:30` */
export function describeConnection(router: Router, clock: Clock): string {
  const { is_active, is_connected, connected_at, last_seen } = router;
  if (!is_active) return 'unlinked';
  if (is_connected)
    return connected_at === null
      ? 'connected'
      : `connected since ${formatTime(connected_at, clock)}`;
  return last_seen === null ? 'has never connected' : `away since ${formatTime(last_seen, clock)}`;
}

/** The same, with how the internet is: `connected since 07:12, internet answers in 12 ms`, `connected since 07:12, no internet since 09:30` */
export function describeHealth(router: Router, clock: Clock): string {
  const connection = describeConnection(router, clock);
  const { state, since, round_trip, loss } = router.health;
  if (state === 'internet_down')
    return `${connection}, no internet${since === null ? '' : ` since ${formatTime(since, clock)}`}`;
  if (state !== 'ok' || round_trip === null) return connection;
  const lost = loss === null || loss === 0 ? '' : `, ${loss}% lost`;
  return `${connection}, internet answers in ${Math.round(round_trip)} ms${lost}`;
}

const SCAN_MS = 60_000;

async function scan(name: string, _options: unknown, command: Command): Promise<void> {
  const { api, json } = await openSession(command);
  const { router_id, ...router } = await findRouter(api, name);
  const path = { params: { path: { router_id } } };
  const { scanned_at: before } = await dataOf(api.POST('/api/v1/routers/{router_id}/scan', path));
  const scanned_at = await untilScanned(api, router_id, before);
  const called = routerName({ router_id, ...router });
  printResult(json, { router_id, scanned_at }, () => `${called} has read all its devices.`);
}

async function untilScanned(api: Api, router_id: string, before: string | null): Promise<string> {
  const path = { params: { path: { router_id } } };
  const end = Date.now() + SCAN_MS;
  while (Date.now() < end) {
    const { scanned_at } = await dataOf(api.GET('/api/v1/routers/{router_id}', path));
    if (scanned_at !== null && scanned_at !== before) return scanned_at;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new UnavailableError(
    'The router has not answered within a minute: it goes on by itself, and `netpilot device list` shows what it finds.',
  );
}

async function update(
  name: string,
  { check }: { check?: boolean },
  command: Command,
): Promise<void> {
  const { api, json } = await openSession(command);
  const router = await findRouter(api, name);
  const path = { params: { path: { router_id: router.router_id } } };
  const state = await dataOf(
    check === true
      ? api.GET('/api/v1/routers/{router_id}/update', path)
      : api.POST('/api/v1/routers/{router_id}/update', path),
  );
  const { agent_version, offered_version, is_newer, is_allowed, update_version } = state;
  printResult(json, { router_id: router.router_id, ...state }, () => {
    const called = routerName(router);
    if (check !== true)
      return `${called} is sent agent ${update_version ?? ''}: it keeps its rules, and its agent ${agent_version ?? ''} if the new one does not work. \`netpilot router list\` shows which one it has.`;
    if (!is_newer) return `${called} has agent ${agent_version ?? '-'}: nothing newer is here.`;
    const how = is_allowed
      ? `\`netpilot router update\` brings it`
      : 'its owner must allow updates first: run `netpilot-agent updates on` on the router';
    return `${called} has agent ${agent_version ?? '-'}, and ${offered_version ?? ''} is here: ${how}.`;
  });
}

async function replace(
  oldName: string,
  name: string,
  { yes }: { yes?: boolean },
  command: Command,
): Promise<void> {
  const session: Session = await openSession(command);
  const { api, json } = session;
  const [old, router] = [await findRouter(api, oldName, 'old-router'), await findRouter(api, name)];
  await confirm(yes, {
    warning: `${routerName(router)} takes over everything of ${routerName(old)}, which is unlinked: its devices, rules, history and name.`,
    answer: 'yes',
  });
  const replaced = await dataOf(
    api.POST('/api/v1/routers/{router_id}/replace', {
      params: { path: { router_id: router.router_id } },
      body: { replaces: old.router_id },
    }),
  );
  printResult(
    json,
    replaced,
    () =>
      `${routerName(old)} is replaced, and unlinked. The rules: ${describeDelivery(replaced.delivery)}.`,
  );
}

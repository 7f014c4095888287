import type { Command } from 'commander';
import { followEvents } from '../../../client/src/client.ts';
import type { MqttConfig } from '../../config/mqtt.ts';
import { ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.ts';
import type { Service } from '../../mqtt/bridge.ts';
import { retrying } from '../../mqtt/retrying.ts';
import { Interrupted, untilInterrupted } from '../interruption.ts';
import { configOf, examples, wantsJson } from '../options.ts';
import { printNote, printable } from '../output.ts';
import { createApi, dataOf, explain } from '../home/api.ts';
import { findLastingLogin } from '../home/connection.ts';
import { chooseHome, listHomes, requireHome } from '../home/homes.ts';
import { listRouters, routerName } from '../home/routers.ts';
import type { Login } from '../home/stored-login.ts';
import { perform } from './perform.ts';
import { type Scope, createHouseReader } from './read-house.ts';

/** `netpilot mqtt` */
export function addMqtt(program: Command): void {
  program
    .command('mqtt')
    .description(
      'connect a home to Home Assistant by MQTT: runs until Ctrl-C on any machine that reaches the broker (MQTT_URL) and NetPilot (NETPILOT_URL and NETPILOT_TOKEN, or `netpilot login`)',
    )
    .summary('connect a home to Home Assistant by MQTT')
    .option('--home <home>', 'which home, if there are several')
    .action(run)
    .addHelpText(
      ...examples(
        ['netpilot login https://netpilot.example.com', 'once, with a token of the scope control'],
        ['MQTT_URL=mqtt://ha:secret@192.168.1.2 netpilot mqtt', 'docs/home-assistant.md says more'],
      ),
    );
}

async function run({ home }: { home?: string }, command: Command): Promise<void> {
  const json = wantsJson(command);
  const say = (text: string) => printNote(json, printable(text));
  const config = requireBroker(configOf(command).mqtt);
  const login = findLastingLogin();
  const running = untilInterrupted(async (signal) => {
    const scope = await retrying(['unavailable'], { say, signal }, () =>
      openScope(login, home, signal),
    );
    if (scope === undefined) return;
    say(describeScope(scope));
    // Loaded here so that other commands start fast.
    const { runBridge } = await import('../../mqtt/bridge.ts');
    await runBridge({ service: serviceOf(login, scope), config, say, signal });
  });
  await running.catch((error: unknown) => {
    // A signal is the normal way to end it.
    if (!(error instanceof Interrupted)) throw error;
  });
}

function requireBroker(config: MqttConfig | undefined): MqttConfig {
  if (config !== undefined) return config;
  throw new InvalidInputError([
    { field: 'MQTT_URL', expected: 'the broker at home, as mqtt://user:password@192.168.1.2' },
  ]);
}

/** What the token may do, and the home. Throws what `--home` can be wrong with, and ForbiddenError for a child. */
async function openScope(
  login: Login,
  wanted: string | undefined,
  signal: AbortSignal,
): Promise<Scope> {
  const { url } = login;
  const account = createApi(login, undefined, signal);
  const { scopes, router_id } = await dataOf(account.GET('/api/v1/tokens/own'));
  const common = { url, account, onlyRouterId: router_id, mayControl: scopes.includes('control') };
  if (router_id !== null) {
    const [router] = await listRouters(account);
    if (router === undefined) throw new NotFoundError('router', router_id);
    const home = { id: router.home_id, name: routerName(router) };
    return { ...common, api: account, home };
  }
  const homes = await listHomes(account);
  const home = requireHome({ home: chooseHome(homes, wanted), homes });
  if (home.role === 'child')
    throw new ForbiddenError(
      `You are child of the home "${home.name}", and the bridge shows all of it: use a token of somebody who may see it.`,
    );
  return { ...common, api: createApi(login, home.id, signal), home };
}

function describeScope({ home, url, mayControl }: Scope): string {
  const may = mayControl ? '' : ' The token may only read: there are no switches.';
  return `NetPilot at ${url} is connected: "${home.name}".${may}`;
}

function serviceOf(login: Login, scope: Scope): Service {
  const { home, api, onlyRouterId } = scope;
  const homeId = onlyRouterId === null ? home.id : undefined;
  return {
    homeId: home.id,
    read: createHouseReader(scope),
    perform: (request, house) => perform(api, request, house),
    follow: async (signal, { change, lost }) => {
      const access = { ...login, home: homeId };
      const events = followEvents(access, { signal, onReady: change, onLost: lost });
      // Which it is does not matter: the home is read.
      while ((await events.next().catch(explain)).done !== true) change();
    },
  };
}

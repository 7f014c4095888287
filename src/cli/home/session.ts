import type { Command } from 'commander';
import type { Config } from '../../config/config.ts';
import { configOf, wantsJson } from '../options.ts';
import { type Api, createApi } from './api.ts';
import { type HomeOptions, findLogin } from './connection.ts';
import { type NamedHome, chooseHome, listHomes } from './homes.ts';
import type { Login } from './stored-login.ts';
import { type Clock, clockIn } from './time.ts';

/** A command's talk with the service. */
export type Session = {
  /** About one home, if `--home` says which, or if it is somebody else's; else about all of one's own. */
  api: Api;
  login: Login;
  /** The home that `api` is about; undefined: all of one's own. */
  homeId: string | undefined;
  /** The home that was chosen, or the only one, or the only one with routers; undefined: none of several. */
  home: NamedHome | undefined;
  homes: readonly NamedHome[];
  /** The home's; this machine's if it has not said its zone. */
  clock: Clock;
  json: boolean;
};

/** Finds the service and the home that a command is for. Throws UnauthenticatedError if nothing says where it is. */
export function openSession(command: Command): Promise<Session> {
  const options = command.optsWithGlobals<HomeOptions>();
  return openSessionFor(options, { json: wantsJson(command), config: () => configOf(command) });
}

/** The same for options that no command has parsed. */
export async function openSessionFor(
  options: HomeOptions,
  { json, config, signal }: { json: boolean; config: () => Config; signal?: AbortSignal },
): Promise<Session> {
  const login = await findLogin(options, config);
  const homes = await listHomes(createApi(login, undefined, signal));
  const home = chooseHome(homes, options.home);
  const clock = clockIn(home?.timezone);
  // What is about the account is seen only without a home.
  const homeId = options.home !== undefined || home?.is_own === false ? home?.id : undefined;
  return { api: createApi(login, homeId, signal), login, homeId, home, homes, clock, json };
}

/** Without what only finds it by name. */
export function unnamed<Thing extends object>(
  thing: Thing,
): Omit<Thing, 'names' | 'keys' | 'description'> {
  const {
    names: _names,
    keys: _keys,
    description: _description,
    ...rest
  } = {
    names: undefined,
    keys: undefined,
    description: undefined,
    ...thing,
  };
  return rest;
}

import { parseConfig, readEnvironment } from '../../config/config.ts';
import { listChannels } from './channels.ts';
import { deviceName, listDevices } from './devices.ts';
import { ownHomes, requireHome } from './homes.ts';
import type { NameKind } from './name-kinds.ts';
import { fold } from './names.ts';
import { listPeople } from './people.ts';
import { nameRules } from './rules.ts';
import { listRouters, routerName } from './routers.ts';
import { type Session, openSessionFor } from './session.ts';

type Offer = { word: string; description: string };

/** What a placeholder in the help names, and how its names are found. */
const LISTS = {
  device: async ({ api }: Session) =>
    (await listDevices(api)).map((device) => ({
      word: deviceName(device),
      description: device.ip,
    })),
  person: async (session: Session) =>
    (await listPeople(session.api, ownHomes(session))).map(({ name }) => ({
      word: name,
      description: 'person',
    })),
  who: async (session: Session): Promise<Offer[]> => [
    ...(await LISTS.person(session)),
    ...(await LISTS.device(session)),
    { word: 'everyone', description: 'all devices of the home' },
  ],
  router: async ({ api }: Session) =>
    (await listRouters(api)).map((router) => ({
      word: routerName(router),
      description: router.router_id,
    })),
  rule: async (session: Session) =>
    (await nameRules(session, ownHomes(session))).map(({ names, called }) => ({
      word: names.find((name) => name !== null) ?? '',
      description: called,
    })),
  channel: async (session: Session) =>
    (await listChannels(session.api, requireHome(session))).map(({ name, kind }) => ({
      word: name,
      description: kind,
    })),
  home: ({ homes }: Session) =>
    Promise.resolve(homes.map(({ name, role }) => ({ word: name, description: role }))),
} as const satisfies Record<NameKind, (session: Session) => Promise<Offer[]>>;

/** How many seconds somebody waits who has pressed Tab, unless the environment says it. */
const LONGEST = 2;

/**
 * The names that the word being typed, the last one, can become. None if the service does not answer soon, whatever the reason: a shell
 * that completes has nowhere to say it.
 */
export async function completeNames(kind: NameKind, words: readonly string[]): Promise<Offer[]> {
  const value = (flag: string) => {
    const place = words.indexOf(flag);
    return place === -1 ? undefined : words[place + 1];
  };
  const [home, user, data] = ['--home', '--user', '--data'].map(value);
  const options = {
    ...(home !== undefined && kind !== 'home' && { home: unquoted(home) }),
    ...(user !== undefined && { user }),
    ...(data !== undefined && { data: unquoted(data) }),
  };
  const config = () => parseConfig(readEnvironment(), data === undefined ? {} : { data });
  const longest = Number(process.env['NETPILOT_COMPLETION_SECONDS']) || LONGEST;
  const signal = AbortSignal.timeout(longest * 1_000);
  const wanted = fold(unquoted(words.at(-1) ?? ''));
  const found = await openSessionFor(options, { json: true, config, signal })
    .then(LISTS[kind])
    .catch(() => []);
  return found.filter(({ word }) => fold(word).startsWith(wanted));
}

/** A word as it is typed in a shell, without its quotes. */
function unquoted(word: string): string {
  return word.replaceAll(/\\(.)|["']/gs, '$1');
}

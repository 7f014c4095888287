import type { Command } from 'commander';
import { InvalidInputError } from '../../errors.ts';
import { confirm } from '../confirm.ts';
import { configOf, examples, wantsJson } from '../options.ts';
import { formatTable, printResult, printable } from '../output.ts';
import { createApi, dataOf, settle } from './api.ts';
import { type HomeOptions, findLogin, onHome } from './connection.ts';
import { type Home, listHomes, parseZone } from './homes.ts';
import { findNamed } from './names.ts';
import { unnamed } from './session.ts';

/** `netpilot home list`, `add`, `change` and `remove` */
export function addHome(program: Command): void {
  const home = program
    .command('home')
    .description('list homes, add one, name it, say its time zone')
    .addHelpText(
      ...examples(
        ['netpilot home list', 'yours, and those that you are a member of'],
        ['netpilot home change Home --timezone Europe/Berlin', 'rules at times of the day need it'],
      ),
    );
  onUser(home.command('list'))
    .description('list your homes, and those that you are a member of')
    .action(list)
    .addHelpText(...examples(['netpilot home list', 'with the names that --home takes']));
  onUser(home.command('add'))
    .description('add a home')
    .argument('<name>', 'what it is called')
    .option('--timezone <zone>', 'where it is (IANA), such as Europe/Berlin')
    .action(add)
    .addHelpText(
      ...examples([
        `netpilot home add "Grandma's" --timezone Europe/Berlin`,
        'then link a router there',
      ]),
    );
  onUser(home.command('change'))
    .description('name a home, or say its time zone')
    .argument('<home>', 'its name')
    .option('--name <name>', 'the new name')
    .option('--timezone <zone>', 'where it is (IANA), such as Europe/Berlin')
    .action(change)
    .addHelpText(
      ...examples(['netpilot home change Home --timezone Europe/Berlin', 'bedtimes need it']),
    );
  onUser(home.command('remove'))
    .description('delete a home that has no routers, with its people and rules')
    .argument('<home>', 'its name')
    .option('--yes', 'do not ask')
    .action(remove)
    .addHelpText(...examples([`netpilot home remove "Grandma's"`, 'asks first']));
}

/** Without `--home`: the argument says which. */
function onUser(command: Command): Command {
  return onHome(command, { isAboutOne: false });
}

type Options = { name?: string; timezone?: string; yes?: boolean };

async function open(command: Command) {
  const login = await findLogin(command.optsWithGlobals<HomeOptions>(), () => configOf(command));
  return { api: createApi(login), json: wantsJson(command) };
}

async function list(_options: unknown, command: Command): Promise<void> {
  const { api, json } = await open(command);
  const homes = await listHomes(api);
  printResult(json, { homes: homes.map(unnamed) }, () =>
    formatTable(
      ['home', 'you are', 'time zone', 'routers', 'people', 'new devices'],
      homes.map((home) => [
        home.is_own ? home.name : `${home.name} (${home.owner_name ?? 'somebody else'})`,
        home.role,
        home.timezone,
        home.routers,
        home.people,
        NEW_DEVICES[home.new_devices.access],
      ]),
    ),
  );
}

const NEW_DEVICES: Record<Home['new_devices']['access'], string> = {
  allow: 'let in',
  limit: 'slow until reviewed',
  block: 'wait until reviewed',
};

async function add(name: string, { timezone }: Options, command: Command): Promise<void> {
  const { api, json } = await open(command);
  const zone = timezone === undefined ? undefined : parseZone(timezone, '--timezone');
  const home = await dataOf(
    api.POST('/api/v1/homes', { body: { name, ...(zone !== undefined && { timezone: zone }) } }),
  );
  printResult(
    json,
    home,
    () => `The home ${printable(home.name)} is added. Commands take it with --home.`,
  );
}

async function change(
  wanted: string,
  { name, timezone }: Options,
  command: Command,
): Promise<void> {
  if (name === undefined && timezone === undefined)
    throw new InvalidInputError([{ field: '--name', expected: 'a new name, or --timezone' }]);
  const zone = timezone === undefined ? undefined : parseZone(timezone, '--timezone');
  const { api, json } = await open(command);
  const { id } = findNamed(await listHomes(api), { field: 'home', text: wanted, what: 'home' });
  const home = await dataOf(
    api.PATCH('/api/v1/homes/{home_id}', {
      params: { path: { home_id: id } },
      body: { ...(name !== undefined && { name }), ...(zone !== undefined && { timezone: zone }) },
    }),
  );
  printResult(
    json,
    home,
    () =>
      `The home is called ${printable(home.name)}, in ${home.timezone === null ? 'no time zone yet' : `the time zone ${home.timezone}`}.`,
  );
}

async function remove(wanted: string, { yes }: Options, command: Command): Promise<void> {
  const { api, json } = await open(command);
  const { id, name, people } = findNamed(await listHomes(api), {
    field: 'home',
    text: wanted,
    what: 'home',
  });
  await confirm(yes, {
    warning: `This deletes the home ${printable(name)}, with ${people === 1 ? 'one person' : `${people} people`} and all rules.`,
    answer: 'yes',
  });
  await settle(api.DELETE('/api/v1/homes/{home_id}', { params: { path: { home_id: id } } }));
  printResult(json, { id, name, deleted: true }, () => `The home ${printable(name)} is deleted.`);
}

import { type Command, InvalidArgumentError } from 'commander';
import type { Cell, CellState, Directory } from '../cells/directory.ts';
import type { Config } from '../config/config.ts';
import { isLoopback } from '../config/loopback.ts';
import { isHost } from '../config/reader.ts';
import { HIGHEST_CELL } from '../secret-cell.ts';
import { confirm } from './confirm.ts';
import { withDirectory } from './directory.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { formatTable, printNote, printResult } from './output.ts';
import { addMove } from './cell-move.ts';

/** `netpilot cell list|add|open|full|drain|remove|enroll|move|purge` */
export function addCellCommands(program: Command): void {
  const cell = program
    .command('cell')
    .description('several NetPilots behind one address: which there are, and who lives where')
    .addHelpText(...examples(['netpilot cell list', 'all cells, and how many people live there']));
  cell
    .command('list')
    .description('list the cells, and how many people live in each')
    .action(list)
    .addHelpText(...examples(['netpilot cell list --json', 'for a script']));
  addAdd(cell);
  for (const [name, state, description, purpose] of STATES)
    cell
      .command(name)
      .description(description)
      .argument('<cell>', 'the number of the cell', parseNumber)
      .action((number: number, _options: unknown, command: Command) =>
        changeState(number, state, command),
      )
      .addHelpText(...examples([`netpilot cell ${name} 7`, purpose]));
  cell
    .command('remove')
    .description('take a cell out of the directory that nobody lives in any more')
    .argument('<cell>', 'the number of the cell', parseNumber)
    .option('--yes', 'do not ask for confirmation')
    .action(remove)
    .addHelpText(...examples(['netpilot cell remove 7', 'after everybody was moved']));
  cell
    .command('enroll')
    .description('enter everybody in the directory who has an account in this cell')
    .action(enroll)
    .addHelpText(...examples(['netpilot cell enroll', 'after an import or a restore']));
  addMove(cell, parseNumber);
}

const STATES: [name: string, state: CellState, description: string, purpose: string][] = [
  ['open', 'open', 'let new people come to a cell', 'after drain, or full'],
  ['full', 'full', 'let nobody new come to a cell but members of its homes', 'it has enough homes'],
  [
    'drain',
    'draining',
    'let nobody new come to a cell: it is to be emptied',
    'before people are moved',
  ],
];

function addAdd(cell: Command): void {
  cell
    .command('add')
    .description('enter a cell in the directory, or change how it is reached; run it in each cell')
    .argument('<cell>', 'the number of the cell', parseNumber)
    .requiredOption(
      '--api-url <url>',
      'where the api of other cells reaches its own (https://, or http:// on this machine)',
      parseUrl,
    )
    .requiredOption('--routers-host <host>', 'the name or address that its routers dial', parseHost)
    .option('--routers-port <port>', 'the port that they dial', parsePort, 2222)
    .action(add)
    .addHelpText(
      ...examples([
        'netpilot cell add 7 --api-url https://c7.internal.example.net --routers-host r7.example.net',
        'with CELL=7: also enters who has an account here, and shares the host key of all cells',
      ]),
    );
}

function parseNumber(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= HIGHEST_CELL) return Number(text);
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${HIGHEST_CELL}.`);
}

function parseUrl(text: string): string {
  const url = URL.parse(text);
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (url !== null && isSafe && url.href === `${url.origin}/`) return url.origin;
  throw new InvalidArgumentError(
    'It must be an https:// address without a path (http:// on loopback only).',
  );
}

function parseHost(text: string): string {
  if (isHost(text)) return text;
  throw new InvalidArgumentError('It must be a host name or an address.');
}

function parsePort(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1 to 65535.');
}

async function list(_options: unknown, command: Command): Promise<void> {
  const { summarizeCells } = await import('../cells/operating.ts');
  await withDirectory(configOf(command), async (directory, own) => {
    const cells = await summarizeCells(directory);
    printResult(wantsJson(command), { own, cells }, () =>
      formatTable(
        ['cell', 'state', 'people', 'moving', 'api', 'routers'],
        cells.map((cell) => [
          cell.cell === own ? `${cell.cell} (this one)` : cell.cell,
          cell.state,
          cell.people,
          cell.moving,
          cell.api_url,
          `${cell.routers_host}:${cell.routers_port}`,
        ]),
      ),
    );
  });
}

type AddOptions = { apiUrl: string; routersHost: string; routersPort: number };

async function add(
  number: number,
  { apiUrl, routersHost, routersPort }: AddOptions,
  command: Command,
): Promise<void> {
  const config = configOf(command);
  const { addCell } = await import('../cells/operating.ts');
  const place = { api_url: apiUrl, routers_host: routersHost, routers_port: routersPort };
  await withDirectory(config, async (directory, own) => {
    await directory.prepare();
    const before = (await directory.listCells()).find(({ cell }) => cell === number);
    const enter = (database?: string) => addCell(directory, { cell: number, ...place }, database);
    const entered = number === own ? await enterOwn(config, directory, number, enter) : undefined;
    const cell = entered?.cell ?? (await enter());
    printResult(
      wantsJson(command),
      { cell, people: entered?.people ?? null, elsewhere: entered?.elsewhere ?? [] },
      () => `Cell ${number} is ${cell.state}.${entered ? countPeople(entered.people) : ''}`,
    );
    if (before !== undefined && describePlace(before) !== describePlace(cell))
      printNote(wantsJson(command), `Until now it was ${describePlace(before)}.`);
    if (entered?.hasOtherKeys === true)
      printNote(wantsJson(command), 'It has the host keys of the other cells now: restart it.');
    if (entered !== undefined) noteElsewhere(command, entered.elsewhere);
    else
      printNote(wantsJson(command), `Run this in cell ${number}, too: it enters who lives there.`);
  });
}

function countPeople(people: number): string {
  return ` The directory has ${people} ${people === 1 ? 'person' : 'people'} of it.`;
}

function describePlace({ api_url, routers_host, routers_port }: Cell): string {
  return `${api_url}, and ${routers_host}:${routers_port} for routers`;
}

/** Enters this cell, once it has the host keys of all: then who lives here. */
async function enterOwn(
  config: Config,
  directory: Directory,
  number: number,
  enter: (database: string) => Promise<Cell>,
) {
  const { enroll: enrollAll, shareServerKeys } = await import('../cells/operating.ts');
  const { identifyOwn } = await import('../cells/its-database.ts');
  const { withClient } = await import('../database/roles.ts');
  const { hostKeyCredential, readOrMakeHostKeys } = await import('../fleet/openwrt/host-key.ts');
  const { withOperator, withService } = await import('./database.ts');
  return withOperator(config, async (database, { addresses, secretKey }) => {
    const known = await withClient(addresses.admin, (client) =>
      identifyOwn(directory, client, number),
    );
    const shared = await directory.run('select from directory.server_keys limit 1');
    if (shared.length === 0)
      await withService(addresses.service, (service) => readOrMakeHostKeys(service, secretKey));
    const credentials = (['ed25519', 'rsa'] as const).map((kind) =>
      hostKeyCredential(secretKey, kind),
    );
    const hasOtherKeys = await shareServerKeys(database, directory, credentials);
    const cell = await enter(known);
    return { cell, hasOtherKeys, ...(await enrollAll(database, directory, cell.cell)) };
  });
}

async function changeState(number: number, state: CellState, command: Command): Promise<void> {
  const { setCellState } = await import('../cells/operating.ts');
  await withDirectory(configOf(command), async (directory) => {
    const cell: Cell = await setCellState(directory, number, state);
    printResult(wantsJson(command), { cell }, () => `Cell ${number} is ${cell.state}.`);
  });
}

async function remove(number: number, { yes }: { yes?: boolean }, command: Command): Promise<void> {
  const { removeCell } = await import('../cells/operating.ts');
  await withDirectory(configOf(command), async (directory) => {
    await confirm(yes, {
      warning: `This takes cell ${number} out of the directory: secrets that name it lead nowhere any more.`,
      answer: String(number),
    });
    await removeCell(directory, number);
    printResult(wantsJson(command), { removed: number }, () => `Cell ${number} is removed.`);
  });
}

async function enroll(_options: unknown, command: Command): Promise<void> {
  const config = configOf(command);
  const { enroll: enrollAll } = await import('../cells/operating.ts');
  const { withOperator } = await import('./database.ts');
  await withDirectory(config, async (directory, number) => {
    const { people, elsewhere } = await withOperator(config, (database) =>
      enrollAll(database, directory, number),
    );
    printResult(
      wantsJson(command),
      { people, elsewhere },
      () => `Cell ${number} is enrolled.${countPeople(people)}`,
    );
    noteElsewhere(command, elsewhere);
  });
}

function noteElsewhere(command: Command, elsewhere: readonly string[]): void {
  if (elsewhere.length > 0)
    printNote(
      wantsJson(command),
      `These have an account here, but the directory has them in another cell: ${elsewhere.join(', ')}`,
    );
}

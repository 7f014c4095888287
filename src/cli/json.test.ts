/** `--json` prints one document per command; docs/command-line.md names its members. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCommandLine, startProgram, untilSays } from '../../testing/command-line.ts';
import { LEGACY_DATA } from '../../testing/data-folder.ts';
import { urlOf } from '../../testing/cells.ts';
import { freePort } from '../../testing/free-port.ts';
import { PROJECT_FOLDER } from '../config/config.ts';
import { HOME_GROUP, createProgram, everyCommand, nameOf } from './program.ts';

const { json, start, folder, data, addresses } = await createCommandLine();

const manual = readFileSync(join(PROJECT_FOLDER, 'docs/command-line.md'), 'utf8');
const source = join(LEGACY_DATA, '2025-06-split');

const BACKUP =
  'file bytes sha256 taken_at netpilot_version postgres_version migrations tables rows';

/** In an order in which each finds its data. */
const CASES: [args: string[], members: string][] = [
  [['migrate', 'status'], 'migrations'],
  [['migrate', 'up'], 'applied'],
  [
    ['import', source, '--router', 'home', '--user', 'ann@example.com'],
    'outcome router_id timezone generations tables totals rows_written mode left_out notes rejects',
  ],
  [['export', join(folder, 'ann.json')], 'file email bytes'],
  [['backup', join(folder, 'all.backup')], BACKUP],
  [['restore', join(folder, 'all.backup'), '--yes'], BACKUP],
  [['user', 'list'], 'users'],
  [['user', 'link'], 'email sign_in_link expires_at'],
  [['user', 'invite', 'bob@example.com'], 'email outcome'],
  [['user', 'invitations'], 'invitations'],
  [['user', 'uninvite', 'bob@example.com'], 'email withdrawn'],
  [['user', 'deactivate', 'ann@example.com'], 'email is_active changed'],
  [['user', 'activate', 'ann@example.com'], 'email is_active changed'],
  [['router', 'list', '--all'], 'routers'],
  [['config'], 'database settings ignored'],
  [['doctor'], 'ok findings'],
  [['user', 'delete', 'ann@example.com', '--yes'], 'email deleted'],
  [['migrate', 'down', '--yes'], 'reverted'],
];

/** The directory is a schema of the same database. */
const CELL = { CELL: '7', DIRECTORY_URL: urlOf(addresses.admin) };
const ADDRESS = ['--api-url', 'https://c7.example.com', '--routers-host', 'r7.example.com'];
const CELL_CASES: [args: string[], members: string][] = [
  [['cell', 'add', '7', ...ADDRESS], 'cell people elsewhere'],
  [['cell', 'enroll'], 'people elsewhere'],
  [['cell', 'list'], 'own cells'],
  [['cell', 'full', '7'], 'cell'],
  [['cell', 'drain', '7'], 'cell'],
  [['cell', 'open', '7'], 'cell'],
  [['cell', 'purge', '--now', '--yes'], 'people'],
  [['cell', 'remove', '7', '--yes'], 'removed'],
];

test('every command is tried here except those that run until Ctrl-C, completion scripts, and what needs a second database', () => {
  // Those of the home need a service that runs: home/json.test.ts tries them.
  const leaves = createProgram()
    .commands.filter((command) => command.helpGroup() !== HOME_GROUP)
    .flatMap(everyCommand)
    .filter(({ commands }) => commands.length === 0);
  const tried = [...CASES, ...CELL_CASES].map(([args]) => `netpilot ${args.join(' ')} `);
  const untried = leaves
    .map(nameOf)
    .filter((name) => !tried.some((line) => line.startsWith(`${name} `)));
  expect(untried.toSorted()).toEqual([
    'netpilot cell move',
    'netpilot completion',
    'netpilot serve',
    'netpilot simulate',
  ]);
});

describe('prints exactly the members it promises, and the manual names each', () => {
  test.each([
    ...CASES.slice(0, -1).map(([args, members]) => [args, members, {}] as const),
    ...CELL_CASES.map(([args, members]) => [args, members, CELL] as const),
    ...CASES.slice(-1).map(([args, members]) => [args, members, {}] as const),
  ])('netpilot %j', async (args, members, environment) => {
    const document = await json(args, environment);
    expect(Object.keys(Object(document)).toSorted()).toEqual(members.split(' ').toSorted());
    const section = sectionOf(args[0] ?? '');
    for (const name of namesIn(document)) expect(section).toContain(`\`${name}\``);
  });

  test('netpilot serve', async () => {
    const { child, ended } = start(['serve', '--json', '--port', String(await freePort())], {
      LOG_LEVEL: 'silent',
    });
    await untilSays(child, '}');
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const names = ['url', 'sign_in_link', 'routers_port'];
    expect(Object.keys(Object(JSON.parse(stdout)))).toEqual(names);
    for (const name of names) expect(sectionOf('serve')).toContain(name);
  });

  test('netpilot serve, without the link where the output goes to the journal', async () => {
    const port = String(await freePort());
    const asService =
      'exec 3>&1; JOURNAL_STREAM=$(stat -Lc %d:%i /dev/fd/3) exec bin/netpilot serve --port';
    const env = { NETPILOT_DATA: data, LOG_LEVEL: 'silent' };
    const { child, ended } = startProgram('sh', ['-c', `${asService} ${port}`], env);
    await untilSays(child, '\n');
    child.kill('SIGINT');
    const { stdout } = await ended;
    expect(stdout).toBe(
      `NetPilot is running on http://localhost:${port} - \`netpilot user link\` prints a link to sign in with\n`,
    );
  });
});

/** `## command` to the next one; `restore` refers to what `backup` prints. */
function sectionOf(command: string): string {
  const [, section = ''] = manual.split(`\n## ${command}\n`);
  const [text = ''] = section.split('\n## ');
  return command === 'restore' ? sectionOf('backup') : text;
}

/** Every member's name at any depth, but for names of tables (`rows_written`) and what a text is made of (`values`). */
function namesIn(value: unknown): Set<string> {
  const names = new Set<string>();
  JSON.stringify(value, function (this: unknown, name: string, member: unknown) {
    if (name !== '' && !Array.isArray(this)) names.add(name);
    return ['rows_written', 'values'].includes(name) ? null : member;
  });
  return names;
}

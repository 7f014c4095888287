/** `--json` of the commands of a home: one document each, with what docs/command-line.md promises. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createHomeCommands } from '../../../testing/home-commands.ts';
import { PROJECT_FOLDER } from '../../config/config.ts';
import { HOME_GROUP, createProgram, everyCommand, nameOf } from '../program.ts';

const { run } = await createHomeCommands();

const manual = readFileSync(join(PROJECT_FOLDER, 'docs/command-line.md'), 'utf8');

/** What is as the API has it. */
const API = undefined;

/** In an order in which each finds its data; with the members of what is not as the API has it. */
const CASES: [line: string, members: string | undefined][] = [
  ['status', 'home devices online blocked limited new routers'],
  ['home list', 'homes'],
  ['home add Cabin', API],
  ['home change Home --timezone Europe/Berlin', API],
  ['home remove Cabin --yes', 'id name deleted'],
  ['person add Tim', API],
  ['person change Tim --colour red', API],
  ['person list', 'people'],
  ['member invite --role viewer', API],
  ['member list', 'members invitations'],
  ['device list', 'devices'],
  ['device show PS5', API],
  ['device name PS5 Console', API],
  ['device assign PS5 Tim', API],
  ['device review', 'devices'],
  ['block PS5', API],
  ['unblock PS5', 'blocks rules deliveries'],
  ['pause Tim --for 30m', API],
  ['resume Tim', 'ended deliveries'],
  ['allow Tim --for 30m', API],
  ['limit Tim --down 5', API],
  ['limit Tim --end', 'ended deliveries'],
  ['rule add block Tim --name Bedtime', API],
  ['rule preview block everyone --for 1h', API],
  ['rule change Bedtime --off', API],
  ['rule list', 'rules'],
  ['rule remove Bedtime --yes', 'id deleted deliveries'],
  ['person remove Tim --yes', 'id name deleted'],
  ['activity', 'activity'],
  ['usage', API],
  ['usage PS5 --period month', API],
  ['alerts add ntfy topic=a-topic --name Phone', API],
  ['alerts list', 'channels'],
  ['alerts change Phone --off', API],
  ['alerts quiet --off', API],
  ['alerts log', 'deliveries'],
  ['alerts remove Phone --yes', 'id name deleted'],
  ['router list', 'routers'],
  ['router scan Simulated', 'router_id scanned_at'],
  ['router update Simulated --check', API],
  ['logout', 'file removed'],
];

/** Tried elsewhere: it needs a member, a token on standard input, or a second router. */
const ELSEWHERE = [
  'netpilot alerts test',
  'netpilot member change',
  'netpilot member remove',
  'netpilot ask list',
  'netpilot ask answer',
  'netpilot router replace',
  'netpilot login',
  'netpilot mqtt',
];

test('every command of the home is tried', () => {
  const leaves = createProgram()
    .commands.filter((command) => command.helpGroup() === HOME_GROUP)
    .flatMap(everyCommand)
    .filter(({ commands }) => commands.length === 0);
  const lines = CASES.map(([line]) => `netpilot ${line} `);
  const untried = leaves
    .map(nameOf)
    .filter((name) => !lines.some((line) => line.startsWith(`${name} `)));
  expect(untried).toEqual(ELSEWHERE);
});

test.each(CASES)('netpilot %s', async (line, members) => {
  const { code, stdout, stderr } = await run(...line.split(' '), '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const document: unknown = JSON.parse(stdout);
  const names = Object.keys(Object(document));
  expect(names.toSorted()).toEqual(members?.split(' ').toSorted() ?? names.toSorted());
  for (const name of members?.split(' ') ?? []) expect(manual).toContain(`\`${name}\``);
});

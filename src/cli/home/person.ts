import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { InvalidInputError } from '../../errors.ts';
import { COLOURS } from '../../homes/colours.ts';
import { confirm } from '../confirm.ts';
import { examples } from '../options.ts';
import { formatTable, printResult, printable } from '../output.ts';
import { dataOf, settle } from './api.ts';
import { onHome } from './connection.ts';
import { ownHomes, requireHome } from './homes.ts';
import { findPerson, listPeople } from './people.ts';
import { type Session, openSession, unnamed } from './session.ts';

/** `netpilot person list`, `add`, `change` and `remove` */
export function addPerson(program: Command): void {
  const person = program
    .command('person')
    .description('list the people of a home, add, change or remove one')
    .addHelpText(
      ...examples(
        ['netpilot person add Tim --colour green', 'then: netpilot device assign PS5 Tim'],
        ['netpilot person list', 'who has which devices'],
      ),
    );
  onHome(person.command('list'))
    .description('list the people of a home')
    .action(list)
    .addHelpText(...examples(['netpilot person list', 'with what holds for each']));
  onHome(person.command('add'))
    .description('add a person to a home; they need no account')
    .argument('<name>', 'what they are called')
    .addOption(new Option('--colour <colour>', 'what they are drawn in').choices(COLOURS))
    .action(add)
    .addHelpText(...examples(['netpilot person add Tim', 'then: netpilot device assign PS5 Tim']));
  onHome(person.command('change'))
    .description('change the name, the colour or the picture of a person')
    .argument('<person>', 'their name')
    .option('--name <name>', 'the new name')
    .addOption(new Option('--colour <colour>', 'what they are drawn in').choices(COLOURS))
    .option('--picture <file>', 'a PNG, JPEG or WebP of at most 256 KB')
    .option('--no-picture', 'remove the picture')
    .action(change)
    .addHelpText(
      ...examples(
        ['netpilot person change Tim --name Timo', 'rules for him stay'],
        ['netpilot person change Tim --picture tim.jpg', 'shown on the pages'],
      ),
    );
  onHome(person.command('remove'))
    .description("remove a person, with the rules for them; their devices stay, and are nobody's")
    .argument('<person>', 'their name')
    .option('--yes', 'do not ask')
    .action(remove)
    .addHelpText(...examples(['netpilot person remove Tim', 'asks first']));
}

type Options = {
  name?: string;
  colour?: (typeof COLOURS)[number];
  picture?: string | false;
  yes?: boolean;
};

async function list(_options: unknown, command: Command): Promise<void> {
  const { api, json, home, homes } = await openSession(command);
  const people = await listPeople(api, ownHomes({ home, homes }));
  printResult(json, { people: people.map(unnamed) }, () =>
    people.length === 0
      ? 'Nobody yet: `netpilot person add NAME`.'
      : formatTable(
          ['person', 'devices', 'colour', ...(home === undefined ? ['home'] : [])],
          people.map((person) => [
            person.name,
            person.devices,
            person.colour,
            ...(home === undefined
              ? [homes.find(({ id }) => id === person.home_id)?.name ?? null]
              : []),
          ]),
        ),
  );
}

async function add(name: string, { colour }: Options, command: Command): Promise<void> {
  const session = await openSession(command);
  const { id: home_id } = requireHome(session);
  const person = await dataOf(
    session.api.POST('/api/v1/homes/{home_id}/people', {
      params: { path: { home_id } },
      body: { name, ...(colour !== undefined && { colour }) },
    }),
  );
  const called = printable(person.name);
  printResult(
    session.json,
    person,
    () => `${called} is added. Give them devices: netpilot device assign DEVICE "${called}"`,
  );
}

async function change(
  wanted: string,
  { name, colour, picture }: Options,
  command: Command,
): Promise<void> {
  if (name === undefined && colour === undefined && picture === undefined)
    throw new InvalidInputError([
      { field: '--name', expected: 'a new name, or --colour, --picture or --no-picture' },
    ]);
  const session = await openSession(command);
  const { api, json } = session;
  const { id, home_id } = await findPerson(api, requireHome(session), wanted);
  const path = { params: { path: { home_id, id } } };
  if (picture !== undefined) await setPicture(session, { home_id, id }, picture);
  const body = { ...(name !== undefined && { name }), ...(colour !== undefined && { colour }) };
  const person = await dataOf(
    Object.keys(body).length > 0
      ? api.PATCH('/api/v1/homes/{home_id}/people/{id}', { ...path, body })
      : api.GET('/api/v1/homes/{home_id}/people/{id}', path),
  );
  printResult(
    json,
    person,
    () =>
      `${printable(person.name)} is changed: ${person.colour}, ${person.has_picture ? 'with' : 'without'} a picture.`,
  );
}

const PICTURES = [
  { type: 'image/png', begins: '89504e47' },
  { type: 'image/jpeg', begins: 'ffd8ff' },
  { type: 'image/webp', begins: '52494646' },
] as const;

async function setPicture(
  { api }: Session,
  path: { home_id: string; id: string },
  file: string | false,
): Promise<void> {
  const place = '/api/v1/homes/{home_id}/people/{id}/picture';
  if (file === false) {
    await settle(api.DELETE(place, { params: { path } }));
    return;
  }
  const bytes = await readFile(file);
  const beginning = bytes.subarray(0, 4).toString('hex');
  const kind = PICTURES.find(({ begins }) => beginning.startsWith(begins));
  if (kind === undefined)
    throw new InvalidInputError([
      { field: '--picture', value: file, expected: 'a PNG, JPEG or WebP picture' },
    ]);
  await settle(
    api.PUT(place, {
      params: { path },
      headers: { 'content-type': kind.type },
      body: bytes,
      bodySerializer: () => bytes,
    }),
  );
}

async function remove(wanted: string, { yes }: Options, command: Command): Promise<void> {
  const session = await openSession(command);
  const { api, json } = session;
  const { id, home_id, name, devices } = await findPerson(api, requireHome(session), wanted);
  const called = printable(name);
  await confirm(yes, {
    warning: `This removes ${called}, and the rules for them.${devices === 0 ? '' : ` ${devices === 1 ? 'One device becomes' : `${devices} devices become`} nobody's.`}`,
    answer: 'yes',
  });
  await settle(
    api.DELETE('/api/v1/homes/{home_id}/people/{id}', { params: { path: { home_id, id } } }),
  );
  printResult(json, { id, name, deleted: true }, () => `${called} is removed.`);
}

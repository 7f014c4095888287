import { type Command, Option } from 'commander';
import type { paths } from '../../../client/src/client.ts';
import { InvalidInputError } from '../../errors.ts';
import { confirm } from '../confirm.ts';
import { examples } from '../options.ts';
import { formatTable, printNote, printResult, printable } from '../output.ts';
import { printQrCode } from '../qr-code.ts';
import { type Api, dataOf, settle } from './api.ts';
import { onHome } from './connection.ts';
import { type NamedHome, requireHome } from './homes.ts';
import { type Named, findNamed } from './names.ts';
import { findPerson, listPeople } from './people.ts';
import { type Session, openSession, unnamed } from './session.ts';
import { formatTime, sayTime } from './time.ts';

type Members = paths['/api/v1/homes/{home_id}/members'];
type Member = Members['get']['responses'][200]['content']['application/json']['items'][number];
export type NamedMember = Member & Named;

const ROLES = ['admin', 'viewer', 'child'] as const;

/** What each role may do, for people. */
const MAY: Record<(typeof ROLES)[number], string> = {
  admin: 'do everything but manage members, unlink and delete',
  viewer: 'see everything',
  child: 'see what holds for them, and ask for more',
};

/** `netpilot member list`, `invite`, `change` and `remove` */
export function addMember(program: Command): void {
  const member = program
    .command('member')
    .description('list who may act in a home, invite, change or remove somebody')
    .addHelpText(
      ...examples(
        ['netpilot member invite --role admin', 'the second parent: prints a link and a QR code'],
        ['netpilot member list', 'who may do what'],
      ),
    );
  onHome(member.command('list'))
    .description('list the members of a home, and the invitations that nobody has accepted yet')
    .action(list)
    .addHelpText(...examples(['netpilot member list', 'with their roles']));
  onHome(member.command('invite'))
    .description('print a link and a QR code that make somebody a member, once, within 7 days')
    .addOption(roleOption().makeOptionMandatory())
    .option('--person <person>', 'who of the home this is: a child sees what holds for them')
    .action(invite)
    .addHelpText(
      ...examples(
        ['netpilot member invite --role admin', 'the second parent'],
        ['netpilot member invite --role child --person Tim', 'his own page, to ask for more time'],
      ),
    );
  onHome(member.command('change'))
    .description('change what a member may do, or who of the home they are')
    .argument('<member>', 'their name or e-mail address')
    .addOption(roleOption())
    .option('--person <person>', 'who of the home this is')
    .option('--no-person', 'nobody of the home')
    .action(change)
    .addHelpText(...examples(['netpilot member change Anna --role viewer', 'at once']));
  onHome(member.command('remove'))
    .description('remove a member, at once; or withdraw an invitation')
    .argument('<member>', 'their name or e-mail address; or the id of an invitation')
    .option('--yes', 'do not ask')
    .action(remove)
    .addHelpText(...examples(['netpilot member remove Anna', 'asks first']));
}

function roleOption(): Option {
  const roles = ROLES.map((role) => `${role}: ${MAY[role]}`).join('; ');
  return new Option('--role <role>', `what they may do (${roles})`).choices(ROLES);
}

type Role = (typeof ROLES)[number];

/** Their names and addresses; the owner is not among them. */
export async function listMembers(api: Api, { id }: NamedHome): Promise<NamedMember[]> {
  const path = { params: { path: { home_id: id } } };
  const { items } = await dataOf(api.GET('/api/v1/homes/{home_id}/members', path));
  return items.map((member) => ({
    ...member,
    names: [member.name, member.email],
    keys: [member.member_id, member.email],
    description: `"${member.name}" (${member.email ?? member.role})`,
  }));
}

/** Only the owner sees them. */
async function listInvitations(api: Api, { id, role }: NamedHome) {
  if (role !== 'owner') return [];
  const path = { params: { path: { home_id: id } } };
  return (await dataOf(api.GET('/api/v1/homes/{home_id}/invitations', path))).items;
}

async function list(_options: unknown, command: Command): Promise<void> {
  const session = await openSession(command);
  const { api, json, clock } = session;
  const home = requireHome(session);
  const [members, invitations, people] = await Promise.all([
    listMembers(api, home),
    listInvitations(api, home),
    listPeople(api, [home]),
  ]);
  const personOf = (id: string | null) => people.find((person) => person.id === id)?.name ?? null;
  printResult(json, { members: members.map(unnamed), invitations }, () => {
    if (members.length + invitations.length === 0)
      return 'Only its owner: invite somebody with `netpilot member invite`.';
    return formatTable(
      ['member', 'e-mail', 'role', 'person', 'since'],
      [
        ...members.map((member) => [
          member.name,
          member.email,
          member.role,
          personOf(member.person_id),
          formatTime(member.created_at, clock),
        ]),
        ...invitations.map(({ id, role, person_id, expires_at }) => [
          `invited, ${id}`,
          null,
          role,
          personOf(person_id),
          `until ${formatTime(expires_at, clock)}`,
        ]),
      ],
    );
  });
}

async function invite(
  { role, person }: { role: Role; person?: string },
  command: Command,
): Promise<void> {
  const session = await openSession(command);
  const { api, json, clock } = session;
  const home = requireHome(session);
  const person_id =
    person === undefined ? undefined : (await findPerson(api, home, person, '--person')).id;
  const invitation = await dataOf(
    api.POST('/api/v1/homes/{home_id}/invitations', {
      params: { path: { home_id: home.id } },
      body: { role, ...(person_id !== undefined && { person_id }) },
    }),
  );
  printNote(
    json,
    `Who opens this and signs in may ${MAY[role]}, in the home ${printable(home.name)}. It works once, until ${sayTime(invitation.expires_at, clock)}:`,
  );
  printResult(json, invitation, () => invitation.url);
  printQrCode(json, 'Or let them scan this with a phone:', invitation.url);
}

type Changes = { role?: Role; person?: string | false };

async function change(wanted: string, { role, person }: Changes, command: Command): Promise<void> {
  if (role === undefined && person === undefined)
    throw new InvalidInputError([
      { field: '--role', expected: 'a role, or --person or --no-person' },
    ]);
  const session = await openSession(command);
  const { api, json } = session;
  const home = requireHome(session);
  const found = await findMember(session, home, wanted);
  const person_id =
    typeof person === 'string' ? (await findPerson(api, home, person, '--person')).id : null;
  const member = await dataOf(
    api.PATCH('/api/v1/homes/{home_id}/members/{member_id}', {
      params: { path: { home_id: home.id, member_id: found.member_id } },
      body: { ...(role !== undefined && { role }), ...(person !== undefined && { person_id }) },
    }),
  );
  printResult(json, member, () =>
    printable(`${member.name} is ${member.role} of ${home.name} now.`),
  );
}

async function findMember({ api }: Session, home: NamedHome, text: string): Promise<NamedMember> {
  return findNamed(await listMembers(api, home), { field: 'member', text, what: 'member' });
}

async function remove(wanted: string, { yes }: { yes?: boolean }, command: Command): Promise<void> {
  const session = await openSession(command);
  const { api, json } = session;
  const home = requireHome(session);
  const invitation = (await listInvitations(api, home)).find(({ id }) => id === wanted);
  if (invitation !== undefined) {
    const path = { params: { path: { home_id: home.id, id: invitation.id } } };
    await settle(api.DELETE('/api/v1/homes/{home_id}/invitations/{id}', path));
    const document = { id: invitation.id, deleted: true };
    return printResult(
      json,
      document,
      () => 'The invitation is withdrawn: its link leads nowhere.',
    );
  }
  const { member_id, name } = await findMember(session, home, wanted);
  await confirm(yes, {
    warning: printable(`${name} loses access to ${home.name}, at once.`),
    answer: 'yes',
  });
  const path = { params: { path: { home_id: home.id, member_id } } };
  await settle(api.DELETE('/api/v1/homes/{home_id}/members/{member_id}', path));
  return printResult(json, { id: member_id, name, deleted: true }, () =>
    printable(`${name} is not a member of ${home.name} any more.`),
  );
}

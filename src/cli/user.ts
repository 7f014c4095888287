import type { Command } from 'commander';
import { parseEmail } from '../email.ts';
import { NotFoundError } from '../errors.ts';
import { confirm } from './confirm.ts';
import { ifDirectory } from './directory.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { formatTable, printResult } from './output.ts';
import { addInvitations } from './user-invite.ts';
import { addUserLink } from './user-link.ts';

/** `netpilot user list|link|deactivate|activate|delete` */
export function addUser(program: Command): void {
  const user = program
    .command('user')
    .description('list and manage users')
    .addHelpText(...examples(['netpilot user list', 'all users']));
  user
    .command('list')
    .description('list all users')
    .action(list)
    .addHelpText(...examples(['netpilot user list --json', 'for a script']));
  addUserLink(user);
  addInvitations(user);
  user
    .command('deactivate')
    .description('end all sessions of a user and prevent new sign-ins')
    .argument('<email>', "the user's e-mail address")
    .action((email: string, _options: unknown, command: Command) =>
      setActive(email, false, command),
    )
    .addHelpText(
      ...examples(['netpilot user deactivate ann@example.com', 'until activated again']),
    );
  user
    .command('activate')
    .description('let a user sign in again')
    .argument('<email>', "the user's e-mail address")
    .action((email: string, _options: unknown, command: Command) => setActive(email, true, command))
    .addHelpText(...examples(['netpilot user activate ann@example.com', 'after deactivate']));
  user
    .command('delete')
    .description('delete a user WITH all their routers, devices, settings and records')
    .argument('<email>', "the user's e-mail address")
    .option('--yes', 'do not ask for confirmation')
    .action(remove)
    .addHelpText(
      ...examples(
        ['netpilot user delete ann@example.com', 'asks you to type the address again'],
        ['netpilot user delete ann@example.com --yes', 'in a script'],
      ),
    );
}

async function list(_options: unknown, command: Command): Promise<void> {
  const { listUsers } = await import('../accounts/operator.ts');
  const { withOperator } = await import('./database.ts');
  const users = await withOperator(configOf(command), listUsers);
  printResult(wantsJson(command), { users }, () =>
    formatTable(
      ['email', 'name', 'active', 'routers', 'last sign-in', 'since'],
      users.map((user) => [
        user.email,
        user.full_name,
        user.is_active,
        user.routers,
        user.last_login,
        user.created_at,
      ]),
    ),
  );
}

async function setActive(text: string, isActive: boolean, command: Command): Promise<void> {
  const email = parseEmail(text, 'email');
  const { setUserActive } = await import('../accounts/operator.ts');
  const { withOperator } = await import('./database.ts');
  const changed = await withOperator(configOf(command), (database) =>
    setUserActive(database, email, isActive),
  );
  const state = isActive ? 'active' : 'inactive';
  printResult(wantsJson(command), { email, is_active: isActive, changed }, () =>
    changed ? `${email} is now ${state}.` : `${email} was already ${state}.`,
  );
}

async function remove(text: string, { yes }: { yes?: boolean }, command: Command): Promise<void> {
  const email = parseEmail(text, 'email');
  const { deleteUser, listUsers } = await import('../accounts/operator.ts');
  const { withOperator } = await import('./database.ts');
  const config = configOf(command);
  await withOperator(config, async (database) => {
    const users = await listUsers(database);
    const user = users.find((one) => one.email === email);
    if (user === undefined) throw new NotFoundError('user', email);
    await confirm(yes, {
      warning: `This deletes ${email} and all their data (${user.routers} ${user.routers === 1 ? 'router' : 'routers'} with everything stored about them). It cannot be undone.`,
      answer: email,
    });
    await deleteUser(database, email);
    await ifDirectory(config, (directory, cell) => directory.forget(user.id, cell));
  });
  printResult(wantsJson(command), { email, deleted: true }, () => `${email} is deleted.`);
}

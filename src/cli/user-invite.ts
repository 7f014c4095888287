import type { Command } from 'commander';
import type { Outcome } from '../accounts/invitations.ts';
import { parseEmail } from '../email.ts';
import { ifDirectory } from './directory.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { formatTable, printResult } from './output.ts';

/** `netpilot user invite`, `invitations` and `uninvite` */
export function addInvitations(user: Command): void {
  user
    .command('invite')
    .description('let somebody get an account by signing in at the issuer')
    .argument('<email>', 'the e-mail address that the issuer has verified')
    .action(invite)
    .addHelpText(
      ...examples(['netpilot user invite bob@example.com', 'if SIGN_UP is invited or domains']),
    );
  user
    .command('invitations')
    .description('list the invitations that were not used yet')
    .action(list)
    .addHelpText(...examples(['netpilot user invitations', 'who has not signed in yet']));
  user
    .command('uninvite')
    .description('withdraw an invitation that was not used yet')
    .argument('<email>', 'the e-mail address that was invited')
    .action(withdraw)
    .addHelpText(...examples(['netpilot user uninvite bob@example.com', 'after a mistake']));
}

const OUTCOMES: Record<Outcome, string> = {
  invited: 'is invited: the account is created at the first sign-in',
  'invited-before': 'was already invited',
  'has-account': 'already has an account',
};

async function invite(text: string, _options: unknown, command: Command): Promise<void> {
  const email = parseEmail(text, 'email');
  const { invite: store } = await import('../accounts/invitations.ts');
  const { withOperator } = await import('./database.ts');
  const config = configOf(command);
  const outcome = await withOperator(config, async (database) => {
    // Who has an account in another cell, or is invited there, is not invited here, too.
    if ((await ifDirectory(config, (directory, cell) => directory.invite(email, cell))) === false)
      return 'has-account';
    return store(database, email);
  });
  printResult(wantsJson(command), { email, outcome }, () => `${email} ${OUTCOMES[outcome]}.`);
}

async function list(_options: unknown, command: Command): Promise<void> {
  const { listInvitations } = await import('../accounts/invitations.ts');
  const { withOperator } = await import('./database.ts');
  const invitations = await withOperator(configOf(command), listInvitations);
  printResult(wantsJson(command), { invitations }, () =>
    formatTable(
      ['email', 'since'],
      invitations.map(({ email, created_at }) => [email, created_at]),
    ),
  );
}

async function withdraw(text: string, _options: unknown, command: Command): Promise<void> {
  const email = parseEmail(text, 'email');
  const { withdrawInvitation } = await import('../accounts/invitations.ts');
  const { withOperator } = await import('./database.ts');
  const config = configOf(command);
  await withOperator(config, (database) => withdrawInvitation(database, email));
  await ifDirectory(config, (directory, cell) => directory.uninvite(email, cell));
  printResult(
    wantsJson(command),
    { email, withdrawn: true },
    () => `${email} is not invited any more.`,
  );
}

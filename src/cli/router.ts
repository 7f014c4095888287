import type { Command } from 'commander';
import { parseEmail } from '../accounts/email.ts';
import { listAllRouters } from '../routers/operator.ts';
import { withOperator } from './database.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { formatTable, printResult } from './output.ts';

/** `netpilot router list` */
export function addRouter(program: Command): void {
  const router = program
    .command('router')
    .description('see the routers')
    .addHelpText(...examples(['netpilot router list', 'which there are']));
  router
    .command('list')
    .description("list everybody's routers")
    .option('--user <email>', "only that user's (default: everybody's)")
    .action(list)
    .addHelpText(...examples(['netpilot router list --user ann@example.com', "only ann's"]));
}

async function list({ user }: { user?: string }, command: Command): Promise<void> {
  const email = user === undefined ? undefined : parseEmail(user, '--user');
  const routers = await withOperator(configOf(command), (database) =>
    listAllRouters(database, { email }),
  );
  printResult(wantsJson(command), { routers }, () =>
    formatTable(
      ['user', 'router', 'name', 'address', 'active', 'last seen'],
      routers.map((router) => [
        router.email,
        router.router_id,
        router.router_name,
        router.router_ip,
        router.is_active,
        router.last_seen,
      ]),
    ),
  );
}

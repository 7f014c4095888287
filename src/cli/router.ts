import type { Command } from 'commander';
import { parseEmail } from '../email.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { formatTable, printResult } from './output.ts';

/** `netpilot router list` */
export function addRouter(program: Command): void {
  const router = program
    .command('router')
    .description('list routers')
    .addHelpText(...examples(['netpilot router list', 'all routers']));
  router
    .command('list')
    .description('list the routers of all users')
    .option('--user <email>', 'only the routers of this user (default: all users)')
    .action(list)
    .addHelpText(
      ...examples(['netpilot router list --user ann@example.com', 'only the routers of ann']),
    );
}

async function list({ user }: { user?: string }, command: Command): Promise<void> {
  const email = user === undefined ? undefined : parseEmail(user, '--user');
  const { listAllRouters } = await import('../routers/operator.ts');
  const { withOperator } = await import('./database.ts');
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

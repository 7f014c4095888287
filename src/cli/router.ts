import type { Command } from 'commander';
import { InvalidInputError } from '../errors.ts';
import { parseEmail } from '../email.ts';
import { onHome } from './home/connection.ts';
import { addRouterCommands, listOwn } from './home/router.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { formatTable, printResult } from './output.ts';

/** `netpilot router list`, `scan`, `update` and `replace` */
export function addRouter(program: Command): void {
  const router = program
    .command('router')
    .description('list routers, scan for devices, bring them a newer agent, replace one')
    .addHelpText(
      ...examples(
        ['netpilot router list', 'your routers, and whether they do what they should'],
        ['netpilot router scan "Home router"', 'read its devices now'],
      ),
    );
  onHome(router.command('list'))
    .description('list your routers, and whether they are connected and do what they should')
    .option('--all', 'on the machine that NetPilot runs on: the routers of all users')
    .action(list)
    .addHelpText(
      ...examples(
        ['netpilot router list', 'your routers'],
        ['netpilot router list --all', 'those of everybody, for the operator'],
        ['netpilot router list --all --user ann@example.com', 'only those of ann'],
      ),
    );
  addRouterCommands(router);
}

type Options = { user?: string; home?: string; all?: boolean };

async function list({ user, home, all }: Options, command: Command): Promise<void> {
  if (all !== true) return listOwn(command);
  if (home !== undefined)
    throw new InvalidInputError([
      { field: '--home', value: home, expected: 'nothing, as --all lists those of all homes' },
    ]);
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

import { type Command, InvalidArgumentError } from 'commander';
import { confirm } from './confirm.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { formatTable, paint, printResult } from './output.ts';

/** `netpilot migrate up|down|status` */
export function addMigrate(program: Command): void {
  const migrate = program
    .command('migrate')
    .description('update the database schema, or revert it')
    .addHelpText(...examples(['netpilot migrate status', 'applied and pending migrations']));
  migrate
    .command('up')
    .description('apply all missing migrations, and create the two roles if they are missing')
    .action(up)
    .addHelpText(...examples(['netpilot migrate up', 'before a new version starts']));
  migrate
    .command('down')
    .description('revert the newest migrations, and DELETE the tables they created with their data')
    .option('--steps <count>', 'how many migrations', parseSteps, 1)
    .option('--yes', 'do not ask for confirmation')
    .action(down)
    .addHelpText(...examples(['netpilot migrate down --steps 2 --yes', 'revert two']));
  migrate
    .command('status')
    .description('list the migrations')
    .action(status)
    .addHelpText(...examples(['netpilot migrate status --json', 'for a script']));
}

async function up(_options: unknown, command: Command): Promise<void> {
  const { migrateUp } = await import('../database/migrate.ts');
  const { withDeployment } = await import('./database.ts');
  const applied = await withDeployment(configOf(command), ({ addresses }) =>
    migrateUp(addresses.admin),
  );
  printResult(wantsJson(command), { applied }, () =>
    applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`,
  );
}

type DownOptions = { steps: number; yes?: boolean };

async function down({ steps, yes }: DownOptions, command: Command): Promise<void> {
  const config = configOf(command);
  await confirm(yes, {
    warning: `This reverts the newest ${steps === 1 ? 'migration' : `${steps} migrations`} and deletes the data in the tables created there.`,
    answer: 'delete',
  });
  const { migrateDown } = await import('../database/migrate.ts');
  const { withDeployment } = await import('./database.ts');
  const reverted = await withDeployment(config, ({ addresses }) =>
    migrateDown(addresses.admin, steps),
  );
  printResult(wantsJson(command), { reverted }, () =>
    reverted.length === 0 ? 'There was nothing to revert.' : `Reverted ${reverted.join(', ')}.`,
  );
}

async function status(_options: unknown, command: Command): Promise<void> {
  const { migrationStatus } = await import('../database/migrate.ts');
  const { withDeployment } = await import('./database.ts');
  const migrations = await withDeployment(configOf(command), ({ addresses }) =>
    migrationStatus(addresses.admin),
  );
  const data = migrations.map(({ name, appliedAt }) => ({ name, applied_at: appliedAt ?? null }));
  printResult(wantsJson(command), { migrations: data }, () =>
    formatTable(
      ['migration', 'applied'],
      data.map(({ name, applied_at }) => [name, applied_at ?? paint('yellow', 'pending')]),
    ),
  );
}

function parseSteps(text: string): number {
  const steps = Number(text);
  if (/^\d{1,3}$/.test(text) && steps >= 1) return steps;
  throw new InvalidArgumentError('It must be a whole number from 1 to 999.');
}

import { type Command, InvalidArgumentError } from 'commander';
import { migrateDown, migrateUp, migrationStatus } from '../database/migrate.ts';
import { confirm } from './confirm.ts';
import { withDeployment } from './database.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { formatTable, paint, printResult } from './output.ts';

/** `netpilot migrate up|down|status` */
export function addMigrate(program: Command): void {
  const migrate = program
    .command('migrate')
    .description("bring the database's tables up to date, or back")
    .addHelpText(...examples(['netpilot migrate status', 'what is applied and what is not']));
  migrate
    .command('up')
    .description(
      'apply every migration that is missing, and make the two roles where they are missing',
    )
    .action(up)
    .addHelpText(...examples(['netpilot migrate up', 'on a new version, before it starts']));
  migrate
    .command('down')
    .description('take back the newest migrations, WITH the tables they made and what is in them')
    .option('--steps <count>', 'how many', parseSteps, 1)
    .option('--yes', 'do not ask')
    .action(down)
    .addHelpText(...examples(['netpilot migrate down --steps 2 --yes', 'back by two']));
  migrate
    .command('status')
    .description('list the migrations')
    .action(status)
    .addHelpText(...examples(['netpilot migrate status --json', 'for a script']));
}

async function up(_options: unknown, command: Command): Promise<void> {
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
    warning: `This takes back the newest ${steps === 1 ? 'migration' : `${steps} migrations`} and deletes what is in the tables it made.`,
    answer: 'delete',
  });
  const reverted = await withDeployment(config, ({ addresses }) =>
    migrateDown(addresses.admin, steps),
  );
  printResult(wantsJson(command), { reverted }, () =>
    reverted.length === 0 ? 'There was nothing to take back.' : `Took back ${reverted.join(', ')}.`,
  );
}

async function status(_options: unknown, command: Command): Promise<void> {
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

import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { parseEmail } from '../email.ts';
import type { Config } from '../config/config.ts';
import { InvalidInputError } from '../errors.ts';
import type { ImportOptions } from '../transfer/import.ts';
import { RejectedRecordsError } from '../transfer/rejected-records.ts';
import { formatReport } from '../transfer/report-text.ts';
import type { ImportReport } from '../transfer/report.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { printable, printResult } from './output.ts';
import { createProgress } from './progress.ts';

/** As the old program would have called it. */
const DEFAULT_ROUTER = 'default-router-001';

/** `netpilot import SOURCE` */
export function addImport(program: Command): void {
  program
    .command('import')
    .description(
      "import the old program's data, or a file from `netpilot export`: all of it, or nothing",
    )
    .argument('<source>', 'a data folder of the old program, one of its files, or an export')
    .option(
      '--router <id>',
      `the router the data belongs to, created if missing (default: ${DEFAULT_ROUTER}); not for an export`,
    )
    .option(
      '--user <email>',
      'the user the data belongs to, created if missing (default: the only user, or the local one)',
    )
    .option('--timezone <zone>', 'time zone of dates that name none', 'UTC')
    .option('--skip-invalid', 'skip invalid records, and keep them unchanged for later')
    .option('--dry-run', 'report what would happen, and change nothing')
    .action(run)
    .addHelpText(
      ...examples(
        ['netpilot import old/data', 'the only user, and the router default-router-001'],
        ['netpilot import old/data --router home --dry-run', 'see what would happen'],
        ['netpilot import old/data --router home --timezone Europe/Berlin', 'import it'],
        ['netpilot import ann.json --user ann@example.com', 'an export, on another machine'],
        ['netpilot import old/data --router home --json', 'the report as JSON'],
      ),
    );
}

type Options = {
  router?: string;
  user?: string;
  timezone: string;
  skipInvalid?: boolean;
  dryRun?: boolean;
};

async function run(source: string, options: Options, command: Command): Promise<void> {
  const json = wantsJson(command);
  const print = (report: ImportReport) =>
    printResult(json, report, () => printable(formatReport(report)));
  try {
    print(await runImport(configOf(command), source, options, json));
  } catch (error) {
    // The report shows what was rejected; the error after it says that nothing was written.
    if (error instanceof RejectedRecordsError) print(error.report);
    throw inOptionNames(error);
  }
}

async function runImport(
  config: Config,
  source: string,
  { router, user, timezone, skipInvalid = false, dryRun = false }: Options,
  json: boolean,
): Promise<ImportReport> {
  const email = user === undefined ? undefined : parseEmail(user, '--user');
  const { importFolder } = await import('../transfer/import.ts');
  const { withCurrentDeployment } = await import('./database.ts');
  const { findPerson } = await import('./person.ts');
  return withCurrentDeployment(config, async ({ addresses }, signal) => {
    const person = await findPerson(addresses, email, '--user');
    const progress = createProgress(json, signal);
    const options: ImportOptions = {
      source,
      timezone,
      skipInvalid,
      dryRun,
      actor: { userId: person.user?.id ?? randomUUID(), kind: 'operator' },
      ...(person.user === undefined && { newUser: person.email }),
      routerId: router ?? DEFAULT_ROUTER,
      signal,
      onProgress: (done, total) =>
        progress.update(done < total ? 'Reading' : 'Writing', done, total),
    };
    try {
      return await importFolder(addresses.service, options);
    } finally {
      progress.end();
    }
  });
}

const OPTION_NAMES: Record<string, string> = { router_id: '--router', timezone: '--timezone' };

/** The import reports fields by their names; on the command line they are options. */
function inOptionNames(error: unknown): unknown {
  if (!(error instanceof InvalidInputError) || error instanceof RejectedRecordsError) return error;
  const fields = error.fields.map((field) => ({
    ...field,
    field: OPTION_NAMES[field.field] ?? field.field,
  }));
  const own = new InvalidInputError(error.fields).message === error.message;
  return own ? new InvalidInputError(fields) : new InvalidInputError(fields, error.message);
}

import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { parseEmail } from '../accounts/email.ts';
import type { Config } from '../config/config.ts';
import { InvalidInputError } from '../errors.ts';
import { importFolder, type ImportOptions } from '../transfer/import.ts';
import { formatReport, type ImportReport, RejectedRecordsError } from '../transfer/report.ts';
import { withCurrentDeployment } from './database.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { printable, printResult } from './output.ts';
import { findPerson } from './person.ts';
import { createProgress } from './progress.ts';

/** `netpilot import SOURCE` */
export function addImport(program: Command): void {
  program
    .command('import')
    .description(
      "take over the old program's data, or what `netpilot export` wrote: all of it, or nothing",
    )
    .argument('<source>', 'a data folder of the old program, one of its files, or an export')
    .option('--router <id>', 'the router whose data it is, made where missing; not for an export')
    .option('--user <email>', 'whose it is, made where missing (default: the only user)')
    .option('--timezone <zone>', 'where dates without a zone were written', 'UTC')
    .option('--skip-invalid', 'import the rest, and keep the rejected records as they are')
    .option('--dry-run', 'do all of it, report, and take it back')
    .action(run)
    .addHelpText(
      ...examples(
        ['netpilot import old/data --router home --dry-run', 'see what would happen'],
        ['netpilot import old/data --router home --timezone Europe/Berlin', 'take it over'],
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
    // What was rejected is what the person has to see; that nothing was written follows.
    if (error instanceof RejectedRecordsError) print(error.report);
    throw inOptionNames(error);
  }
}

function runImport(
  config: Config,
  source: string,
  { router, user, timezone, skipInvalid = false, dryRun = false }: Options,
  json: boolean,
): Promise<ImportReport> {
  const email = user === undefined ? undefined : parseEmail(user, '--user');
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
      ...(router !== undefined && { routerId: router }),
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

/** The import knows fields; who gave options reads the options' names. */
function inOptionNames(error: unknown): unknown {
  if (!(error instanceof InvalidInputError) || error instanceof RejectedRecordsError) return error;
  const fields = error.fields.map((field) => ({
    ...field,
    field: OPTION_NAMES[field.field] ?? field.field,
  }));
  const own = new InvalidInputError(error.fields).message === error.message;
  return own ? new InvalidInputError(fields) : new InvalidInputError(fields, error.message);
}

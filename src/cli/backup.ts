import type { Command } from 'commander';
import type { Config } from '../config/config.ts';
import type { BackupSummary, Progress as Step } from '../database/backup/format.ts';
import { confirm } from './confirm.ts';
import { untilInterrupted } from './interruption.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { printResult } from './output.ts';
import { createProgress } from './progress.ts';

/** `netpilot backup FILE` and `netpilot restore FILE` */
export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('write the whole database to a file, as of one moment, while NetPilot runs')
    .argument('<file>', 'the file to write; only its owner can read it')
    .option('--overwrite', 'replace the file if it exists')
    .action(runBackup)
    .addHelpText(
      ...examples(
        ['netpilot backup netpilot-$(date +%F).backup', 'one per day'],
        ['netpilot backup latest.backup --overwrite --json', 'for a script'],
      ),
    );
  program
    .command('restore')
    .description('replace the WHOLE database with a backup: all of it, or nothing')
    .argument('<file>', 'a file from `netpilot backup`; it is checked first')
    .option('--yes', 'do not ask for confirmation')
    .action(runRestore)
    .addHelpText(
      ...examples(
        ['netpilot restore latest.backup', 'shows what is in it, then asks'],
        ['netpilot restore latest.backup --data /srv/new --yes', 'into a new data folder'],
      ),
    );
}

async function runBackup(
  file: string,
  { overwrite }: { overwrite?: boolean },
  command: Command,
): Promise<void> {
  const json = wantsJson(command);
  const { backup } = await import('../database/backup/backup.ts');
  const { requireOperator, withDeployment } = await import('./database.ts');
  const summary = await withDeployment(configOf(command), async ({ addresses }, signal) => {
    await requireOperator(addresses.admin);
    return withBar(json, signal, (onProgress) =>
      backup(addresses.admin, file, { onProgress, overwrite, signal }),
    );
  });
  printSummary(json, summary, `Backed up to ${file}`);
}

async function runRestore(
  file: string,
  { yes }: { yes?: boolean },
  command: Command,
): Promise<void> {
  const json = wantsJson(command);
  const config = configOf(command);
  const { restore } = await import('../database/backup/restore.ts');
  const { verifyBackup } = await import('../database/backup/verify.ts');
  const { withDeployment } = await import('./database.ts');
  // Checked before asking and before a new data folder is created. The restore checks again.
  const found = await untilInterrupted((signal, interrupted) =>
    Promise.race([
      interrupted,
      withBar(json, signal, (onProgress) => verifyBackup(file, { onProgress })),
    ]),
  );
  await confirm(yes, {
    warning: `This replaces everything in ${nameOf(config)} with the backup of ${found.takenAt} (${formatRows(found)}).`,
    answer: 'replace',
  });
  const summary = await withDeployment(config, ({ addresses }, signal) =>
    withBar(json, signal, (onProgress) => restore(addresses.admin, file, { onProgress })),
  );
  printSummary(json, summary, `Restored ${file}`);
}

const LABELS = { saving: 'Saving', checking: 'Checking', loading: 'Loading' } as const;

async function withBar<Result>(
  json: boolean,
  signal: AbortSignal,
  work: (onProgress: (step: Step) => void) => Promise<Result>,
): Promise<Result> {
  const progress = createProgress(json, signal);
  try {
    return await work(({ step, rows, totalRows }) =>
      progress.update(LABELS[step], rows, totalRows),
    );
  } finally {
    progress.end();
  }
}

function printSummary(json: boolean, summary: BackupSummary, done: string): void {
  printResult(json, toJson(summary), () => {
    const { takenAt, sha256 } = summary;
    return `${done}: ${formatRows(summary)}, as of ${takenAt}.\nSHA-256: ${sha256}`;
  });
}

function toJson(summary: BackupSummary): object {
  const { takenAt, netpilotVersion, postgresVersion, ...rest } = summary;
  return {
    ...rest,
    taken_at: takenAt,
    netpilot_version: netpilotVersion,
    postgres_version: postgresVersion,
  };
}

function formatRows({ rows, tables }: BackupSummary): string {
  return `${rows.toLocaleString('en')} rows in ${tables.length} tables`;
}

function nameOf({ database, dataFolder }: Config): string {
  return database.kind === 'embedded'
    ? `the embedded database in ${dataFolder}`
    : `the database ${database.address.database} at ${database.address.host}`;
}

import type { Command } from 'commander';
import { type Config, parseConfig, readDotEnv } from '../config/config.ts';
import { describeConfig, type Setting } from '../config/describe.ts';
import { findIgnored } from '../config/dot-env.ts';
import { examples, overridesOf, wantsJson } from './options.ts';
import { formatTable, printIgnored, printResult } from './output.ts';

/** `netpilot config` */
export function addConfig(program: Command): void {
  program
    .command('config')
    .description(
      'print the current configuration and where each value comes from; secrets are not shown',
    )
    .action(printConfig)
    .addHelpText(
      ...examples(
        ['netpilot config', 'what NetPilot would start with'],
        ['DB_HOST=db.example.com netpilot config', 'what a setting would change'],
      ),
    );
}

function printConfig(_options: unknown, command: Command): void {
  const overrides = overridesOf(command);
  const dotEnv = readDotEnv();
  const config = parseConfig({ ...dotEnv, ...process.env }, overrides);
  const settings = describeConfig(config, { overrides, dotEnv, environment: process.env });
  const json = wantsJson(command);
  const ignored = findIgnored(dotEnv);
  printResult(json, { ...toJson(config, settings), ignored }, () => toText(config, settings));
  printIgnored(json, dotEnv);
}

function toJson({ database }: Config, settings: readonly Setting[]): object {
  return {
    database: database.kind,
    settings: settings.map(({ name, value, isSet, source }) => ({
      name,
      value: value ?? null,
      is_set: isSet,
      source,
    })),
  };
}

function toText({ database, dataFolder }: Config, settings: readonly Setting[]): string {
  const used = database.kind === 'embedded' ? `embedded, in ${dataFolder}` : 'external';
  const rows = settings.map(({ name, value, isSet, isSecret, source }) => [
    name,
    isSecret ? (isSet ? 'set (not shown)' : 'not set') : (value ?? 'not set'),
    source,
  ]);
  return `Database: ${used}\n\n${formatTable(['name', 'value', 'from'], rows)}`;
}

import type { Command } from 'commander';
import { type Config, type Overrides, parseConfig, readEnvironment } from '../config/config.ts';

/** Options every command takes, before or after its name; `port` is serve's. */
type GlobalOptions = { data?: string; json?: boolean; port?: string };

/** Whether a program reads what is printed. */
export function wantsJson(command: Command): boolean {
  return command.optsWithGlobals<GlobalOptions>().json === true;
}

/** What the command line says over the environment, and whether the log goes to a terminal. */
export function overridesOf(command: Command): Overrides {
  const { data, port } = command.optsWithGlobals<GlobalOptions>();
  return { data, port, isLogWatched: process.stderr.isTTY };
}

/** The configuration in force: the environment, `.env`, and over both what the command line says. */
export function configOf(command: Command): Config {
  return parseConfig(readEnvironment(), overridesOf(command));
}

/** Examples below a command's help: a command and what it is for. */
export function examples(
  ...lines: readonly [command: string, purpose: string][]
): ['after', string] {
  const shown = lines.map(([command, purpose]) => `  $ ${command}\n      ${purpose}`);
  return ['after', `\nExamples:\n${shown.join('\n')}`];
}

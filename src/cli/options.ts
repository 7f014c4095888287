import type { Command } from 'commander';
import { type Config, type Overrides, parseConfig, readEnvironment } from '../config/config.ts';

/** Options every command takes, before or after its name; `port` is serve's. */
type GlobalOptions = { data?: string; json?: boolean; port?: string };

/** Whether to print JSON. */
export function wantsJson(command: Command): boolean {
  return command.optsWithGlobals<GlobalOptions>().json === true;
}

/** Settings on the command line, which override the environment, and whether the log goes to a terminal. */
export function overridesOf(command: Command): Overrides {
  const { data, port } = command.optsWithGlobals<GlobalOptions>();
  return { data, port, isLogWatched: process.stderr.isTTY };
}

/** The current configuration: the environment, over `.env`, and the command line over both. */
export function configOf(command: Command, more: Overrides = {}): Config {
  return parseConfig(readEnvironment(), { ...overridesOf(command), ...more });
}

/** Examples below a command's help: a command and what it is for. */
export function examples(
  ...lines: readonly [command: string, purpose: string][]
): ['after', string] {
  const shown = lines.map(([command, purpose]) => `  $ ${command}\n      ${purpose}`);
  return ['after', `\nExamples:\n${shown.join('\n')}`];
}

import { Command, CommanderError } from 'commander';
import { VERSION } from '../config/version.ts';
import { addBackup } from './backup.ts';
import { addCompletion } from './completion.ts';
import { addConfig } from './config.ts';
import { addDoctor } from './doctor.ts';
import { addExport } from './export.ts';
import { EXIT_CODES } from './failure.ts';
import { addImport } from './import.ts';
import { addMigrate } from './migrate.ts';
import { examples } from './options.ts';
import { paint, withoutColor } from './output.ts';
import { addRouter } from './router.ts';
import { addServe } from './serve.ts';
import { addSimulate } from './simulate.ts';
import { addUser } from './user.ts';

/** The whole tree of commands: help, completion and docs are made from it. */
export function createProgram(): Command {
  const program = new Command('netpilot')
    .description('NetPilot controls the routers of homes and small offices.')
    .option(
      '--data <folder>',
      'where NetPilot keeps what is its own (default: .netpilot beside the program)',
    )
    .option('--json', 'print one JSON document, errors too (on standard error)')
    .option('--no-color', 'plain text, also on a terminal')
    .version(VERSION, '--version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .configureHelp({
      showGlobalOptions: true,
      commandDescription: (command) => asSentence(command.description()),
      styleTitle: (text) => paint('bold', text),
    })
    .configureOutput({
      // failure.ts tells what is wrong, in one line or as JSON.
      outputError: () => undefined,
      writeErr: (help) => {
        if (!process.argv.includes('--json')) process.stderr.write(help);
      },
    })
    .on('option:no-color', withoutColor);
  addServe(program);
  addSimulate(program);
  addMigrate(program);
  addImport(program);
  addExport(program);
  addBackup(program);
  addUser(program);
  addRouter(program);
  addConfig(program);
  addDoctor(program);
  addCompletion(program);
  for (const command of everyCommand(program)) command.exitOverride(refuseUsage(command));
  return program
    .addHelpText(
      ...examples(
        ['netpilot serve', 'start everything on http://localhost:8080'],
        ['netpilot import old/data --router home', "take over the old program's files"],
        ['netpilot doctor', 'find out what is wrong, and how to mend it'],
      ),
    )
    .addHelpText('after', `\nExit codes:\n${formatExitCodes()}`);
}

function asSentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1).replace(/\.$/, '')}.`;
}

/** A command and all that are below it. */
export function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** `netpilot user delete` */
export function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

/** Wrong usage is told in one line, which says where help is. */
function refuseUsage(command: Command): (error: CommanderError) => never {
  return (error) => {
    // Help and version that were asked for are no failure.
    if (error.exitCode === 0) throw error;
    const said =
      error.code === 'commander.help'
        ? 'name what is to be done'
        : error.message
            .replace(/^error: /, '')
            .replaceAll(/\s*\n\s*/g, ' ')
            .replace(/\.$/, '');
    throw new CommanderError(2, error.code, `${said}: see \`${nameOf(command)} --help\``);
  };
}

function formatExitCodes(): string {
  return Object.entries(EXIT_CODES)
    .map(([code, meaning]) => `  ${code.padEnd(4)} ${meaning}`)
    .join('\n');
}

import { Command, CommanderError } from 'commander';
import { VERSION } from '../config/version.ts';
import { addBackup } from './backup.ts';
import { addCellCommands } from './cell.ts';
import { addCompletion } from './completion.ts';
import { addConfig } from './config.ts';
import { addDoctor } from './doctor.ts';
import { addExport } from './export.ts';
import { EXIT_CODES } from './failure.ts';
import { addActivity } from './home/activity.ts';
import { addAlerts } from './home/alerts.ts';
import { addAllow } from './home/allow.ts';
import { addAsk } from './home/ask.ts';
import { addBlock } from './home/block.ts';
import { addDevice } from './home/device.ts';
import { addHome } from './home/home.ts';
import { addLogin } from './home/login.ts';
import { addMember } from './home/member.ts';
import { addPause } from './home/pause.ts';
import { addPerson } from './home/person.ts';
import { addRule } from './home/rule.ts';
import { addStatus } from './home/status.ts';
import { addUsage } from './home/usage.ts';
import { addImport } from './import.ts';
import { addMigrate } from './migrate.ts';
import { examples } from './options.ts';
import { paint, withoutColor } from './output.ts';
import { addMqtt } from './mqtt/command.ts';
import { addRouter } from './router.ts';
import { addServe } from './serve.ts';
import { addSimulate } from './simulate.ts';
import { addUser } from './user.ts';

/** The commands that people use every day, through the API of a NetPilot that runs, here or elsewhere. */
export const HOME_GROUP = 'The home:';

/** The whole command tree: help and shell completion are made from it. */
export function createProgram(): Command {
  const program = new Command('netpilot')
    .description('NetPilot controls the routers of homes and small offices.')
    .option(
      '--data <folder>',
      'where NetPilot keeps its data (default: .netpilot beside the program)',
    )
    .option('--json', 'print one JSON document; errors too, on standard error')
    .option('--no-color', 'no colours, even on a terminal')
    .version(VERSION, '--version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .configureHelp({
      showGlobalOptions: true,
      commandDescription: (command) => asSentence(command.description()),
      styleTitle: (text) => paint('bold', text),
    })
    .configureOutput({
      // failure.ts reports errors, in one line or as JSON.
      outputError: () => undefined,
      writeErr: (help) => {
        if (!process.argv.includes('--json')) process.stderr.write(help);
      },
    })
    .on('option:no-color', withoutColor);
  program.commandsGroup(HOME_GROUP);
  addStatus(program);
  addDevice(program);
  addBlock(program);
  addPause(program);
  addAllow(program);
  addRule(program);
  addActivity(program);
  addUsage(program);
  addAlerts(program);
  addPerson(program);
  addMember(program);
  addHome(program);
  addAsk(program);
  addRouter(program);
  addLogin(program);
  addMqtt(program);
  program.commandsGroup('The service:');
  addServe(program);
  addSimulate(program);
  addMigrate(program);
  addImport(program);
  addExport(program);
  addBackup(program);
  addUser(program);
  addCellCommands(program);
  addConfig(program);
  addDoctor(program);
  addCompletion(program);
  program.helpCommand('help [command]', 'show help for a command');
  for (const command of everyCommand(program)) command.exitOverride(refuseUsage(command));
  return program
    .addHelpText(
      ...examples(
        ['netpilot serve', 'start everything on http://localhost:8080'],
        ['netpilot status', 'who is here, who is cut off, how the routers are'],
        ['netpilot block PS5', 'by a name, an address or a MAC'],
        ['netpilot import old/data --router home', "import the old program's files"],
        ['netpilot doctor', 'find out what is wrong, and how to fix it'],
      ),
    )
    .addHelpText('after', `\nExit codes:\n${formatExitCodes()}`);
}

function asSentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1).replace(/\.$/, '')}.`;
}

/** A command and all its subcommands. */
export function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** `netpilot user delete` */
export function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

/** Reports wrong usage in one line that says where to find help. */
function refuseUsage(command: Command): (error: CommanderError) => never {
  return (error) => {
    // Help and version on request are not failures.
    if (error.exitCode === 0) throw error;
    const message =
      error.code === 'commander.help'
        ? 'a command is missing'
        : error.message
            .replace(/^error: /, '')
            .replaceAll(/\s*\n\s*/g, ' ')
            .replace(/\.$/, '');
    throw new CommanderError(2, error.code, `${message}: see \`${nameOf(command)} --help\``);
  };
}

function formatExitCodes(): string {
  return Object.entries(EXIT_CODES)
    .map(([code, meaning]) => `  ${code.padEnd(4)} ${meaning}`)
    .join('\n');
}

import type { Argument, Command, Option } from 'commander';

/** What can follow: words to offer, or the names of files or folders. */
export type Value = { words: string[] } | 'file' | 'folder' | 'anything';

/** A place in the command tree, and what a shell can offer there. */
export type Place = {
  /** The words that lead there, `user delete`; empty at the top. */
  path: string;
  commands: { name: string; description: string }[];
  options: CompletedOption[];
  /** What its first argument takes; undefined where it has none. */
  argument: Value | undefined;
};

export type CompletedOption = {
  /** Every spelling: `-h`, `--help`. */
  flags: string[];
  description: string;
  /** What follows it; undefined where nothing does. */
  value: Value | undefined;
};

/** Every place of a command tree, read from the tree itself: it cannot be out of date. */
export function readPlaces(program: Command): Place[] {
  return placesOf(program, '', program.options);
}

function placesOf(command: Command, path: string, inherited: readonly Option[]): Place[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command);
  const own = help.visibleOptions(command);
  const options = [...own, ...inherited.filter((option) => !own.includes(option))];
  const [argument] = command.registeredArguments;
  const place: Place = {
    path,
    commands: commands.map((child) => ({
      name: child.name(),
      description: child.description(),
    })),
    options: options.map(describeOption),
    argument: argument && valueOf(argument),
  };
  const children = command.commands.flatMap((child) =>
    placesOf(child, `${path} ${child.name()}`.trim(), inherited),
  );
  return [place, ...children];
}

function describeOption(option: Option): CompletedOption {
  const { short, long, description, required, optional } = option;
  return {
    flags: [short, long].filter((flag) => flag !== undefined),
    description,
    value: required || optional ? valueOf(option) : undefined,
  };
}

/** The placeholder tells: `<file>`, `<folder>`, `<source>`, which is either; or the choices there are. */
function valueOf(taker: Argument | Option): Value {
  if (taker.argChoices !== undefined) return { words: taker.argChoices };
  const name = 'flags' in taker ? (/<(.+)>/.exec(taker.flags)?.[1] ?? '') : taker.name();
  if (name === 'source') return 'file';
  return name === 'file' || name === 'folder' ? name : 'anything';
}

import { join } from 'node:path';
import { Argument, type Command, type Option } from 'commander';
import { PROJECT_FOLDER } from '../config/config.ts';
import { examples } from './options.ts';

const NETPILOT = `'${join(PROJECT_FOLDER, 'bin/netpilot').replaceAll("'", `'\\''`)}'`;

/** Each script asks NetPilot at every Tab what can follow: a word a line, or `:file`, or `:folder`. */
const SCRIPTS = {
  // Nothing newer than bash 3.2, which macOS has.
  bash: `_netpilot() {
  local current=\${COMP_WORDS[COMP_CWORD]} offer IFS=$'\\n'
  COMPREPLY=()
  while read -r offer; do
    case $offer in
      :file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$current")) ;;
      :folder) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$current")) ;;
      "$current"*) COMPREPLY+=("$offer") ;;
    esac
  done < <(${NETPILOT} completion bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _netpilot netpilot`,
  zsh: `#compdef netpilot
_netpilot() {
  local -a offers=("\${(@f)$(${NETPILOT} completion zsh -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  case $offers[1] in
    :file) _files ;;
    :folder) _files -/ ;;
    ?*) _describe netpilot offers ;;
  esac
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
compdef _netpilot netpilot`,
  fish: `function __netpilot_offers
  set -l current (commandline -ct)
  set -l offers (${NETPILOT} completion fish -- (commandline -opc)[2..] "$current" 2>/dev/null)
  switch "$offers[1]"
    case :file; __fish_complete_path "$current"
    case :folder; __fish_complete_directories "$current" ''
    case '*'; string join -- \\n $offers
  end
end
complete -c netpilot -f -a '(__netpilot_offers)'`,
} as const;

type Shell = keyof typeof SCRIPTS;

const SHELLS = ['bash', 'zsh', 'fish'] as const satisfies readonly Shell[];

/** How each shell reads a word and its description. */
const SEPARATOR = { bash: undefined, zsh: ':', fish: '\t' } as const;

/** `netpilot completion bash|zsh|fish` */
export function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('print a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>', 'the shell it is for').choices(SHELLS))
    .argument('[words...]', 'the words typed so far: print what the last one can be')
    .action((shell: Shell, words: string[]) => {
      const separator = SEPARATOR[shell];
      const lines = completeWords(program, words).map(({ word, description }) =>
        separator === undefined || description === '' ? word : word + separator + description,
      );
      process.stdout.write(`${words.length === 0 ? SCRIPTS[shell] : lines.join('\n')}\n`);
    })
    .addHelpText(
      ...examples(
        ['eval "$(netpilot completion bash)"', 'in ~/.bashrc; for zsh in ~/.zshrc'],
        ['netpilot completion fish | source', 'in ~/.config/fish/config.fish'],
      ),
    );
}

type Offer = { word: string; description: string };

/**
 * What the last of `words` can be, read from the command tree itself: commands, options, choices, or `:file`
 * and `:folder` for the names of those.
 */
export function completeWords(program: Command, words: readonly string[]): Offer[] {
  let command = program;
  let waiting: Option | undefined;
  for (const word of words.slice(0, -1)) {
    const isValue = waiting !== undefined;
    waiting = optionsOf(command, program).find(
      ({ short, long, required }) => !isValue && required && (word === short || word === long),
    );
    if (!isValue) command = command.commands.find((child) => child.name() === word) ?? command;
  }
  if (waiting !== undefined) return valuesOf(waiting, waiting.flags);
  if (words.at(-1)?.startsWith('-') === true)
    return optionsOf(command, program).flatMap(({ short, long, description }) =>
      [short, long].flatMap((flag) => (flag === undefined ? [] : [{ word: flag, description }])),
    );
  const commands = command.createHelp().visibleCommands(command);
  if (commands.length > 0)
    return commands.map((child) => ({ word: child.name(), description: child.description() }));
  const [argument] = command.registeredArguments;
  return argument === undefined ? [] : valuesOf(argument, `<${argument.name()}>`);
}

function optionsOf(command: Command, program: Command): Option[] {
  const own = command.createHelp().visibleOptions(command);
  return [...own, ...program.options.filter((option) => !own.includes(option))];
}

/** The choices there are, or what the placeholder names: `<file>`, `<folder>`, or `<source>`, which is either. */
function valuesOf({ argChoices }: { argChoices?: string[] }, placeholder: string): Offer[] {
  const kind = /<(file|folder|source)>/.exec(placeholder)?.[1]?.replace('source', 'file');
  const words = argChoices ?? (kind === undefined ? [] : [`:${kind}`]);
  return words.map((word) => ({ word, description: '' }));
}

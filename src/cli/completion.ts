import { join } from 'node:path';
import { Argument, type Command, type Option } from 'commander';
import { PROJECT_FOLDER } from '../config/config.ts';
import { nameKindOf } from './home/name-kinds.ts';
import { examples } from './options.ts';
import { printable } from './output.ts';

const NETPILOT = `'${join(PROJECT_FOLDER, 'bin/netpilot').replaceAll("'", `'\\''`)}'`;

/**
 * Each script asks NetPilot at every Tab what can follow: a word a line, or `:file`, or `:folder`; or `:names`, and then names of things, which
 * fit already and may have spaces.
 */
const SCRIPTS = {
  // Nothing newer than bash 3.2, which macOS has.
  bash: `_netpilot() {
  local current=\${COMP_WORDS[COMP_CWORD]} offer IFS=$'\\n'
  local names=
  COMPREPLY=()
  while read -r offer; do
    if [ -n "$names" ]; then
      # After an opening quote bash quotes by itself.
      case $current in
        \\'*|\\"*) COMPREPLY+=("$offer") ;;
        *) COMPREPLY+=("$(printf %q "$offer")") ;;
      esac
      continue
    fi
    case $offer in
      :names) names=1 ;;
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
    :names) shift offers; _describe netpilot offers ;;
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
    case :names; string join -- \\n $offers[2..]
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
    .description('print a script that completes commands, options and names in a shell')
    .addArgument(new Argument('<shell>', 'the shell it is for').choices(SHELLS))
    .argument('[words...]', 'the words typed so far: print what the last one can be')
    .action(async (shell: Shell, words: string[]) => {
      if (words.length === 0) process.stdout.write(`${SCRIPTS[shell]}\n`);
      else printOffers(shell, await offersFor(program, words));
    })
    .addHelpText(
      ...examples(
        ['eval "$(netpilot completion bash)"', 'in ~/.bashrc; for zsh in ~/.zshrc'],
        ['netpilot completion fish | source', 'in ~/.config/fish/config.fish'],
      ),
    );
}

type Offer = { word: string; description: string };

function printOffers(shell: Shell, offers: readonly Offer[]): void {
  const separator = SEPARATOR[shell];
  // zsh takes the first colon for the separator.
  const escape = (word: string) =>
    shell === 'zsh' && !word.startsWith(':') ? word.replaceAll(':', String.raw`\:`) : word;
  const lines = offers.map(({ word, description }) =>
    separator === undefined || description === ''
      ? escape(word)
      : escape(word) + separator + description,
  );
  process.stdout.write(`${lines.map(inOneLine).join('\n')}\n`);
}

/** A name from a device could have line ends, and control a terminal. */
function inOneLine(text: string): string {
  return text.includes('\t')
    ? text
        .split('\t')
        .map((part) => printable(part).replaceAll('\n', ' '))
        .join('\t')
    : printable(text).replaceAll('\n', ' ');
}

/** What the last of `words` can be; names of things are asked of the service. */
async function offersFor(program: Command, words: readonly string[]): Promise<Offer[]> {
  const offers = completeWords(program, words);
  const kind = nameKindOf(offers[0]?.word ?? '');
  if (kind === undefined) return offers;
  const { completeNames } = await import('./home/complete-names.ts');
  return [{ word: ':names', description: '' }, ...(await completeNames(kind, words))];
}

/**
 * What the last of `words` can be, read from the command tree itself: commands, options, choices, `:file` and `:folder` for the names of
 * those, or a placeholder such as `<device>` for names that the service knows.
 */
export function completeWords(program: Command, words: readonly string[]): Offer[] {
  let command = program;
  let waiting: Option | undefined;
  let place = 0;
  for (const word of words.slice(0, -1)) {
    if (waiting !== undefined) {
      waiting = undefined;
      continue;
    }
    waiting = optionsOf(command, program).find(
      ({ short, long, required }) => required && (word === short || word === long),
    );
    const child = command.commands.find((each) => each.name() === word);
    if (child === undefined && !word.startsWith('-')) place += 1;
    if (child !== undefined) [command, place] = [child, 0];
  }
  if (waiting !== undefined) return valuesOf(waiting, waiting.flags);
  if (words.at(-1)?.startsWith('-') === true)
    return optionsOf(command, program).flatMap(({ short, long, description }) =>
      [short, long].flatMap((flag) => (flag === undefined ? [] : [{ word: flag, description }])),
    );
  const commands = command.createHelp().visibleCommands(command);
  if (commands.length > 0)
    return commands.map((child) => ({
      word: child.name(),
      description: child.summary() || child.description(),
    }));
  const argument = command.registeredArguments[place] ?? lastOf(command.registeredArguments);
  return argument === undefined ? [] : valuesOf(argument, `<${argument.name()}>`);
}

/** The last argument, if it takes any number of words. */
function lastOf(known: readonly Argument[]): Argument | undefined {
  const last = known.at(-1);
  return last?.variadic === true ? last : undefined;
}

function optionsOf(command: Command, program: Command): Option[] {
  const own = command.createHelp().visibleOptions(command);
  return [...own, ...program.options.filter((option) => !own.includes(option))];
}

/** The choices there are, or what the placeholder names: `<file>`, `<folder>`, `<source>`, which is either, or something with a name. */
function valuesOf({ argChoices }: { argChoices?: string[] }, placeholder: string): Offer[] {
  const kind = /<(file|folder|source)>/.exec(placeholder)?.[1]?.replace('source', 'file');
  const named = nameKindOf(placeholder);
  const words =
    argChoices ?? (kind === undefined ? (named === undefined ? [] : [`<${named}>`]) : [`:${kind}`]);
  return words.map((word) => ({ word, description: '' }));
}

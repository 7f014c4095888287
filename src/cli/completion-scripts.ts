import type { Command } from 'commander';
import { type Place, readPlaces, type Value } from './completion-tree.ts';

/** The completion script of a command tree, for one shell. It calls no program: completing is instant. */
export function completionScript(program: Command, shell: 'bash' | 'zsh' | 'fish'): string {
  const places = readPlaces(program);
  if (shell === 'fish') return fishScript(places);
  return shell === 'bash' ? bashScript(places) : zshScript(places);
}

/** Shared by bash and zsh, which both run it: walks the words before the cursor to where they lead. */
function walk(places: readonly Place[], words: string): string {
  const descents = places.flatMap(({ path, commands }) =>
    commands
      .filter(({ name }) => name !== 'help')
      .map(({ name }) => `      '${path}:${name}') place='${`${path} ${name}`.trim()}' ;;`),
  );
  return `  local word place= before= skip=
  for word in ${words}; do
    before=$word
    if [[ -n $skip ]]; then skip=; continue; fi
    case "$word" in
      ${takers(places).join('|')}) skip=1; continue ;;
      -*) continue ;;
    esac
    case "$place:$word" in
${descents.join('\n')}
    esac
  done
  [[ -n $skip ]] || before=`;
}

/** Every option that is followed by a value. */
function takers(places: readonly Place[]): string[] {
  const flags = places.flatMap(({ options }) =>
    options.filter(({ value }) => value !== undefined).flatMap((option) => option.flags),
  );
  return [...new Set(flags)];
}

/** One shell `case` branch a place and option: what may follow that option there. */
function valueCases(places: readonly Place[], offer: (value: Value) => string): string {
  return places
    .flatMap(({ path, options }) =>
      options.flatMap(({ flags, value }) =>
        value === undefined
          ? []
          : [`    ${flags.map((flag) => `'${path}:${flag}'`).join('|')}) ${offer(value)} ;;`],
      ),
    )
    .join('\n');
}

function bashScript(places: readonly Place[]): string {
  const offer = (value: Value | undefined) => {
    if (value === 'file') return '_netpilot_offer -f';
    if (value === 'folder') return '_netpilot_offer -d';
    if (value === undefined || value === 'anything') return ':';
    return `_netpilot_offer -W '${value.words.join(' ')}'`;
  };
  const placeCases = places.map(({ path, commands, options, argument }) => {
    const flags = options.flatMap((option) => option.flags);
    const names = commands.map(({ name }) => name);
    const rest = offer(names.length > 0 ? { words: names } : argument);
    return `    '${path}') if [[ $current == -* ]]; then ${offer({ words: flags })}; else ${rest}; fi ;;`;
  });
  // Nothing newer than bash 3.2, which macOS has.
  return `# bash completion for netpilot; made by \`netpilot completion bash\`
_netpilot_offer() {
  local IFS=$'\\n'
  [[ $1 == -W ]] && set -- -W "\${2// /$IFS}"
  [[ $1 == -W ]] || compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen "$@" -- "$current"))
}
_netpilot() {
  local current=\${COMP_WORDS[COMP_CWORD]}
${walk(places, '"${COMP_WORDS[@]:1:COMP_CWORD-1}"')}
  COMPREPLY=()
  if [[ -n $before ]]; then
    case "$place:$before" in
${valueCases(places, offer)}
    esac
    return
  fi
  case "$place" in
${placeCases.join('\n')}
  esac
}
complete -F _netpilot netpilot
`;
}

function zshScript(places: readonly Place[]): string {
  const offer = (value: Value | undefined) => {
    if (value === 'file') return '_files';
    if (value === 'folder') return '_files -/';
    if (value === undefined || value === 'anything') return ':';
    return `compadd -- ${value.words.join(' ')}`;
  };
  const described = (items: { name: string; description: string }[]) =>
    items.map(({ name, description }) => quote(`${name}:${description}`)).join(' ');
  const placeCases = places.map(({ path, commands, options, argument }) => {
    const flags = options.flatMap((option) =>
      option.flags.map((name) => ({ name, description: option.description })),
    );
    const rest =
      commands.length > 0
        ? `offers=(${described(commands)}); _describe command offers`
        : offer(argument);
    return `    '${path}') if [[ $PREFIX == -* ]]; then offers=(${described(flags)}); _describe option offers; else ${rest}; fi ;;`;
  });
  return `#compdef netpilot
# zsh completion for netpilot; made by \`netpilot completion zsh\`
_netpilot() {
  local -a offers
${walk(places, '"${(@)words[2,CURRENT-1]}"')}
  if [[ -n $before ]]; then
    case "$place:$before" in
${valueCases(places, offer)}
    esac
    return
  fi
  case "$place" in
${placeCases.join('\n')}
  esac
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
compdef _netpilot netpilot
`;
}

function fishScript(places: readonly Place[]): string {
  const descents = places.flatMap(({ path, commands }) =>
    commands
      .filter(({ name }) => name !== 'help')
      .map(({ name }) => `      case '${path}:${name}'; set place '${`${path} ${name}`.trim()}'`),
  );
  const lines = places.flatMap(({ path, commands, options, argument }) => {
    const here = `complete -c netpilot -n '__netpilot_at ${path === '' ? '""' : `"${path}"`}'`;
    return [
      ...commands.map(
        ({ name, description }) => `${here} -a ${quote(name)} -d ${quote(description)}`,
      ),
      ...options.map(
        ({ flags, description, value }) =>
          `${here} ${flags.map(fishFlag).join(' ')}${fishOptionValue(value)} -d ${quote(description)}`,
      ),
      ...(argument === undefined || argument === 'anything' ? [] : [here + fishValue(argument)]),
    ];
  });
  return `# fish completion for netpilot; made by \`netpilot completion fish\`
function __netpilot_at
  set -l place ''
  set -l skip ''
  for word in (commandline -opc)[2..]
    if test -n "$skip"; set skip ''; continue; end
    switch $word
      case ${takers(places).map(quote).join(' ')}; set skip 1; continue
      case '-*'; continue
    end
    switch "$place:$word"
${descents.join('\n')}
    end
  end
  test "$place" = "$argv[1]"
end
complete -c netpilot -f
${lines.join('\n')}
`;
}

function fishFlag(flag: string): string {
  return flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`;
}

/** `-x` is followed by a value, and by no file; `-r` by a value that may be one. */
function fishOptionValue(value: Value | undefined): string {
  if (value === undefined) return '';
  return `${value === 'file' ? ' -r' : ' -x'}${fishValue(value)}`;
}

/** `-F` offers files beside what else there is; without it there are none (`-f`, once, for the whole command). */
function fishValue(value: Value): string {
  if (value === 'anything') return '';
  if (value === 'file') return ' -F';
  if (value === 'folder') return ` -a '(__fish_complete_directories)'`;
  return ` -a ${quote(value.words.join(' '))}`;
}

/** In single quotes, as all three shells read them. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The completion of `bin/netpilot` in real shells. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { PROJECT_FOLDER } from '../src/config/config.ts';
import { startProgram } from './command-line.ts';

const NETPILOT = join(PROJECT_FOLDER, 'bin/netpilot');

/** A script that loads the completion in `$1` and says of each line after it what can follow. */
const BASH = `
  source "$1"; shift
  for line; do
    read -r -a COMP_WORDS <<< "$line"
    [[ $line == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
    _netpilot
    (IFS='|'; echo "\${COMPREPLY[*]}")
  done`;

const FISH = `
  source $argv[1]
  for line in $argv[2..]
    echo (complete -C $line | string replace -r '\\t.*' '' | string join '|')
  end`;

/** zsh completes on a terminal only: each line is typed there with a tab after it, and told as it stands then. */
const ZSH = `
  zmodload zsh/zpty
  result=$1.result
  zpty shell zsh -f -i
  zpty -w shell "PROMPT=; autoload -Uz compinit; compinit -u -D; source $1; tell() { print -r -- \\"\\$BUFFER\\" >> $result; BUFFER= }; zle -N tell; bindkey '^T' tell; print RE''ADY"
  zpty -r shell seen '*READY*'
  for line in "\${@[2,-1]}"; do zpty -w -n shell "$line"$'\\t\\x14'; done
  zpty -w shell "print DO''NE"
  zpty -r shell seen '*DONE*'
  cat $result`;

/**
 * What each line becomes, or can become, when Tab is pressed at its end: in bash and fish the offers, `|` between them; in zsh the line.
 * @param folder for the script, and as the home
 */
export async function completeIn(
  shell: 'bash' | 'zsh' | 'fish',
  lines: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv = {},
): Promise<string[]> {
  const file = join(folder, shell);
  const printed = startProgram(NETPILOT, ['completion', shell]);
  printed.child.stdin.end();
  writeFileSync(file, (await printed.ended).stdout);
  const [options, script] = {
    bash: [['--norc', '-c'], BASH] as const,
    zsh: [['-f', '-c'], ZSH] as const,
    fish: [['-N', '-c'], FISH] as const,
  }[shell];
  const zero = shell === 'fish' ? [] : [shell];
  const { child, ended } = startProgram(shell, [...options, script, ...zero, file, ...lines], {
    HOME: folder,
    ...env,
  });
  child.stdin.end();
  const { stdout, stderr } = await ended;
  expect(stderr).toBe('');
  return stdout.replace(/\n$/, '').split('\n');
}

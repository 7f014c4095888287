/** What can follow the words typed so far, and the completion scripts in the real shells. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { hasProgram, startProgram } from '../../testing/command-line.ts';
import { PROJECT_FOLDER } from '../config/config.ts';
import { completeWords } from './completion.ts';
import { createProgram, everyCommand, nameOf } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'netpilot-completion-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'data folder'));
writeFileSync(join(folder, 'data file'), '');

const NETPILOT = join(PROJECT_FOLDER, 'bin/netpilot');
const program = createProgram();

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

async function complete(
  shell: 'bash' | 'zsh' | 'fish',
  lines: readonly string[],
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
  });
  child.stdin.end();
  const { stdout, stderr } = await ended;
  expect(stderr).toBe('');
  return stdout.replace(/\n$/, '').split('\n');
}

const wordsAfter = (...words: string[]) => completeWords(program, words).map(({ word }) => word);

test('every command is offered after the words that lead to it, and every option in it', () => {
  for (const command of everyCommand(program)) {
    const path = nameOf(command).split(' ').slice(1);
    const before = path.slice(0, -1);
    expect(wordsAfter(...before, '')).toEqual(expect.arrayContaining(path.slice(-1)));
    const flags = [...command.options, ...program.options].map(({ long }) => long);
    expect(wordsAfter(...path, '-')).toEqual(expect.arrayContaining([...flags, '--help', '-h']));
  }
});

test('what follows an option is its value: choices, files, folders, or nothing that is known', () => {
  expect(wordsAfter('serve', '--role', '')).toEqual(['api', 'commands-server', 'worker']);
  expect(wordsAfter('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  expect(wordsAfter('--data', '')).toEqual([':folder']);
  expect(wordsAfter('restore', '')).toEqual([':file']);
  expect(wordsAfter('import', '')).toEqual([':file']);
  expect(wordsAfter('serve', '--port', '')).toEqual([]);
  expect(wordsAfter('--data', 'user', 'use')).toEqual(wordsAfter(''));
  expect(wordsAfter('--json', 'migrate', '')).toEqual(['up', 'down', 'status', 'help']);
});

describe.each(['bash', 'fish'] as const)('%s', (shell) => {
  test.skipIf(!hasProgram(shell))('offers what can follow, and nothing else', async () => {
    const lines = [
      'netpilot ',
      'netpilot user de',
      'netpilot --data /tmp user li',
      'netpilot import --ti',
      `netpilot --data ${folder}/data`,
      `netpilot restore ${folder}/data`,
      'netpilot serve --port ',
    ];
    const offered = (await complete(shell, lines)).map((line) => line.split('|').toSorted());
    const slash = shell === 'fish' ? '/' : '';
    expect(offered).toEqual([
      wordsAfter('').toSorted(),
      ['deactivate', 'delete'],
      ['link', 'list'],
      ['--timezone'],
      [`${folder}/data folder${slash}`],
      [`${folder}/data file`, `${folder}/data folder${slash}`],
      [''],
    ]);
  });
});

describe('zsh', () => {
  test.skipIf(!hasProgram('zsh'))('completes commands, options, files and folders', async () => {
    const lines = [
      'netpilot bac',
      'netpilot user dea',
      'netpilot --data /tmp user lis',
      'netpilot import --ti',
      `netpilot --data ${folder}/data`,
      `netpilot restore ${folder}/data\\ fi`,
      'netpilot completion z',
      'netpilot user frob',
    ];
    expect(await complete('zsh', lines)).toEqual([
      'netpilot backup ',
      'netpilot user deactivate ',
      'netpilot --data /tmp user list ',
      'netpilot import --timezone ',
      `netpilot --data ${folder}/data\\ folder/`,
      `netpilot restore ${folder}/data\\ file `,
      'netpilot completion zsh ',
      'netpilot user frob',
    ]);
  });
});

/** What can follow the words typed so far, and the completion scripts in the real shells. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { hasProgram } from '../../testing/command-line.ts';
import { completeIn } from '../../testing/shells.ts';
import { completeWords } from './completion.ts';
import { createProgram, everyCommand, nameOf } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'netpilot-completion-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'data folder'));
writeFileSync(join(folder, 'data file'), '');

const program = createProgram();
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
    const offered = (await completeIn(shell, lines, folder)).map((line) =>
      line.split('|').toSorted(),
    );
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
    expect(await completeIn('zsh', lines, folder)).toEqual([
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

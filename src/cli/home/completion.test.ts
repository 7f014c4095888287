/** Names of things, in the real shells, from a service that runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hasProgram } from '../../../testing/command-line.ts';
import { createHomeCommands } from '../../../testing/home-commands.ts';
import { completeIn } from '../../../testing/shells.ts';

const { says, data, start } = await createHomeCommands();

const folder = mkdtempSync(join(tmpdir(), 'netpilot-names-'));
afterAll(() => rmSync(folder, { recursive: true }));

await says('device', 'name', 'PS5', "Tim's PlayStation: new");
await says('person', 'add', 'Léa');
await says('rule', 'add', 'block', 'Léa', '--name', 'Good night');

const complete = (shell: 'bash' | 'zsh' | 'fish', lines: readonly string[]) =>
  completeIn(shell, lines, folder, { NETPILOT_DATA: data, NETPILOT_COMPLETION_SECONDS: '120' });

test.skipIf(!hasProgram('bash'))('bash quotes the names that fit', async () => {
  const lines = ['netpilot block tim', 'netpilot rule remove g', `netpilot block "Tim`];
  expect(await complete('bash', lines)).toEqual([
    String.raw`Tim\'s\ PlayStation:\ new`,
    String.raw`Good\ night`,
    "Tim's PlayStation: new",
  ]);
});

test.skipIf(!hasProgram('fish'))('fish offers the names, with what tells them apart', async () => {
  const lines = [
    'netpilot block Tim',
    'netpilot person remove L',
    'netpilot --home Ho rule change ',
  ];
  expect(await complete('fish', lines)).toEqual([
    expect.stringContaining('PlayStation: new'),
    'Léa',
    'Good night',
  ]);
});

test.skipIf(!hasProgram('zsh'))('zsh completes and quotes them', async () => {
  expect(await complete('zsh', ['netpilot block Tim', 'netpilot rule remove Go'])).toEqual([
    String.raw`netpilot block Tim\'s\ PlayStation:\ new `,
    String.raw`netpilot rule remove Good\ night `,
  ]);
});

test('nothing is offered, and nothing said, if no service answers', async () => {
  const args = ['completion', 'bash', '--', 'block', 'P'];
  const { child, ended } = start(args, { NETPILOT_URL: 'http://127.0.0.1:9', NETPILOT_TOKEN: 'x' });
  child.stdin.end();
  expect(await ended).toEqual({ code: 0, stdout: ':names\n', stderr: '' });
});

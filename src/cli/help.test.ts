/** The command line's help, and docs/command-line.md beside it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { hasProgram, startProgram } from '../../testing/command-line.ts';
import { PROJECT_FOLDER } from '../config/config.ts';
import { VERSION } from '../config/version.ts';
import { EXIT_CODES } from './failure.ts';
import { createProgram, everyCommand, nameOf } from './program.ts';

const manual = readFileSync(join(PROJECT_FOLDER, 'docs/command-line.md'), 'utf8');
const commands = everyCommand(createProgram());
const NETPILOT = join(PROJECT_FOLDER, 'bin/netpilot');

function netpilot(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { child, ended } = startProgram(NETPILOT, args, env);
  child.stdin.end();
  return ended;
}

/** The help as it is printed, with examples. */
function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  return help;
}

describe.each(commands.map((command) => [nameOf(command), command] as const))(
  '%s',
  (name, command) => {
    test('says in its help what it does, and gives an example of itself', () => {
      const help = helpOf(command);
      expect(help).toMatch(/^Usage: .*\n\n[A-Z][^\n]+/);
      const [, examples = ''] = help.split('\nExamples:\n');
      expect(examples).toMatch(new RegExp(`^  \\$ .*\\b${name}\\b.*\\n      \\S`, 'm'));
    });

    test('describes each of its arguments and options', () => {
      const described = [...command.registeredArguments, ...command.options];
      expect(described.filter(({ description }) => description === '')).toEqual([]);
    });

    test('is in the manual, with every option', () => {
      expect(manual).toContain(`\`${name}`);
      for (const { long } of command.options) expect(manual).toContain(long);
    });
  },
);

test('help and manual give every exit code, with its meaning', () => {
  const help = helpOf(createProgram());
  const rows = manual.replaceAll('`', '').replaceAll(/ +/g, ' ').split('\n');
  for (const [code, meaning] of Object.entries(EXIT_CODES)) {
    expect(help).toContain(`  ${code.padEnd(4)} ${meaning}`);
    expect(rows).toContain(`| ${code} | ${meaning} |`);
  }
});

test('help and version on request go to standard output, and exit with 0', async () => {
  const help = await netpilot(['user', 'delete', '--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toMatch(/^Usage: netpilot user delete \[options\] <email>\n/);
  expect(await netpilot(['--version'])).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
});

test('no command waits for packages that only the service needs', () => {
  const program = `
    import { registerHooks } from 'node:module';
    const found = new Set();
    registerHooks({ resolve: (name, context, next) => { found.add(name); return next(name, context); } });
    await import(${JSON.stringify(join(import.meta.dirname, 'program.ts'))});
    console.log(JSON.stringify([...found]));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  const found: string[] = JSON.parse(stdout);
  expect(found).toContain('commander');
  expect(found.filter((name) => /^(typebox|kysely|fastify|pg|ssh2|mqtt)/.test(name))).toEqual([]);
});

test('without a command, help goes to standard error, and it exits with 2', async () => {
  const { code, stdout, stderr } = await netpilot([]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^Usage: netpilot .*\nnetpilot: a command is missing: see .*\n$/s);
});

describe('wrong usage is one line that says where help is, and exits with 2', () => {
  test.each([
    [['usr'], "unknown command 'usr' (Did you mean user?): see `netpilot --help`"],
    [['user', 'add'], "unknown command 'add': see `netpilot user --help`"],
    [
      ['migrate', 'down', '--steps', 'x'],
      "option '--steps <count>' argument 'x' is invalid. It must be a whole number from 1 to 999: see `netpilot migrate down --help`",
    ],
    [
      ['completion', 'tcsh'],
      "command-argument value 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish: see `netpilot completion --help`",
    ],
  ])('netpilot %j', async (args, line) => {
    expect(await netpilot(args)).toEqual({ code: 2, stdout: '', stderr: `netpilot: ${line}\n` });
    const { stderr } = await netpilot([...args, '--json']);
    expect(JSON.parse(stderr)).toEqual({
      type: '/problems/wrong-usage',
      detail: line,
      exit_code: 2,
    });
  });

  test('so is an invalid configuration: each name, its value, what is expected', async () => {
    const { code, stderr } = await netpilot(['config'], { DB_PORT: 'abc', DB_HOST: 'db' });
    expect(code).toBe(2);
    expect(stderr).toContain('DB_PORT: expected a whole number from 1 to 65535, got "abc"');
    expect(stderr).toMatch(/^netpilot: .*DB_USERNAME: expected .*, got nothing.*\n$/);
  });
});

describe('colour', () => {
  const escape = '\u001b[';

  test('is for terminals: a pipe gets none', async () => {
    const { stdout } = await netpilot(['config']);
    expect(stdout).not.toContain(escape);
  });

  test('FORCE_COLOR colours a pipe; NO_COLOR and --no-color do not', async () => {
    const force = { FORCE_COLOR: '1' };
    expect((await netpilot(['config'], force)).stdout).toContain(escape);
    expect((await netpilot(['config', '--no-color'], force)).stdout).not.toContain(escape);
    expect((await netpilot(['config', '--json'], force)).stdout).not.toContain(escape);
  });

  test.skipIf(!hasProgram('script'))(
    'is there on a terminal, unless NO_COLOR says no',
    async () => {
      const args = ['-qec', `'${NETPILOT}' config`, '/dev/null'];
      const terminal = { TERM: 'xterm' };
      expect((await startProgram('script', args, terminal).ended).stdout).toContain(escape);
      const plain = await startProgram('script', args, { ...terminal, NO_COLOR: '1' }).ended;
      expect(plain.stdout).not.toContain(escape);
    },
  );
});

import { createInterface } from 'node:readline';
import { text as readAll } from 'node:stream/consumers';
import type { Command } from 'commander';
import { InvalidInputError } from '../../errors.ts';
import { Interrupted } from '../interruption.ts';
import { examples, wantsJson } from '../options.ts';
import { printNote, printResult } from '../output.ts';
import { createApi, dataOf } from './api.ts';
import { isUnprotected, parseUrl } from './connection.ts';
import { loginFile, removeLogin, writeLogin } from './stored-login.ts';

/** `netpilot login` and `logout` */
export function addLogin(program: Command): void {
  program
    .command('login')
    .description(
      'use a NetPilot that runs elsewhere: asks for an API token, checks it, and keeps both for this user of the machine',
    )
    .summary('use a NetPilot that runs elsewhere')
    .argument('<address>', 'where NetPilot is, such as https://netpilot.example.com')
    .action(login)
    .addHelpText(
      ...examples(
        ['netpilot login https://netpilot.example.com', 'asks for the token, and shows none of it'],
        ['netpilot login netpilot.example.com < token.txt', 'the token from a file'],
      ),
    );
  program
    .command('logout')
    .description('forget the address and the token that `netpilot login` keeps')
    .summary('forget that')
    .action(logout)
    .addHelpText(
      ...examples(['netpilot logout', 'then end the token: Settings, Sign-ins and tokens']),
    );
}

async function login(address: string, _options: unknown, command: Command): Promise<void> {
  const json = wantsJson(command);
  const url = parseUrl(address, 'address');
  if (isUnprotected(url))
    printNote(
      json,
      `Warning: ${url} is not encrypted. Who listens on the way gets the token: use it within your own network only.`,
    );
  const token = await readToken(url);
  const { email } = await dataOf(createApi({ url, token }).GET('/api/v1/me'));
  writeLogin({ url, token });
  const file = loginFile();
  printResult(
    json,
    { url, email, file },
    () =>
      `NetPilot at ${url} is used as ${email} from now on. The token is in ${file}, which only you can read.`,
  );
}

function logout(_options: unknown, command: Command): void {
  const file = loginFile();
  const removed = removeLogin(file);
  printResult(wantsJson(command), { file, removed }, () =>
    removed
      ? 'The login is forgotten. The token still works: end it in NetPilot (Settings, Sign-ins and tokens).'
      : 'No login was stored.',
  );
}

/** From a terminal, where nothing of it is shown, or from standard input. Never an argument, which every user of a machine sees. */
async function readToken(url: string): Promise<string> {
  const text = process.stdin.isTTY ? await askHidden(url) : await readAll(process.stdin);
  const token = text.trim();
  if (/^[\w-]{20,200}$/.test(token)) return token;
  throw new InvalidInputError([
    { field: 'token', expected: `an API token on standard input: create one at ${url}/settings` },
  ]);
}

async function askHidden(url: string): Promise<string> {
  process.stderr.write(`Create an API token at ${url}/settings, and paste it here: `);
  const asking = createInterface({ input: process.stdin, terminal: true });
  try {
    return await new Promise((resolve, reject) => {
      asking.once('line', resolve);
      asking.once('close', () => resolve(''));
      asking.once('SIGINT', () => reject(new Interrupted('SIGINT')));
    });
  } finally {
    asking.removeAllListeners('close').close();
    process.stderr.write('\n');
  }
}

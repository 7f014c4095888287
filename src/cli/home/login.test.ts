/** How the commands of a home find the service, and as which user they ask. */
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createHomeCommands } from '../../../testing/home-commands.ts';
import { createUser } from '../../../testing/database.ts';
import { createToken } from '../../accounts/tokens.ts';
import { tenantTransaction } from '../../database/transaction.ts';
import { withService } from '../database.ts';

const { run, runWith, says, document, addresses, data, url, start } = await createHomeCommands();

const folder = mkdtempSync(join(tmpdir(), 'netpilot-login-'));
afterAll(() => rmSync(folder, { recursive: true }));
/** Another user of the machine, or another machine: no data folder, and a configuration of its own. */
const ELSEWHERE = { NETPILOT_DATA: join(folder, 'none'), XDG_CONFIG_HOME: folder };
const FILE = join(folder, 'netpilot/login.json');

const ann = await withService(addresses.service, async (database) => {
  const userId = await createUser(database, 'ann@example.com');
  const { token } = await tenantTransaction(database, userId, (transaction) =>
    createToken(
      transaction,
      { userId, kind: 'user' },
      { token_name: 'a program', scopes: ['control', 'manage'] },
    ),
  );
  return { userId, token };
});

describe('on the machine that NetPilot runs on', () => {
  test('nothing has to be said but which user, if there are several', async () => {
    expect(await document('home', 'list', '--user', 'ann@example.com')).toMatchObject({
      homes: [{ name: 'Home', role: 'owner', routers: 0 }],
    });
    // Who was named once is not taken for who is meant from now on.
    expect(await run('home', 'list')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^netpilot: --user: expected the e-mail of one of the 2 users/),
    });
    expect(await document('home', 'list', '--user', 'local@localhost')).toMatchObject({
      homes: [{ name: 'Home', role: 'owner', routers: 1 }],
    });
  });

  test('many commands take one token, of an hour, that only this user of the machine can read', async () => {
    const args = ['activity', '--about', 'token.created', '--user', 'local@localhost'];
    const before = Object(await document(...args)).activity;
    await says('status', '--user', 'local@localhost');
    expect(Object(await document(...args)).activity).toEqual(before);
    expect(before.at(-1)).toMatchObject({ actor: 'operator' });
    expect(statSync(join(data, 'command-line.json')).mode & 0o777).toBe(0o600);
  });

  test('a token that was ended is replaced by another one', async () => {
    const file = join(data, 'command-line.json');
    const email = 'local@localhost';
    const token = ann.token.replace(/.$/, '0');
    const forged = { url, token, email, isNamed: true, until: Date.now() + 1e6 };
    rmSync(file);
    writeFileSync(file, JSON.stringify(forged), { mode: 0o600 });
    expect(await run('status', '--user', email)).toMatchObject({ code: 0 });
  });

  test('an unknown user is exit code 4', async () => {
    expect(await run('status', '--user', 'gone@example.com')).toMatchObject({
      code: 4,
      stderr: 'netpilot: There is no user "gone@example.com".\n',
    });
  });
});

describe('elsewhere', () => {
  test('without a login, the error says what to do, and no data folder is made', async () => {
    const { code, stderr } = await runWith(ELSEWHERE, 'status');
    expect({ code, stderr }).toEqual({
      code: 6,
      stderr: expect.stringMatching(
        /^netpilot: Nothing says where NetPilot is: run `netpilot login /,
      ),
    });
    expect(statSync(ELSEWHERE.NETPILOT_DATA, { throwIfNoEntry: false })).toBeUndefined();
  });

  test('`login` checks the token, and stores it for this user alone', async () => {
    const { child, ended } = start(['login', url, '--json'], ELSEWHERE);
    child.stdin.end(`${ann.token}\n`);
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ url, email: 'ann@example.com', file: FILE });
    expect(statSync(FILE).mode & 0o777).toBe(0o600);
    expect(await runWith(ELSEWHERE, 'home', 'list')).toMatchObject({ code: 0 });
  });

  test('a token that is not accepted is not stored', async () => {
    const { child, ended } = start(['login', url], { ...ELSEWHERE, XDG_CONFIG_HOME: data });
    child.stdin.end(ann.token.slice(0, -3));
    const { code, stderr } = await ended;
    expect(code).toBe(6);
    expect(stderr).toMatch(/^netpilot: NetPilot does not accept this token: This is not the whole/);
    expect(statSync(join(data, 'netpilot'), { throwIfNoEntry: false })).toBeUndefined();
  });

  test('a login that others can read is not used', async () => {
    chmodSync(FILE, 0o644);
    expect(await runWith(ELSEWHERE, 'status')).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('other users of this machine can read it: run `chmod 600'),
    });
    chmodSync(FILE, 0o600);
  });

  test('what a token may not do is refused, with what it lacks', async () => {
    const { code, stderr } = await runWith(ELSEWHERE, 'home', 'remove', 'Home', '--yes');
    expect(code).toBe(6);
    expect(stderr).toMatch(/^netpilot: /);
  });

  test('the environment outweighs the file; both of its variables are needed', async () => {
    const token = { ...ELSEWHERE, NETPILOT_TOKEN: ann.token };
    expect(await runWith(token, 'status')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('NETPILOT_URL: expected the address of NetPilot'),
    });
    const closed = { ...token, NETPILOT_URL: 'http://127.0.0.1:9' };
    expect(await runWith(closed, 'status')).toMatchObject({
      code: 5,
      stderr: expect.stringMatching(/^netpilot: NetPilot does not answer: /),
    });
    expect(await runWith({ ...token, NETPILOT_URL: url }, 'status')).toMatchObject({ code: 0 });
  });

  test('`logout` forgets it', async () => {
    expect(await runWith(ELSEWHERE, 'logout')).toMatchObject({ code: 0 });
    expect(statSync(FILE, { throwIfNoEntry: false })).toBeUndefined();
    expect((await runWith(ELSEWHERE, 'logout')).stdout).toBe('No login was stored.\n');
  });

  test('an address that is none is refused', async () => {
    for (const address of ['ftp://example.com', 'https://user@example.com', 'http://'])
      expect(await runWith(ELSEWHERE, 'login', address)).toMatchObject({ code: 2 });
  });
});

import { describe, expect, test } from 'vitest';
import { createCommandLine, hasProgram } from '../../testing/command-line.ts';
import { createRouter, createUser } from '../../testing/database.ts';
import { freePort } from '../../testing/free-port.ts';
import { parseConfig } from '../config/config.ts';
import { SERVICE_ROLE } from '../config/database-address.ts';
import { withClient } from '../database/roles.ts';
import { serve } from '../service/start.ts';
import { withService } from './database.ts';

const { netpilot, json, onTerminal, addresses, data } = await createCommandLine();

const addUser = (email: string) =>
  withService(addresses.service, async (database) => {
    const id = await createUser(database, email);
    await createRouter(database, id, 'home');
  });

async function emails(): Promise<string[]> {
  const { rows } = await withClient(addresses.admin, (client) =>
    client.query<{ email: string }>('select email from users order by 1'),
  );
  return rows.map(({ email }) => email);
}

test('without users, a link is for the local user, who is created by using it', async () => {
  expect(await json(['user', 'link'])).toMatchObject({ email: 'local@localhost' });
  expect(await emails()).toEqual([]);
});

test('a link has the address of the service that runs, unless --port names another', async () => {
  const url = async (...args: string[]) => {
    const { stdout } = await netpilot(['user', 'link', ...args]);
    return new URL(stdout).origin;
  };
  expect(await url()).toBe('http://localhost:8080');
  const port = await freePort();
  const config = parseConfig({ NETPILOT_DATA: data, PORT: String(port), LOG_LEVEL: 'silent' });
  const service = await serve(config, { roles: ['api'] });
  try {
    expect(await url()).toBe(`http://localhost:${port}`);
    expect(await url('--port', '9000')).toBe('http://localhost:9000');
    expect((await fetch(`${await url()}/healthz`)).status).toBe(200);
  } finally {
    await service.stop();
  }
  expect(await url()).toBe('http://localhost:8080');
});

test('users are listed, as a table or as JSON', async () => {
  await addUser('ann@example.com');
  const { stdout } = await netpilot(['user', 'list']);
  expect(stdout).toMatch(/^email +name +active +routers +last sign-in +since\n/);
  expect(stdout).toMatch(/^ann@example\.com +- +yes +1 +- +\d{4}-/m);
  expect(await json(['user', 'list'])).toMatchObject({
    users: [{ email: 'ann@example.com', is_active: true, routers: 1 }],
  });
});

test('somebody is invited, listed, and the invitation withdrawn', async () => {
  const run = (...args: string[]) => json(['user', ...args]);
  expect(await run('invite', 'Bob@Example.com')).toEqual({
    email: 'bob@example.com',
    outcome: 'invited',
  });
  expect(await run('invite', 'bob@example.com')).toMatchObject({ outcome: 'invited-before' });
  expect(await run('invite', 'ann@example.com')).toMatchObject({ outcome: 'has-account' });
  expect(await run('invitations')).toMatchObject({ invitations: [{ email: 'bob@example.com' }] });
  expect((await netpilot(['user', 'uninvite', 'bob@example.com'])).stdout).toBe(
    'bob@example.com is not invited any more.\n',
  );
  expect(await run('invitations')).toEqual({ invitations: [] });
  expect((await netpilot(['user', 'uninvite', 'bob@example.com'])).code).toBe(4);
});

test('routers are listed, of everybody or of one user', async () => {
  await addUser('bob@example.com');
  expect(await json(['router', 'list', '--all'])).toMatchObject({
    routers: [
      { email: 'ann@example.com', router_id: 'home' },
      { email: 'bob@example.com', router_id: 'home' },
    ],
  });
  const { stdout } = await netpilot(['router', 'list', '--all', '--user', 'bob@example.com']);
  expect(stdout).toMatch(/^user .*\nbob@example\.com +home .*\n$/);
});

test('a user is deactivated and activated again; no change is reported as such', async () => {
  const says = async (action: string) =>
    (await netpilot(['user', action, 'Bob@Example.com'])).stdout;
  expect(await says('deactivate')).toBe('bob@example.com is now inactive.\n');
  expect(await says('deactivate')).toBe('bob@example.com was already inactive.\n');
  const { code, stderr } = await netpilot(['user', 'link', 'bob@example.com']);
  expect({ code, stderr }).toEqual({
    code: 6,
    stderr:
      'netpilot: bob@example.com is inactive: run `netpilot user activate bob@example.com` first.\n',
  });
  expect(await says('activate')).toBe('bob@example.com is now active.\n');
});

describe('deleting a user', () => {
  const args = ['user', 'delete', 'gone@example.com'];

  test('is refused when not interactive, and says what would be deleted', async () => {
    await addUser('gone@example.com');
    const { code, stderr } = await netpilot(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^netpilot: This deletes gone@example\.com and all their data \(1 router .*--yes.*\n$/,
    );
    expect(await emails()).toContain('gone@example.com');
  });

  test.skipIf(!hasProgram('script')).each([
    ['another address', 'ann@example.com\n', 6],
    ['Ctrl-C', '\u0003', 130],
    ['Ctrl-D', '\u0004', 6],
  ])('is cancelled by %s on a terminal', async (_what, keys, code) => {
    const result = await onTerminal(args, { after: 'Type gone@example.com to continue: ', keys });
    expect(result.code).toBe(code);
    expect(await emails()).toContain('gone@example.com');
  });

  test.skipIf(!hasProgram('script'))('is done when the address is typed again', async () => {
    const typing = { after: 'Type gone@example.com to continue: ', keys: 'gone@example.com\n' };
    const { code, screen } = await onTerminal(args, typing);
    expect(screen).toContain('gone@example.com is deleted.');
    expect(code).toBe(0);
    expect(await emails()).not.toContain('gone@example.com');
  });

  test('is done without a question with --yes', async () => {
    await addUser('gone@example.com');
    expect(await json([...args, '--yes'])).toEqual({ email: 'gone@example.com', deleted: true });
    expect(await emails()).not.toContain('gone@example.com');
  });

  test('an unknown user is exit code 4', async () => {
    const { code, stderr } = await netpilot([...args, '--yes']);
    expect({ code, stderr }).toEqual({
      code: 4,
      stderr: 'netpilot: There is no user "gone@example.com".\n',
    });
  });
});

describe('a link to sign in with', () => {
  test('is alone on standard output, with a note on standard error', async () => {
    const { stdout, stderr } = await netpilot(['user', 'link', 'ann@example.com']);
    expect(stdout).toMatch(/^http:\/\/localhost:8080\/auth\/local\?token=[\w-]{43}\n$/);
    expect(stderr).toMatch(/^Signs in ann@example\.com once, on this machine, until \S+Z:\n$/);
  });

  test('leads to the given port, and is a new one each time', async () => {
    const args = ['user', 'link', 'ann@example.com', '--port', '9000', '--json'];
    const [first, second] = await Promise.all([netpilot(args), netpilot(args)]);
    expect(JSON.parse(first.stdout)).toMatchObject({
      sign_in_link: expect.stringMatching(/^http:\/\/localhost:9000\/auth\/local\?token=/),
    });
    expect(first.stdout).not.toBe(second.stdout);
  });

  test('is refused if an issuer is configured', async () => {
    const issuer = { GOOGLE_CLIENT_ID: 'client', GOOGLE_CLIENT_SECRET: 'secret' };
    const { code, stderr } = await netpilot(['user', 'link', 'ann@example.com'], issuer);
    expect(code).toBe(6);
    expect(stderr).toMatch(/^netpilot: Users sign in at https:\/\/accounts\.google\.com/);
  });

  test('needs an e-mail if there are several users', async () => {
    const { code, stderr } = await netpilot(['user', 'link']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'netpilot: email: expected the e-mail of one of the 2 users (see `netpilot user list`), got nothing\n',
    });
  });
});

test("the service's own login cannot work across tenants; the error names one that can", async () => {
  const { host, password } = addresses.service;
  const env = {
    DB_HOST: host,
    DB_USERNAME: SERVICE_ROLE,
    DB_PASSWORD: password,
    SECRET_KEY: 'a secret that is only for this test',
  };
  const { code, stderr } = await netpilot(['user', 'list'], env);
  expect(code).toBe(6);
  expect(stderr).toMatch(
    /^netpilot: netpilot_service is the service's login, .*netpilot_owner.*\n$/,
  );
});

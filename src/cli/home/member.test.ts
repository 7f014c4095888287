/** Sharing a home by the commands: an invitation, what its member then may do, and the end of it. */
import { expect, test } from 'vitest';
import { createHomeCommands } from '../../../testing/home-commands.ts';
import { createUser } from '../../../testing/database.ts';
import { createToken } from '../../accounts/tokens.ts';
import { SCOPES } from '../../api/access.ts';
import { tenantTransaction } from '../../database/transaction.ts';
import { withService } from '../database.ts';

const { run, runWith, says, document, addresses, url } = await createHomeCommands();

/** The first command was the only user's; from now on there are two. */
const token = await withService(addresses.service, async (database) => {
  const userId = await createUser(database, 'anna@example.com');
  const made = await tenantTransaction(database, userId, (transaction) =>
    createToken(
      transaction,
      { userId, kind: 'user' },
      { token_name: 'a program', scopes: [...SCOPES] },
    ),
  );
  return made.token;
});
const asAnna = (...args: string[]) =>
  runWith({ NETPILOT_URL: url, NETPILOT_TOKEN: token }, ...args);

const accept = async (link: string) => {
  const secret = link.trim().split('/').at(-1) ?? '';
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/api/v1/invitations/${secret}/accept`, {
    method: 'POST',
    headers,
  });
  return answer.status;
};

test('nobody but the owner is there first, and the role must be said', async () => {
  expect(await says('member', 'list')).toMatch(/^Only its owner/);
  expect((await run('member', 'invite')).code).toBe(2);
  expect((await run('member', 'invite', '--role', 'owner')).code).toBe(2);
});

test('an invitation is a link alone on standard output; it can be withdrawn', async () => {
  const { code, stdout, stderr } = await run('member', 'invite', '--role', 'viewer');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^http:\S+\/join\/[\w-]{43}\n$/);
  expect(stderr).toMatch(
    /^Who opens this and signs in may see everything, in the home Home\. It works once, until \d{4}-/,
  );
  const { invitations } = Object(await document('member', 'list'));
  await says('member', 'remove', invitations[0].id);
  expect(await accept(stdout)).not.toBe(200);
});

test('a member does what the role allows, and it is in what happened', async () => {
  await says('person', 'add', 'Anna');
  const { url: link } = Object(
    await document('member', 'invite', '--role', 'admin', '--person', 'Anna'),
  );
  expect(await accept(link)).toBe(200);
  expect(await says('member', 'list')).toMatch(
    /\nanna@example\.com +anna@example\.com +admin +Anna /,
  );
  // Her own home has no router: this one is meant.
  expect(await asAnna('block', 'PS5')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Simulated router 1 has confirmed it.'),
  });
  expect(await says('activity', '--count', '1')).toMatch(
    / anna@example\.com: blocked PS5-\w{4}\n$/,
  );
  expect((await asAnna('activity', '--count', '1')).stdout).toMatch(/ you: blocked PS5-\w{4}\n$/);
  expect((await asAnna('member', 'change', 'Anna', '--role', 'viewer')).code).toBe(6);
});

test('a child sees what holds for their devices, and asks for more', async () => {
  await says('device', 'assign', 'PS5', 'Anna');
  await says('member', 'change', 'anna', '--role', 'child');
  expect((await asAnna('status')).stdout).toMatch(
    /^Anna in Home\n {2}PS5-\w{4}: no: blocked by hand\n$/,
  );
  expect((await asAnna('device', 'list')).code).toBe(6);
  expect(await asAnna('ask', '30m', '--message', 'please')).toMatchObject({
    code: 0,
    stdout: 'You have asked for 30 minutes more.\n',
  });
  expect((await asAnna('ask', '30m')).code).toBe(5);
  expect(await says('activity', '--count', '1')).toMatch(
    / anna@example\.com: asked for more time: Anna\n$/,
  );

  // Who may allow it answers, and is told what that does not help against.
  expect((await asAnna('status')).stdout).toContain('nobody has answered yet');
  expect(await says('ask', 'list')).toMatch(/\nAnna +30 min +\d\d:\d\d +please +-\n$/);
  expect(await says('ask', 'answer', 'Anna', 'yes', '--for', '20m')).toMatch(
    /^Anna was granted time until (tomorrow )?\d\d:\d\d\. PS5-\w{4} still has no internet: blocked by hand\.\n$/,
  );
  expect(await says('ask', 'list')).toBe('Nobody waits for an answer.\n');
  expect(await document('ask', 'list', '--all')).toMatchObject([
    { answer: 'granted', granted_minutes: 20 },
  ]);
  expect((await run('ask', 'answer', 'Anna', 'no')).code).not.toBe(0);
  expect((await asAnna('status')).stdout).toMatch(/: granted.*, until (tomorrow )?\d\d:\d\d\.\n$/);
});

test('a role is changed, and a member removed, at once', async () => {
  expect(await says('member', 'change', 'anna', '--role', 'viewer', '--no-person')).toBe(
    'anna@example.com is viewer of Home now.\n',
  );
  expect((await asAnna('status')).code).toBe(0);
  expect((await asAnna('unblock', 'PS5')).code).toBe(6);
  expect((await run('member', 'remove', 'anna')).code).toBe(2);
  expect(await says('member', 'remove', 'anna', '--yes')).toBe(
    'anna@example.com is not a member of Home any more.\n',
  );
  expect(await asAnna('device', 'show', 'PS5')).toMatchObject({ code: 4 });
});

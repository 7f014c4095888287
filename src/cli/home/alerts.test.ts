/** Being told by the commands: channels, a test that fails with the reason, quiet hours. */
import { expect, test } from 'vitest';
import { createHomeCommands } from '../../../testing/home-commands.ts';

const { run, says, document } = await createHomeCommands();

test('a channel is added, changed and removed, and its secret is shown once', async () => {
  expect(await says('alerts', 'list')).toMatch(/^Nothing is sent to you yet/);
  const added = await says('alerts', 'add', 'webhook', 'url=https://nas.example.com/hook');
  expect(added).toMatch(/\nWhat signs its events, shown only now: whsec_\S+\n$/);
  await says('alerts', 'change', 'webhook', '--name', 'The NAS', '--wanted', 'router_away');
  expect(await says('alerts', 'list')).toMatch(/\nThe NAS +webhook +yes +router_away +never\n$/);
  expect(await says('alerts', 'change', 'nas', '--off')).toBe(
    'The channel The NAS is off. What comes there: router_away.\n',
  );
  await says('alerts', 'remove', 'nas', '--yes');
  expect(await document('alerts', 'list')).toEqual({ channels: [] });
});

test('what is wrong is said without what was typed, which can be a secret', async () => {
  const typed = await run('alerts', 'add', 'telegram', 'my-secret-token');
  expect(typed.code).toBe(2);
  expect(typed.stderr).toContain('name=value');
  expect(typed.stderr).not.toContain('my-secret-token');
  const inside = await run('alerts', 'add', 'ntfy', 'topic=x', 'server=https://192.168.1.1');
  expect(inside).toMatchObject({ code: 2, stderr: expect.stringContaining('not on the internet') });
  expect((await run('alerts', 'add', 'email', '--wanted', 'the_moon')).stderr).toContain(
    'new_device, quarantine',
  );
});

test('a test that does not arrive is a failure with its reason, and in the log', async () => {
  await says(
    'alerts',
    'add',
    'ntfy',
    'topic=x',
    'server=https://nowhere.invalid',
    '--name',
    'Phone',
  );
  const tried = await run('alerts', 'test', 'Phone');
  expect(tried.code).not.toBe(0);
  expect(tried.stderr).toContain('It did not arrive: The name of the server cannot be found');
  expect(await says('alerts', 'log', '--state', 'given_up')).toMatch(
    / A test from NetPilot +you +Phone +failed +The name of the server/,
  );
});

test('quiet hours, the digest and watched devices are kept beside each other', async () => {
  expect(await says('alerts', 'quiet', 'sun-thu 21:30-06:30', 'fri,sat 23:30-8:00')).toMatch(
    /^Quiet hours: Mon-Thu, Sun 21:30-06:30; Fri, Sat 23:30-08:00\.\n/,
  );
  await says('alerts', 'quiet', '--digest', 'sun 18:00', '--watch', 'PS5');
  expect(await says('alerts', 'quiet', '--let-through', 'access_asked')).toMatch(
    /Quiet hours: .*\nWhat comes all the same: access_asked\.\n(Quiet until .*\n)?The digest of the week: Sun 18:00\.\nWatched: PS5-\w{4}\.\n$/,
  );
  expect(await says('alerts', 'quiet', '--off', '--no-digest', '--unwatch', 'PS5')).toMatch(
    /^No quiet hours\.\n(.*\n)*No digest of the week\.\nNo device is watched\.\n$/,
  );
  expect((await run('alerts', 'quiet', 'at night')).code).toBe(2);
});

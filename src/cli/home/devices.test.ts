/** Devices, blocks, routers, people and what happened, by the commands of a home on a service that runs. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { hasProgram, untilSays } from '../../../testing/command-line.ts';
import { createHomeCommands } from '../../../testing/home-commands.ts';
import { withClient } from '../../database/roles.ts';

const { run, says, document, start, onTerminal, addresses } = await createHomeCommands();

const ps5 = Object(await document('device', 'show', 'PS5'));

test('`status` says who is here, and whether the routers do what they should', async () => {
  expect(await says('status')).toMatch(
    /^Home: \d+ of 12 devices are here\.\n {2}Simulated router 1: connected since \d\d:\d\d(, internet answers in \d+ ms(, \d+% lost)?)?, rules: all in force\n\nNew, for `netpilot device review`\n {2}Annes/,
  );
});

describe('devices', () => {
  test('are listed, all or some', async () => {
    expect((await says('device', 'list')).split('\n')).toHaveLength(14);
    expect(await says('device', 'list', 'sony')).toMatch(/^device .*\nPS5-\w{4} .*\n$/);
    expect(await says('device', 'list', 'nothing of this kind')).toBe('No such device.\n');
  });

  test('are found by name, address and MAC', async () => {
    for (const name of ['ps5', ps5.ip, ps5.mac.replaceAll(':', '-').toUpperCase(), ps5.id])
      expect(await document('device', 'show', name)).toMatchObject({ id: ps5.id });
    expect(await says('device', 'show', 'PS5')).toMatch(
      /^PS5-\w{4}\n {2}Internet: {5}yes\n {2}New: .*\n {2}Router: {7}Simulated router 1\n {2}Type: {9}console \(a guess\)\n/,
    );
  });

  test('an unknown one is exit code 4, several are exit code 2 and listed', async () => {
    expect(await run('device', 'show', 'xbox')).toMatchObject({
      code: 4,
      stderr: 'netpilot: There is no device "xbox".\n',
    });
    const { code, stderr } = await run('device', 'show', 'p', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stderr)).toMatchObject({
      type: '/problems/invalid-input',
      errors: [
        { field: 'device', value: 'p', expected: expect.stringContaining('"Philips-hue" (192.') },
      ],
    });
  });

  test('get a name and a type, and lose them', async () => {
    expect(await says('device', 'name', 'PS5', "Tim's PlayStation", '--type', 'console')).toMatch(
      /^PS5-\w{4} is now Tim's PlayStation \(console\)\.\n$/,
    );
    expect(await document('device', 'show', 'playstation')).toMatchObject({ id: ps5.id });
    expect(await says('device', 'name', 'PS5', '', '--type', '')).toMatch(
      /^Tim's PlayStation is now PS5-\w{4}\.\n$/,
    );
    expect((await run('device', 'name', 'PS5')).code).toBe(2);
  });
});

describe('a block', () => {
  test('holds once the router has confirmed it, and ends', async () => {
    expect(await says('block', 'ps5')).toMatch(
      /^PS5-\w{4} is blocked until somebody unblocks it\. Simulated router 1 has confirmed it\.\n$/,
    );
    expect((await run('block', 'ps5')).code).toBe(6);
    expect(await says('status')).toContain(
      `Without internet\n  ${ps5.hostname}: blocked by hand\n`,
    );
    expect(await document('unblock', 'PS5')).toMatchObject({
      blocks: [{ is_active: false }],
      deliveries: [{ router_id: ps5.router_id, delivery: { state: 'applied' } }],
    });
    expect(await document('unblock', 'PS5')).toEqual({ blocks: [], rules: [], deliveries: [] });
  });

  test('of the device in use has to be confirmed', async () => {
    // The service sees the requests of this test from there.
    await addDevice('127.0.0.1', 'this computer');
    expect(await run('block', 'this computer')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^netpilot: This cuts off the device you are using: .*--yes/),
    });
    expect(await document('block', 'this computer', '--yes')).toMatchObject({ is_active: true });
    await says('unblock', 'this computer');
  });
});

test.skipIf(!hasProgram('script'))('a question is asked on a terminal', async () => {
  await says('person', 'add', 'Ben');
  const typing = { after: 'Type yes to continue: ', keys: 'no\n' };
  const { code, screen } = await onTerminal(['person', 'remove', 'Ben'], typing);
  expect(screen).toContain('This removes Ben, and the rules for them.');
  expect(code).toBe(6);
  await says('person', 'remove', 'Ben', '--yes');
});

test('routers are listed and scanned', async () => {
  expect(await says('router', 'list')).toMatch(
    /^router .*\nSimulated router 1 +mac-\w+ +- +connected since \d\d:\d\d +all in force +\S+\n$/,
  );
  expect(await document('router', 'scan', 'sim')).toEqual({
    router_id: ps5.router_id,
    scanned_at: expect.stringMatching(/Z$/),
  });
  expect(await says('router', 'update', 'sim', '--check')).toContain('nothing newer is here');
  expect((await run('router', 'update', 'sim')).code).toBe(6);
  expect((await run('router', 'replace', 'sim', 'sim', '--yes')).code).toBe(2);
});

test('people and homes are added, changed, listed and removed', async () => {
  expect(await says('home', 'change', 'home', '--timezone', 'Europe/Berlin')).toBe(
    'The home is called Home, in the time zone Europe/Berlin.\n',
  );
  expect((await run('home', 'change', 'home', '--timezone', 'Berlin')).code).toBe(2);
  expect(await document('person', 'add', 'Léa')).toMatchObject({ name: 'Léa', devices: 0 });
  expect(
    await document(
      'person',
      'change',
      'lea',
      '--colour',
      'red',
      '--picture',
      'web/public/icon-192.png',
    ),
  ).toMatchObject({ colour: 'red', has_picture: true });
  expect(await document('person', 'change', 'lea', '--no-picture')).toMatchObject({
    has_picture: false,
  });
  await says('home', 'add', "Grandma's");
  // Without routers it is not meant unless it is named.
  expect(await says('person', 'list')).toMatch(/^person .*\nLéa +0 +red\n$/);
  expect(await says('person', 'list', '--home', 'grandma')).toMatch(/^Nobody yet/);
  await says('home', 'remove', 'grandma', '--yes');
  expect((await run('person', 'remove', 'lea')).code).toBe(2);
  expect(await says('person', 'remove', 'lea', '--yes')).toBe('Léa is removed.\n');
});

describe('what happened', () => {
  test('is listed, with who did it', async () => {
    expect(await says('activity', '--about', 'person', '--count', '2')).toMatch(
      /^\d\d:\d\d +you: changed Léa\n\d\d:\d\d +you: removed Léa\n$/,
    );
    expect(await says('activity', '--since', '1d', '--about', 'device.discovered')).toMatch(
      /Simulated router 1: found a new device: PS5-\w{4}\n/,
    );
    expect(await says('activity', '--since', '0:00', '--about', 'home.deleted')).toContain(
      "deleted the home Grandma's",
    );
    expect((await run('activity', '--since', 'tomorrow 7:00')).code).toBe(2);
  });

  test('is followed until Ctrl-C', async () => {
    const { child, ended } = start(['activity', '--follow'], { NETPILOT_URL: '' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const heard = untilSays(child, `blocked ${ps5.hostname}`);
    const ready = new Promise((resolve) => child.stderr.once('data', resolve));
    await ready;
    await says('block', 'PS5');
    await heard;
    child.kill('SIGINT');
    expect(await ended).toMatchObject({
      code: 0,
      stderr: 'Waiting for what happens; Ctrl-C ends it.\n',
    });
    await says('unblock', 'PS5');
  });
});

/** At that address, and with that MAC only. */
async function addDevice(ip: string, name: string): Promise<void> {
  await withClient(addresses.admin, (client) =>
    client.query(
      `insert into user_devices (user_id, router_id, ip, mac, device_name)
       select user_id, router_id, $1, '02:00:00:00:00:01', $2 from user_routers`,
      [ip, name],
    ),
  );
}

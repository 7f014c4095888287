/** Pauses, limits, exceptions and rules by the commands of a home, up to what the simulated router has confirmed. */
import { describe, expect, test } from 'vitest';
import { createHomeCommands } from '../../../testing/home-commands.ts';

const { run, says, document } = await createHomeCommands();

await says('home', 'change', 'Home', '--timezone', 'Europe/Berlin');
await says('person', 'add', 'Tim');
const ps5 = Object(await document('device', 'show', 'PS5'));
const accessOf = async () => Object(await document('device', 'show', 'PS5')).access;

describe('a pause', () => {
  test('ends by itself, or by `resume`', async () => {
    expect(await says('pause', 'PS5', '--for', '30m')).toMatch(
      /^PS5-\w{4} is paused until (?:tomorrow )?\d\d:\d\d.* Simulated router 1 has confirmed it\.\n$/,
    );
    expect(await accessOf()).toMatchObject({
      access: 'block',
      because: { kind: 'pause' },
      next: { access: 'allow', is_armed: true },
    });
    expect(await says('status')).toMatch(
      /Without internet\n {2}PS5-\w{4}: paused, until (?:tomorrow )?\d\d:\d\d\n/,
    );
    expect(await document('resume', 'ps5')).toMatchObject({
      ended: [{ kind: 'pause', device_id: ps5.id }],
      deliveries: [{ delivery: { state: 'applied' } }],
    });
    expect(await says('resume', 'ps5')).toBe(`${ps5.hostname} was not paused.\n`);
  });

  test('without an end is until somebody ends it; of everyone too', async () => {
    expect(await says('pause', 'everyone')).toMatch(
      /^everyone is paused until somebody ends it\. Simulated router 1/,
    );
    expect(await accessOf()).toMatchObject({ access: 'block', until: null });
    await says('resume', 'everyone');
    expect(await accessOf()).toMatchObject({ access: 'allow' });
  });

  test('of a person without devices says so', async () => {
    expect(await says('pause', 'tim', '--until', '21:30')).toMatch(
      /^Tim is paused until .*21:30.*\. No device is theirs yet: /,
    );
    await says('resume', 'tim');
  });

  test('of a person is of their devices, and says what still holds when it ends', async () => {
    expect(await says('device', 'assign', 'PS5', 'tim')).toMatch(/^PS5-\w{4} is Tim's now\.\n$/);
    expect(await says('device', 'list', '--person', 'Tim')).toMatch(
      /^device .*\nPS5-\w{4} +Tim .*\n$/,
    );
    expect(await says('pause', 'Tim', '--for', '30m')).toMatch(
      /^Tim is paused until .*\. That is PS5-\w{4}\. Simulated router 1 has confirmed it\.\n$/,
    );
    expect(await says('allow', 'Tim', '--for', '10m')).toMatch(
      /Something else still holds for PS5-\w{4} \(no: paused, until (?:tomorrow )?\d\d:\d\d\)\./,
    );
    await says('block', 'PS5');
    expect(await says('resume', 'Tim')).toContain('(no: blocked by hand)');
    await says('unblock', 'PS5');
    await says('rule', 'remove', 'exception for tim', '--yes');
    expect(await says('device', 'assign', 'PS5', '--nobody')).toMatch(/ is nobody's now\.\n$/);
    expect((await run('device', 'assign', 'PS5')).code).toBe(2);
  });

  test('by `block`, and ended by `unblock`, with the manual block', async () => {
    expect(await says('block', 'PS5', '--for', '1h')).toMatch(
      /^PS5-\w{4} is blocked until (?:tomorrow )?\d\d/,
    );
    await says('block', 'PS5');
    expect(await accessOf()).toMatchObject({ because: { kind: 'block' } });
    expect(await document('unblock', 'PS5')).toMatchObject({
      blocks: [{ is_active: false }],
      rules: [{ kind: 'pause' }],
    });
    expect(await accessOf()).toMatchObject({ access: 'allow', because: { kind: 'none' } });
  });
});

describe('a new device', () => {
  test('is listed with what it may be, let in, refused, or all are let in', async () => {
    expect(await says('device', 'review')).toMatch(
      /\nPhilips-hue +\S+ +\S+ +smart_home \(a guess\)\n/,
    );
    await says('rule', 'add', 'block', 'everyone', '--new-devices');
    expect(await says('device', 'show', 'Philips-hue')).toContain('no: new, not reviewed yet');
    expect(await says('device', 'review', 'philips', '--allow', '--person', 'Tim')).toBe(
      "Philips-hue is welcome, and Tim's. Simulated router 1 has confirmed it.\n",
    );
    expect(await says('device', 'review', 'chromecast', '--refuse')).toBe(
      'Chromecast is refused: it is blocked. Simulated router 1 has confirmed it.\n',
    );
    expect(await document('device', 'review', '--allow', '--all')).toMatchObject({ left: [] });
    expect(await says('device', 'review')).toBe('No device is new.\n');
    await says('rule', 'remove', 'new devices', '--yes');
    for (const args of [
      ['PS5'],
      ['PS5', '--allow', '--refuse'],
      ['--allow'],
      ['--refuse', '--all'],
    ])
      expect((await run('device', 'review', ...args)).code).toBe(2);
  });
});

describe('a limit', () => {
  test('has rates of its own, for a time or always, and ends', async () => {
    expect(await says('limit', 'PS5', '--down', '5', '--up', '500k', '--for', '2h')).toMatch(
      /^PS5-\w{4} is limited to 5 Mbit\/s down, 500 kbit\/s up, until (?:tomorrow )?\d\d:\d\d/,
    );
    await says('limit', 'PS5', '--down', '2');
    // The exception outweighs what is always so.
    expect(await accessOf()).toMatchObject({ down_rate: 5_000_000, up_rate: 500_000 });
    expect(await document('limit', 'PS5', '--end')).toMatchObject({ ended: [{}, {}] });
    expect(await accessOf()).toMatchObject({ access: 'allow' });
  });

  test.each([
    [['limit', 'PS5'], '--down: expected a rate'],
    [['limit', 'PS5', '--down', 'fast'], '--down: expected a rate in Mbit/s'],
    [['limit', 'PS5', '--down', '5', '--end'], '--down: expected a rate'],
    [['allow', 'PS5'], 'Say how long: --for 30m or --until 21:30.'],
    [['allow', 'PS5', '--for', '1h', '--until', '21:30'], '--until: expected nothing'],
    [['pause', 'PS5', '--for', '90'], '--for: expected how long'],
    [['rule', 'add', 'limit', 'PS5'], '--down: expected a rate'],
    [
      ['rule', 'add', 'block', 'PS5', '--window', '21:00-07:00'],
      '--window: expected days and times',
    ],
    [['rule', 'add', 'block', 'PS5', '--window', 'daily 7:00-24:00'], '--window: expected days'],
    [['rule', 'change', 'nothing', '--on', '--off'], '--on: expected either'],
  ])('netpilot %j is refused before anything is changed', async (args, message) => {
    const { code, stderr } = await run(...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  });
});

describe('a rule', () => {
  test('is added, outweighed for an evening, switched off, changed and removed', async () => {
    const windows = ['--window', 'daily 0:00-12:00', '--window', 'sun-thu 12:00-0:00'];
    expect(await says('rule', 'add', 'block', 'PS5', '--name', 'Bedtime', ...windows)).toMatch(
      /^The rule Bedtime is added: PS5-\w{4} blocked, every day 00:00-12:00, Mon-Thu, Sun 12:00-00:00\. /,
    );
    await says('allow', 'PS5', '--for', '45m');
    expect(await accessOf()).toMatchObject({ access: 'allow', because: { kind: 'exception' } });
    expect(await says('rule', 'list')).toMatch(/\nexception for PS5-\w{4} .* allowed .*\nBedtime /);
    await says('rule', 'remove', 'exception', '--yes');
    await says('rule', 'change', 'bed', '--off');
    expect(await accessOf()).toMatchObject({ access: 'allow' });
    expect(
      await document(
        'rule',
        'change',
        'Bedtime',
        '--on',
        '--always',
        '--access',
        'limit',
        '--down',
        '1',
      ),
    ).toMatchObject({ is_active: true, windows: null, access: 'limit', down_rate: 1_000_000 });
    expect(await says('status')).toMatch(/Slowed down\n {2}PS5-\w{4}: 1 Mbit\/s down, Bedtime\n/);
    expect((await run('rule', 'remove', 'Bedtime')).code).toBe(2);
    expect(await says('rule', 'remove', 'Bedtime', '--yes')).toContain('The rule is removed');
    expect((await run('rule', 'remove', 'Bedtime', '--yes')).code).toBe(4);
  });

  test('is previewed: who loses, and when; nothing changes', async () => {
    const said = await says('rule', 'preview', 'block', 'PS5', '--for', '1h');
    expect(said).toMatch(
      /^One device would get something else within the next week:\n {2}PS5-\w{4}: yes -> no: an exception, until (?:tomorrow )?\d\d:\d\d\n/,
    );
    expect(said).toMatch(/\n {4}(?:tomorrow )?\d\d:\d\d on\n$/);
    expect(await says('rule', 'preview', 'allow', 'PS5', '--for', '1h')).toBe(
      'Nothing changes for any device within the next week.\n',
    );
    expect(await accessOf()).toMatchObject({ access: 'allow', until: null });
  });

  test('for new devices is one for the home', async () => {
    const args = ['rule', 'add', 'block', 'everyone', '--new-devices'];
    expect(await says(...args)).toMatch(
      /^The rule is added: new devices blocked, until somebody has/,
    );
    expect((await run(...args)).code).toBe(6);
    expect(await document('home', 'list')).toMatchObject({
      homes: [{ new_devices: { access: 'block' } }],
    });
    await says('rule', 'remove', 'new devices', '--yes');
  });

  test('is in what happened, by its name or by what it is', async () => {
    const said = await says('activity', '--about', 'rule', '--count', '50');
    expect(said).toContain('you: added the rule Bedtime\n');
    expect(said).toMatch(/you: added the pause of PS5-\w{4}\n/);
    expect(said).toContain('you: ended the pause of everyone\n');
  });
});

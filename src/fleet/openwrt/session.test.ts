/** The server's side of a conversation, with an agent that a test plays. */
import { type Duplex, duplexPair } from 'node:stream';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { OPEN_DOCUMENT } from '../../policy/document.ts';
import { openSession } from './session.ts';

/** Opens a session; `far` is the agent's end of it, which is not read until it is asked. */
async function start(capabilities = 'chunks,partial') {
  const [near, far] = duplexPair();
  const opening = openSession(near, () => undefined);
  const say = (line: string) => void far.write(`${line}\n`);
  say(`hello 2.0.0 0 none nft 02:00:00:00:00:fe ${capabilities}`);
  return { session: await opening, far, say };
}

/** Reads what the server says; resolves with the first line that begins so. */
function listen(far: Duplex) {
  const lines = createInterface({ input: far });
  return {
    next: (verb: string) =>
      new Promise<string>((resolve) => {
        lines.on('line', (line) => {
          if (line.startsWith(verb)) resolve(line);
        });
      }),
  };
}

test('a long document waits for an agent that takes it slowly', async () => {
  const { session, far } = await start();
  const blocked = Array.from({ length: 50_000 }, (_, index) => `10.0.${index >> 8}.${index % 256}`);
  void session.apply(1, { ...OPEN_DOCUMENT, blocked }).catch(() => undefined);
  await new Promise((resolve) => setImmediate(resolve));
  expect(far.readableLength).toBeLessThan(100_000);
  const end = listen(far).next('end');
  expect(await end).toBe('end 1');
  session.close('the test is over');
});

test('a router is sent elsewhere, and ended if it does not go or cannot', async () => {
  const { session, far } = await start('redial');
  session.redial('we stop');
  expect(await listen(far).next('redial')).toBe('redial');
  far.end();
  expect(await session.ended).not.toBe('we stop');
  const old = await start();
  old.session.redial('we stop');
  expect(await old.session.ended).toBe('we stop');
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const stubborn = await start('redial');
  stubborn.session.redial('we stop');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await stubborn.session.ended).toBe('we stop');
});

test('lines that the agent refuses come with the outcome', async () => {
  const { session, far, say } = await start();
  const outcome = session.apply(3, { ...OPEN_DOCUMENT, blocked: ['10.0.0.1', '10.0.0.2'] });
  await listen(far).next('end');
  say('refusal 3 nft block%2010.0.0.2');
  say('applied 3');
  expect(await outcome).toEqual({
    isApplied: true,
    refused: [{ line: 'block 10.0.0.2', reason: 'nft' }],
  });
  session.close('the test is over');
});

test.each(['refusal 4 nft block%2010.0.0.2', 'more 3 0', 'applied 4'])(
  'an agent that answers to what nobody asked is dropped: %s',
  async (line) => {
    const { session, say } = await start();
    say(line);
    expect(await session.ended).toMatch(/nobody/);
  },
);

test('what came or went while a long scan was told is in it', async () => {
  const { session, far, say } = await start();
  const heard = listen(far);
  const scan = session.scan();
  expect(await heard.next('scan')).toBe('scan 1 500');
  say('device 02:00:00:00:00:01 10.0.0.1 online one');
  say('more 1 1');
  expect(await heard.next('more')).toBe('more 1');
  say('event offline 02:00:00:00:00:01 10.0.0.1 one');
  say('device 02:00:00:00:00:02 10.0.0.2 online two');
  say('scanned 1 2');
  expect((await scan).toSorted((a, b) => a.ip.localeCompare(b.ip))).toEqual([
    { mac: '02:00:00:00:00:01', ip: '10.0.0.1', online: false, hostname: 'one' },
    { mac: '02:00:00:00:00:02', ip: '10.0.0.2', online: true, hostname: 'two' },
  ]);
  session.close('the test is over');
});

test.each([
  ['event offline 02:00:00:00:00:01 10.0.0.1 one', [['10.0.0.1', false]]],
  [
    'event online 02:00:00:00:00:02 10.0.0.2 two',
    [
      ['10.0.0.1', true],
      ['10.0.0.2', true],
    ],
  ],
])('what is told with the end of a scan is newer than it: %s', async (event, expected) => {
  const { session, far, say } = await start();
  const scan = session.scan();
  expect(await listen(far).next('scan')).toBe('scan 1 500');
  // As they arrive if the machine is busy: in one piece.
  say(`device 02:00:00:00:00:01 10.0.0.1 online one\nscanned 1 1\n${event}`);
  expect((await scan).map(({ ip, online }) => [ip, online])).toEqual(expected);
  session.close('the test is over');
});

test('a document that is too long for an old agent is not sent', async () => {
  const { session, far } = await start('-');
  const blocked = Array.from({ length: 20_000 }, (_, index) => `10.0.${index >> 8}.${index % 256}`);
  expect(await session.apply(1, { ...OPEN_DOCUMENT, blocked })).toEqual({
    isApplied: false,
    reason: 'too-long',
  });
  expect(far.readableLength).toBe(0);
  session.close('the test is over');
});

test('an old agent is asked for all devices at once', async () => {
  const { session, far } = await start('-');
  session.scan().catch(() => undefined);
  expect(await listen(far).next('scan')).toBe('scan 1');
  session.close('the test is over');
});

test('an agent that is at work is waited for, one that says nothing is not', async () => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
  });
  try {
    const { session, say } = await start();
    const outcome = session.apply(3, OPEN_DOCUMENT);
    outcome.catch(() => undefined);
    for (let second = 0; second < 60; second += 5) {
      say('busy 3');
      await vi.advanceTimersByTimeAsync(5_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    say('applied 3');
    expect(await outcome).toEqual({ isApplied: true, refused: [] });
    session.status().catch(() => undefined);
    await vi.advanceTimersByTimeAsync(25_000);
    expect(await session.ended).toMatch(/did not answer/);
  } finally {
    vi.useRealTimers();
  }
});

/** A session with an agent that answers pings, and the lines that it is sent. */
async function hear(capabilities: string) {
  const { session, far, say } = await start(capabilities);
  const heard: string[] = [];
  createInterface({ input: far }).on('line', (line) => {
    heard.push(line);
    const [verb, id] = line.split(' ');
    if (verb === 'ping') say(`pong ${id}`);
  });
  onTestFinished(() => session.close('the test is over'));
  return { session, heard };
}

describe('the time', () => {
  test('is said before anything else, and again and again as a second begins', async () => {
    vi.useFakeTimers({
      toFake: ['Date', 'setInterval', 'setTimeout', 'clearInterval', 'clearTimeout'],
    });
    onTestFinished(() => void vi.useRealTimers());
    vi.setSystemTime(1_900_000_000_700);
    const { heard } = await hear('time');
    await vi.waitFor(() => expect(heard).toEqual(['time 1900000001']));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(heard.filter((line) => line.startsWith('time '))).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(300);
    await vi.waitFor(() =>
      expect(heard.filter((line) => line.startsWith('time '))).toEqual([
        'time 1900000001',
        'time 1900000021',
      ]),
    );
  });

  test('is not said to an agent that knows nothing of it', async () => {
    const { session, heard } = await hear('rates');
    void session.status().catch(() => undefined);
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    expect(heard[0]).toMatch(/^status /);
  });
});

describe('what a router says of its clock', () => {
  test.each([
    ['', null],
    [' trusted', 'trusted'],
    [' held', 'held'],
    [' repeated', 'repeated'],
  ])('%j', async (token, clock) => {
    const [near, far] = duplexPair();
    far.write('hello 2.0.0 0 none nft 02:00:00:00:00:fe time\n');
    createInterface({ input: far }).on('line', (line) => {
      const [verb, id] = line.split(' ');
      if (verb === 'status') far.write(`status ${id} 5 intact nft${token}\n`);
    });
    const session = await openSession(near, () => undefined);
    onTestFinished(() => session.close('the test is over'));
    expect(await session.status()).toMatchObject({ revision: 5, clock });
  });
});

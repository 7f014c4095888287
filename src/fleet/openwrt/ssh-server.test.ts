/** What the SSH server lets in, and what not: over real connections. */
import { connect } from 'node:net';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import ssh2, { type Algorithms, type ConnectConfig, type ServerHostKeyAlgorithm } from 'ssh2';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dial, exec } from '../../../testing/agent.ts';
import { HOST_KEYS, ROUTER, startRouterPort as start } from '../../../testing/router-port.ts';
import { parsePublicKey } from '../../routers/public-key.ts';
import { makeKeyPair } from '../../ssh-key.ts';

const STRANGER = makeKeyPair();

describe('the SSH server', () => {
  test('lets in who has a key that is known, and gives the channel', async () => {
    const { port } = await start();
    const channel = await exec(await dial(port, { privateKey: ROUTER.privateKey }));
    const [greeting] = await once(channel, 'data');
    expect(String(greeting)).toBe('welcome, the router\n');
  });

  test.each<[string, ConnectConfig]>([
    ['a key that nobody linked', { privateKey: STRANGER.privateKey }],
    ['another user', { username: 'root', privateKey: ROUTER.privateKey }],
    ['a password', { password: 'netpilot' }],
    [
      'another kind of key',
      { privateKey: ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }).private },
    ],
    ['nothing', {}],
  ])('refuses %s', async (_what, config) => {
    const { port } = await start();
    await expect(dial(port, config)).rejects.toThrow('authentication');
  });

  test('looks up only keys whose holder has signed', async () => {
    const { port, asked } = await start();
    await expect(dial(port, { username: 'root', privateKey: STRANGER.privateKey })).rejects.toThrow(
      'auth',
    );
    expect(asked).toEqual([]);
    await dial(port, { privateKey: ROUTER.privateKey });
    expect(asked).toHaveLength(1);
  });

  test.each(['ls', 'netpilot 3', 'netpilot 2; reboot', '', 'netpilot 2 '])(
    'runs no command but its own: not %j',
    async (command) => {
      const { port } = await start();
      const client = await dial(port, { privateKey: ROUTER.privateKey });
      await expect(exec(client, command)).rejects.toThrow('exec');
    },
  );

  test('gives no shell, no terminal, no subsystem, no forwarding and no second session', async () => {
    const { port } = await start();
    const client = await dial(port, { privateKey: ROUTER.privateKey });
    const attempts: ((done: (error: Error | undefined) => void) => void)[] = [
      (done) => client.forwardOut('127.0.0.1', 1, '127.0.0.1', 22, done),
      (done) => client.forwardIn('127.0.0.1', 0, done),
      (done) => client.openssh_forwardOutStreamLocal('/run/x.sock', done),
      (done) => client.shell(false, done),
    ];
    for (const attempt of attempts) {
      const { promise, resolve } = Promise.withResolvers<Error | undefined>();
      attempt(resolve);
      expect(await promise).toBeInstanceOf(Error);
    }
    for (const name of ['sftp', 'netconf']) {
      const one = await dial(port, { privateKey: ROUTER.privateKey });
      const { promise, resolve } = Promise.withResolvers<Error | undefined>();
      one.subsys(name, resolve);
      expect(await promise).toBeInstanceOf(Error);
    }
    const other = await dial(port, { privateKey: ROUTER.privateKey });
    const refused = Promise.withResolvers<Error | undefined>();
    other.exec('netpilot 2', { pty: true }, refused.resolve);
    expect(await refused.promise).toBeInstanceOf(Error);
    const third = await dial(port, { privateKey: ROUTER.privateKey });
    await exec(third);
    await expect(exec(third)).rejects.toThrow('open');
  });

  test('is known by its host key', async () => {
    const { port } = await start();
    const presented = async (serverHostKey?: ServerHostKeyAlgorithm[]): Promise<string> => {
      const keys: Buffer[] = [];
      const hostVerifier = (key: Buffer) => keys.push(key) > 0;
      const algorithms = serverHostKey === undefined ? {} : { serverHostKey };
      await dial(port, { privateKey: ROUTER.privateKey, hostVerifier, algorithms });
      return keys[0]?.toString('base64') ?? '';
    };
    expect(HOST_KEYS.ed25519.publicKey).toContain(await presented());
    for (const algorithm of ['rsa-sha2-256', 'rsa-sha2-512'] as const)
      expect(HOST_KEYS.rsa.publicKey).toContain(await presented([algorithm]));
  });

  test.each<Algorithms>([
    { kex: ['diffie-hellman-group14-sha1'] },
    { kex: ['diffie-hellman-group14-sha256'] },
    { serverHostKey: ['ssh-rsa'] },
    { cipher: ['3des-cbc'] },
    { cipher: ['aes128-cbc'] },
    { cipher: ['aes128-ctr'], hmac: ['hmac-sha1'] },
  ])('speaks no old algorithm: %j', async (algorithms) => {
    const { port } = await start();
    await expect(dial(port, { privateKey: ROUTER.privateKey, algorithms })).rejects.toThrow(
      'no matching',
    );
  });
});

test('all routers behind one address that come at once are let in', async () => {
  const routers = Array.from({ length: 150 }, makeKeyPair);
  const { port } = await start({ findHolder: () => Promise.resolve('a router') });
  const results = await Promise.allSettled(
    routers.map(({ privateKey }) => dial(port, { privateKey, readyTimeout: 60_000 })),
  );
  expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
});

describe('who has not logged in', () => {
  /** A connection that says what it is told to; gives a promise of its end. */
  function knock(port: number, ...words: string[]) {
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    const closed = once(socket, 'close');
    socket.on('error', () => undefined).resume();
    for (const word of words) socket.write(word);
    return { socket, closed };
  }

  test.each([
    ['says nothing', []],
    ['says what is no SSH', ['GET / HTTP/1.1\r\n\r\n']],
    ['stops after the greeting', ['SSH-2.0-x\r\n']],
  ])('and %s, is dropped when the time is over', async (_what, words) => {
    const { port } = await start({ limits: { logInTime: 300 } });
    expect(await knock(port, ...words).closed).toEqual([false]);
  });

  test('and says nothing, has less time for the first line', async () => {
    const { port } = await start({ limits: { firstLineTime: 300 } });
    const talking = knock(port, 'SSH-2.0-x\r\n');
    await once(talking.socket, 'data');
    expect(await knock(port).closed).toEqual([false]);
    expect(talking.socket.closed).toBe(false);
  });

  test('is let in however many of its network are logging in, until too many have failed; those inside stay', async () => {
    const { port } = await start({ limits: { strangersPerNetwork: 2 } });
    const inside = await exec(
      await dial(port, { privateKey: ROUTER.privateKey, localAddress: '127.0.3.1' }),
    );
    await once(inside, 'data');
    const waiting = [0, 1, 2].map(() => knock(port, 'SSH-2.0-x\r\n'));
    await Promise.all(waiting.map(({ socket }) => once(socket, 'data')));
    for (const { socket } of waiting.slice(1)) socket.destroy();
    // One more than it may have at a time.
    const isOut = () => {
      const { socket, closed } = knock(port, 'SSH-2.0-x\r\n');
      return Promise.race([closed.then(() => 'out'), once(socket, 'data').then(() => 'in')]);
    };
    await expect.poll(isOut).toBe('out');
    expect(waiting[0]?.socket.closed).toBe(false);
    inside.write('still there');
    expect(String((await once(inside, 'data'))[0])).toBe('still there');
  });

  test('waits unread while the server is busy, and is served in the order of coming', async () => {
    const { port } = await start();
    await setTimeout(100);
    const sockets = Array.from({ length: 200 }, () => knock(port, 'SSH-2.0-x\r\n').socket);
    const order: number[] = [];
    for (const [index, socket] of sockets.entries()) {
      socket.once('close', () => order.push(-1));
      socket.once('data', () => order.push(index));
    }
    // They have come when it looks up again.
    const until = performance.now() + 300;
    while (performance.now() < until);
    await expect.poll(() => order.length, { timeout: 10_000 }).toBe(sockets.length);
    expect(order.toSorted((one, other) => one - other)).toEqual(sockets.map((_, index) => index));
    expect(order[0]).toBeLessThan(64);
  });

  test('and says nothing, goes first when there are too many in all', async () => {
    const { port } = await start({ limits: { strangers: 1 } });
    const first = knock(port);
    await once(first.socket, 'data');
    const second = knock(port);
    await once(second.socket, 'data');
    expect(await first.closed).toEqual([false]);
    expect(second.socket.closed).toBe(false);
  });

  test('may log in, but has to ask for the channel then', async () => {
    const { port } = await start({ limits: { logInTime: 300 } });
    const client = await dial(port, { privateKey: ROUTER.privateKey });
    const closed = Promise.withResolvers<string>();
    client.on('close', () => closed.resolve('closed'));
    expect(await closed.promise).toBe('closed');
  });
});

describe('the attack', () => {
  /** Opens connections from 64 addresses in turn, all at once, and waits a second for them to be taken or refused. */
  async function flood(port: number, count: number, word?: string) {
    const sockets = Array.from({ length: count }, (_, index) => {
      const localAddress = `127.0.1.${1 + (index % 64)}`;
      const socket = connect({ port, host: '127.0.0.1', localAddress }).resume();
      socket.on('error', () => undefined);
      if (word !== undefined) socket.write(word);
      return socket;
    });
    onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
    const settled = sockets.map((socket) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      socket.once('data', () => resolve()).once('close', () => resolve());
      return promise;
    });
    await Promise.race([Promise.all(settled), setTimeout(1_000)]);
  }

  test.each([
    [512, 'silent', undefined],
    [5_000, 'silent', undefined],
    [512, 'talking', 'SSH-2.0-x\r\n'],
  ])(
    'of %d %s strangers from 64 addresses refuses no router',
    async (count, _what, word) => {
      const routers = Array.from({ length: 12 }, makeKeyPair);
      const known = new Set(
        routers.map(({ publicKey }) => parsePublicKey(publicKey).fingerprint.toString('hex')),
      );
      const { port } = await start({
        findHolder: async (fingerprint) =>
          known.has(fingerprint.toString('hex')) ? 'a router' : undefined,
      });
      await flood(port, count, word);
      const results = await Promise.allSettled(
        routers.map(({ privateKey }, index) =>
          dial(port, { privateKey, localAddress: `127.0.2.${index + 1}` }),
        ),
      );
      expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
    },
    30_000,
  );

  test('of one key with many connections keeps two of them', async () => {
    const { port } = await start();
    const ended: number[] = [];
    for (let index = 0; index < 6; index += 1) {
      const client = await dial(port, { privateKey: ROUTER.privateKey });
      client.on('close', () => ended.push(index));
    }
    await expect.poll(() => ended).toEqual([0, 1, 2, 3]);
  });

  test('takes no place from a network where a linked key logged in lately', async () => {
    const { port } = await start({ limits: { strangers: 8 } });
    const localAddress = '127.0.2.1';
    await dial(port, { privateKey: ROUTER.privateKey, localAddress });
    const again = connect({ port, host: '127.0.0.1', localAddress });
    onTestFinished(() => void again.destroy());
    await once(again, 'data');
    // One of each of more networks than there are places: they are all of the same size.
    await flood(port, 64, 'SSH-2.0-x\r\n');
    expect(again.closed).toBe(false);
    await expect(
      dial(port, { privateKey: ROUTER.privateKey, localAddress }),
    ).resolves.toBeDefined();
  });
});

/** A commands-server of a test's own: an SSH server that lets any key in, and hands over what the routers say. */
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import ssh2, { type Connection } from 'ssh2';
import { afterAll } from 'vitest';
import type { RouterAccess } from '../src/api/app.ts';
import { makeKeyPair } from '../src/ssh-key.ts';

/** A router that has dialled in. */
export type Caller = {
  username: string;
  command: string;
  /** Base64 of the key's blob. */
  key: string;
  say: (line: string) => void;
  /** The next line of the router's. */
  hear: () => Promise<string>;
  hangUp: () => void;
};

/** Closed after the file's tests. */
export async function startSshServer(): Promise<{
  access: RouterAccess;
  /** The next router that dials in. */
  nextCaller: () => Promise<Caller>;
}> {
  const { privateKey, publicKey } = makeKeyPair();
  const waiting: ((caller: Caller) => void)[] = [];
  const arrived: Caller[] = [];
  const connections = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [privateKey] }, (connection) => {
    connections.add(connection);
    let username = '';
    let key = '';
    connection.on('error', () => undefined);
    connection.on('authentication', (context) => {
      if (context.method !== 'publickey') return context.reject(['publickey']);
      username = context.username;
      key = context.key.data.toString('base64');
      return context.accept();
    });
    connection.on('session', (accept) => {
      accept().once('exec', (take, _refuse, { command }) => {
        const stream = take();
        const hear = createEar(createInterface({ input: stream }));
        const caller = {
          username,
          key,
          command,
          hear,
          say: (line: string) => stream.write(`${line}\n`),
          hangUp: () => connection.end(),
        };
        const next = waiting.shift();
        if (next === undefined) arrived.push(caller);
        else next(caller);
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => {
    for (const connection of connections) connection.end();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens on no port');
  return {
    access: { host: '127.0.0.1', port: address.port, hostKeys: [publicKey] },
    nextCaller: () => {
      const caller = arrived.shift();
      if (caller !== undefined) return Promise.resolve(caller);
      const { promise, resolve } = Promise.withResolvers<Caller>();
      waiting.push(resolve);
      return promise;
    },
  };
}

function createEar(lines: Interface): () => Promise<string> {
  const heard: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  lines.on('line', (line) => {
    const next = waiting.shift();
    if (next === undefined) heard.push(line);
    else next(line);
  });
  return () => {
    const line = heard.shift();
    if (line !== undefined) return Promise.resolve(line);
    const { promise, resolve } = Promise.withResolvers<string>();
    waiting.push(resolve);
    return promise;
  };
}

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { basename, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import ssh2, { type ServerChannel } from 'ssh2';
import { AGENT_FILES, readAgentFile } from '../src/fleet/openwrt/agent-program.ts';
import { readInstaller } from '../src/fleet/openwrt/installer.ts';
import { INTERNET4, type Lab } from './lab.ts';
import { relay } from './relay.ts';

/** Runs a program of ours, given as text, on a machine of the lab. */
export const NODE = [
  'env',
  '--chdir',
  join(import.meta.dirname, '..'),
  process.execPath,
  '--input-type=module',
  '--eval',
];

/** The agent's end of a connection was closed before what is waited for was said. */
export class HungUp extends Error {}

/** A connection of the agent's, at the cloud's end. */
export type Call = {
  user: string;
  command: string;
  /** The key it showed, as in an `authorized_keys` line. */
  key: string;
  /** The next line like that; throws HungUp. */
  expect: (pattern: RegExp) => Promise<string>;
  tell: (...lines: string[]) => void;
  hangUp: () => void;
};

/**
 * Makes a port of this machine reachable at the lab's internet, under the same or another number.
 * @param address where: of those that the lab's internet has
 */
export async function expose(
  lab: Lab,
  port: number,
  local: number,
  address = INTERNET4,
): Promise<() => Promise<void>> {
  const name = `relay-${randomUUID()}`; // in the lab's own memory: it goes with the lab
  const near = relay({ path: join(lab.root, '..', name) }, { host: '127.0.0.1', port: local });
  const script = join(import.meta.dirname, 'relay.ts');
  const far = lab.internet.start(process.execPath, script, address, String(port), `/mnt/${name}`);
  await once(far.process.stdout, 'data');
  return async () => {
    await far.kill();
    near.close();
  };
}

/** Makes a port of a machine in the lab reachable on this one; returns the port here. */
export async function reach(lab: Lab, host: string, port: number): Promise<number> {
  const name = `relay-${randomUUID()}`;
  const script = `import { relay } from './lab/relay.ts';
    relay({ path: '/mnt/${name}' }, { host: '${host}', port: ${port} }).once('listening', () => console.log('ready'));`;
  const far = lab.internet.start(...NODE, script);
  await once(far.process.stdout, 'data');
  const near = relay({ host: '127.0.0.1', port: 0 }, { path: join(lab.root, '..', name) });
  await once(near, 'listening');
  near.unref();
  return portOf(near.address());
}

/** Returns the agent's files and answers registrations like a NetPilot server, and keeps the forms. */
export async function startRegistry(
  hostKeys: readonly string[],
  answer: () => string,
): Promise<{ port: number; forms: URLSearchParams[] }> {
  const forms: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      const file = AGENT_FILES.find((name) => name === basename(request.url ?? ''));
      if (file === undefined) {
        response.writeHead(404).end();
        return;
      }
      void (
        file === 'install.sh'
          ? readInstaller({ url: `http://${INTERNET4}:8080`, hostKeys })
          : readAgentFile(file)
      ).then((program) => response.end(program));
      return;
    }
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      forms.push(new URLSearchParams(body));
      response.end(answer());
    });
  });
  return { port: await listen(server), forms };
}

/** An SSH server that accepts any ed25519 key except those it must refuse, and hands each call on. */
export async function startExchange(hostKey: string): Promise<{
  port: number;
  refused: Set<string>;
  attempts: () => number;
  next: () => Promise<Call>;
}> {
  const refused = new Set<string>();
  const waiting: Call[] = [];
  let arrived = (): void => undefined;
  let attempts = 0;
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
    let key = '';
    let user = '';
    connection.on('error', () => undefined);
    connection.on('authentication', (context) => {
      attempts++;
      user = context.username;
      if (context.method !== 'publickey') return context.reject(['publickey']);
      key = `${context.key.algo} ${context.key.data.toString('base64')}`;
      return refused.has(key) ? context.reject() : context.accept();
    });
    connection.on('session', (accept) =>
      accept().on('exec', (acceptCommand, _reject, { command }) => {
        const channel = acceptCommand();
        waiting.push({ user, command, key, ...converse(channel), hangUp: () => connection.end() });
        arrived();
      }),
    );
  });
  const port = await listen(server);
  return {
    port,
    refused,
    attempts: () => attempts,
    next: async () => {
      for (;;) {
        const call = waiting.shift();
        if (call) return call;
        await new Promise<void>((resolve) => (arrived = resolve));
      }
    },
  };
}

function converse(channel: ServerChannel): Pick<Call, 'expect' | 'tell'> {
  const lines = createInterface({ input: channel })[Symbol.asyncIterator]();
  channel.on('error', () => undefined);
  return {
    tell: (...said) => void channel.write(said.map((line) => `${line}\n`).join('')),
    expect: async (pattern) => {
      for (;;) {
        const { value, done } = await lines.next();
        if (done === true) throw new HungUp(`the agent hung up without ${pattern}`);
        if (pattern.test(value)) return value;
      }
    },
  };
}

/** Listens on a free port of this machine, and returns it. */
export async function listen(server: Pick<Server, 'listen' | 'address' | 'once'>): Promise<number> {
  const address = await new Promise<AddressInfo | string | null>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address()));
  });
  return portOf(address);
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

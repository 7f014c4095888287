/** A router in a test: it dials in over real SSH, and does what the protocol says unless the test says otherwise. */
import { createInterface } from 'node:readline';
import ssh2, { type ClientChannel, type ConnectConfig } from 'ssh2';
import { onTestFinished } from 'vitest';
import { tenantTransaction } from '../src/database/transaction.ts';
import { parsePublicKey } from '../src/routers/public-key.ts';
import type { RuleState } from '../src/fleet/driver.ts';
import type { Limiter } from '../src/fleet/openwrt/messages.ts';
import { type TestDatabase, createRouter, createUser } from './database.ts';
import { makeKeyPair } from '../src/ssh-key.ts';

/** A router that is linked, and its key. */
export type LinkedRouter = { userId: string; routerId: string; privateKey: string };

/** Links a router with a fresh key. */
export async function linkRouter({ service }: TestDatabase, owner?: string): Promise<LinkedRouter> {
  const userId = owner ?? (await createUser(service));
  const routerId = await createRouter(service, userId);
  const keys = makeKeyPair();
  const { line, fingerprint } = parsePublicKey(keys.publicKey);
  await tenantTransaction(service, userId, (transaction) =>
    transaction
      .insertInto('router_keys')
      .values({ user_id: userId, router_id: routerId, fingerprint, public_key: line })
      .execute(),
  );
  return { userId, routerId, privateKey: keys.privateKey };
}

/** Dials in with any key; ended after the test. Rejects if it is refused. */
export async function dial(port: number, config: ConnectConfig): Promise<ssh2.Client> {
  const client = new ssh2.Client();
  onTestFinished(() => void client.destroy());
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // The first error is why it was refused; afterwards the server may end it as it likes.
  client
    .once('ready', resolve)
    .on('error', reject)
    .on('close', () => reject(new Error('closed')));
  client.connect({ host: '127.0.0.1', port, username: 'netpilot', ...config });
  await promise;
  return client;
}

/** Asks for a command; rejects if it is refused. */
export function exec(client: ssh2.Client, command = 'netpilot 2'): Promise<ClientChannel> {
  const { promise, resolve, reject } = Promise.withResolvers<ClientChannel>();
  client.exec(command, (error, channel) =>
    error === undefined ? resolve(channel) : reject(error),
  );
  return promise;
}

/** What a router does; a test may change it at any time. */
export type Behaviour = {
  revision: number;
  state: RuleState;
  limiter: Limiter;
  lan: string;
  version: string;
  /** Its capabilities, as `hello` says them; undefined: it speaks protocol 1. */
  features: string | undefined;
  /** What it says of its clock, if it can keep time. */
  clock: string | undefined;
  /** Lines in answer to `scan`, without `device`. */
  devices: string[];
  /** What to answer to a document; undefined: nothing. */
  judge: (revision: number, document: string[]) => string | undefined;
};

export type TestAgent = Behaviour & {
  client: ssh2.Client;
  /** Every line that the server has sent. */
  heard: string[];
  /** The documents that came in whole, oldest first. */
  documents: string[][];
  say: (line: string) => void;
  /** Resolves once the condition holds; it is looked at after each line and at the end. */
  until: (condition: () => boolean) => Promise<void>;
  /** Resolves once the server has ended the channel. */
  ended: Promise<void>;
  isEnded: () => boolean;
};

/** A router that dials in, says hello and does what the server says. */
export async function connectAgent(
  port: number,
  { privateKey }: LinkedRouter,
  behaviour: Partial<Behaviour> = {},
): Promise<TestAgent> {
  const client = await dial(port, { privateKey });
  const isOld = 'features' in behaviour && behaviour.features === undefined;
  const channel = await exec(client, isOld ? 'netpilot 1' : 'netpilot 2');
  const ended = Promise.withResolvers<void>();
  const waiting = new Set<() => void>();
  let isOver = false;
  let applying: { revision: number; lines: string[] } | undefined;

  const agent: TestAgent = {
    revision: 0,
    state: 'none',
    limiter: 'nft',
    lan: '02:00:00:00:00:fe',
    version: '1.0',
    features: '-',
    clock: undefined,
    devices: [],
    judge: (revision) => {
      agent.revision = revision;
      agent.state = 'intact';
      return `applied ${revision}`;
    },
    ...behaviour,
    client,
    heard: [],
    documents: [],
    say: (line) => void channel.write(`${line}\n`),
    until: (condition) => {
      const done = Promise.withResolvers<void>();
      const look = () => {
        if (!condition()) return;
        waiting.delete(look);
        done.resolve();
      };
      waiting.add(look);
      look();
      return done.promise;
    },
    ended: ended.promise,
    isEnded: () => isOver,
  };
  const wake = () => {
    for (const look of waiting) look();
  };

  function heed(line: string): void {
    agent.heard.push(line);
    const [verb, id = ''] = line.split(' ');
    if (applying !== undefined && verb !== 'end') applying.lines.push(line);
    else if (verb === 'ping') agent.say(`pong ${id}`);
    else if (verb === 'status') agent.say(statusOf(id, agent));
    else if (verb === 'scan') {
      for (const device of agent.devices) agent.say(`device ${device}`);
      agent.say(`scanned ${id} ${agent.devices.length}`);
    } else if (verb === 'apply') applying = { revision: Number(id), lines: [] };
    else if (verb === 'end' && applying !== undefined) {
      const { revision, lines } = applying;
      applying = undefined;
      agent.documents.push(lines);
      const answer = agent.judge(revision, lines);
      if (answer !== undefined) agent.say(answer);
    } else if (verb === 'unlink') agent.say('unlinked');
    wake();
  }

  createInterface(channel).on('line', heed);
  channel.on('close', () => {
    isOver = true;
    ended.resolve();
    wake();
  });
  agent.say(helloOf(agent));
  return agent;
}

function helloOf({ version, revision, state, limiter, lan, features }: Behaviour): string {
  const more = features === undefined ? '' : ` ${features}`;
  return `hello ${version} ${revision} ${state} ${limiter} ${lan}${more}`;
}

function statusOf(id: string, { revision, state, limiter, clock }: Behaviour): string {
  return ['status', id, revision, state, limiter, ...(clock === undefined ? [] : [clock])].join(
    ' ',
  );
}

/** Once it has its policy and was asked for its devices. */
export async function settle(agent: TestAgent): Promise<void> {
  await agent.until(() => agent.heard.some((line) => line.startsWith('scan ')));
}

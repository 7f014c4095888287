/** What NATS brings besides what wakes.test.ts asks of every implementation: it may be away, and nobody on it is trusted. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NatsConnection, connect, nkeys } from '@nats-io/transport-node';
import fc from 'fast-check';
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { hasNatsServer, startNatsServer } from '../../testing/nats-server.ts';
import { parseConfig } from '../config/config.ts';
import type { Heartbeat } from './heartbeats.ts';
import { createNatsWakes } from './nats.ts';
import { LONGEST_MESSAGE, createSeals } from './questions.ts';
import { heartbeatsSubject, hintOf, messageOf, questionsSubject } from './subjects.ts';
import type { Wakes } from './wakes.ts';

const SECRET_KEY = 'a key for tests only, 32 characters or more';
const NODE = randomUUID();

function configOf(more: Record<string, string>) {
  const { nats } = parseConfig(more);
  if (nats === undefined) throw new Error('there is no NATS_URL');
  return nats;
}

function open(url: string, onLost: (error: unknown) => void = () => undefined): Wakes {
  const config = configOf({ NATS_URL: url });
  const wakes = createNatsWakes({ config, cell: 7, secretKey: SECRET_KEY, onLost });
  onTestFinished(wakes.close);
  return wakes;
}

const look = () => vi.fn<(about?: unknown) => void>();

describe.runIf(hasNatsServer)('a NATS server', async () => {
  const server = hasNatsServer ? await startNatsServer() : undefined;
  const url = server?.url ?? '';
  afterAll(async () => server?.remove());

  test('that goes and comes back has everybody look at everything, and says nothing until then', async () => {
    const own = await startNatsServer();
    onTestFinished(own.remove);
    const onLost = vi.fn<(error: unknown) => void>();
    const [teller, hearer] = [open(own.url), open(own.url, onLost)];
    const hear = look();
    hearer.hear('router', hear, { node: NODE });
    await expect.poll(() => teller.isConnected() && hearer.isConnected()).toBe(true);
    await own.stop();
    await expect.poll(() => teller.isConnected() || hearer.isConnected()).toBe(false);
    expect(onLost).toHaveBeenCalled();
    hear.mockClear();
    teller.tell({ topic: 'router', key: 'ann r1', node: NODE });
    await own.start();
    await expect.poll(() => teller.isConnected() && hearer.isConnected()).toBe(true);
    await expect.poll(() => hear.mock.calls).toEqual([[undefined]]);
    const tell = () => {
      teller.tell({ topic: 'router', key: 'ann r2', node: NODE });
      return hear.mock.calls;
    };
    await expect.poll(tell).toContainEqual(['ann r2']);
  });

  test('that is away at the start fails nobody: this process hears itself, and others once it is there', async () => {
    const own = await startNatsServer();
    onTestFinished(own.remove);
    await own.stop();
    const [teller, hearer] = [open(own.url), open(own.url)];
    const [here, there] = [look(), look()];
    teller.hear('user', here, { key: 'ann' });
    hearer.hear('user', there, { key: 'ann' });
    teller.tell({ topic: 'user', key: 'ann' });
    expect(here).toHaveBeenCalledWith('ann');
    const nobody = { instance: NODE, url: null };
    await expect(teller.ask(nobody, 'anybody', 10_000)).rejects.toThrow('cannot be reached');
    await own.start();
    const tell = () => {
      teller.tell({ topic: 'user', key: 'ann' });
      return there.mock.calls;
    };
    await expect.poll(tell).toContainEqual(['ann']);
  });

  test('brings what was told last, as a process stops', async () => {
    const [teller, hearer] = [open(url), open(url)];
    const hear = look();
    hearer.hear('user', hear, { key: 'last' });
    await expect.poll(() => teller.isConnected() && hearer.isConnected()).toBe(true);
    // The server knows of the subscription once it answers what was asked after it.
    hearer.hear('user', hear, { key: 'first' });
    await expect
      .poll(() => {
        teller.tell({ topic: 'user', key: 'first' });
        return hear.mock.calls;
      })
      .toContainEqual(['first']);
    teller.tell({ topic: 'user', key: 'last' });
    await teller.close();
    await expect.poll(() => hear.mock.calls).toContainEqual(['last']);
  });

  test('has only what somebody here listens to', async () => {
    const listener = await connect({ servers: url });
    onTestFinished(() => listener.close());
    const said: string[] = [];
    listener.subscribe('np1.>', { callback: (_error, { subject }) => void said.push(subject) });
    await listener.flush();
    const teller = open(url);
    await expect.poll(teller.isConnected).toBe(true);
    teller.tell({ topic: 'router', key: 'ann r1' });
    teller.tell({ topic: 'user', key: 'not.one > user' });
    teller.tell({ topic: 'router', key: 'ann r1', node: NODE });
    teller.tell({ topic: 'ask', key: 'ann r1', node: NODE });
    teller.tell({ topic: 'user', key: 'ann' });
    teller.tell({ topic: 'alerts', key: '' });
    const own = `np1.7.node.${NODE}.look`;
    await expect.poll(() => said).toEqual([own, own, 'np1.7.user.ann', 'np1.7.alerts']);
  });

  test('is not trusted: what is not a hint or a question of ours is dropped, and the rest goes on', async () => {
    const hostile = await connect({ servers: url });
    onTestFinished(() => hostile.close());
    const wakes = open(url);
    const hear = look();
    const answer = vi.fn<(question: string) => Promise<string>>(async () => 'here');
    for (const topic of ['router', 'ask', 'user', 'alerts'] as const)
      wakes.hear(topic, (key) => key !== undefined && hear(key), { node: NODE });
    wakes.answer(NODE, answer);
    await expect.poll(wakes.isConnected).toBe(true);
    const { message } = createSeals('another key, of somebody who is not one of us').ask(NODE, 'x');
    throwAt(hostile, message);
    const teller = open(url);
    const asks = () => teller.ask({ instance: NODE, url: null }, 'really', 10_000).catch(String);
    await expect.poll(asks).toBe('here');
    expect(hear).not.toHaveBeenCalled();
    expect(answer.mock.calls).toEqual([['really']]);
  });
});

describe.runIf(hasNatsServer)('a heartbeat', async () => {
  const server = hasNatsServer ? await startNatsServer() : undefined;
  afterAll(async () => server?.remove());
  const url = server?.url ?? '';
  const beat = {
    node: 'n:2222',
    instance: NODE,
    connections: 3,
    state: 'ready',
    hasDatabase: true,
  } as const;

  test('is heard by the others, and not by who says it', async () => {
    const [one, other] = [open(url), open(url)];
    const [own, heard] = [vi.fn<(said: Heartbeat) => void>(), vi.fn<(said: Heartbeat) => void>()];
    one.hearBeats(own);
    other.hearBeats(heard);
    const say = () => {
      one.beat(beat);
      return heard.mock.calls;
    };
    await expect.poll(say).toContainEqual([beat]);
    expect(own).not.toHaveBeenCalled();
  });

  test('of somebody without the key, or that was said before, is not', async () => {
    const carrier = await connect({ servers: url });
    onTestFinished(() => carrier.close());
    const seals = createSeals(SECRET_KEY);
    const wakes = open(url);
    const heard = vi.fn<(said: Heartbeat) => void>();
    wakes.hearBeats(heard);
    const last = { ...beat, state: 'draining' } as const;
    const say = () => {
      const once = seals.say(JSON.stringify(beat));
      const forged = createSeals('another key, of somebody who is not one of us');
      for (const message of [
        once,
        once,
        forged.say(JSON.stringify(beat)),
        JSON.stringify(beat),
        seals.say('{}'),
        seals.say(JSON.stringify({ ...beat, connections: -1 })),
      ])
        carrier.publish(heartbeatsSubject(7), message);
    };
    const sayLast = () => {
      carrier.publish(heartbeatsSubject(7), seals.say(JSON.stringify(last)));
      return heard.mock.calls;
    };
    await expect.poll(sayLast).toContainEqual([last]);
    heard.mockClear();
    say();
    await expect.poll(sayLast).toContainEqual([last]);
    expect(heard.mock.calls.filter(([said]) => said.state === 'ready')).toEqual([[beat]]);
  });
});

/** Everything that one might try. */
function throwAt(hostile: NatsConnection, sealed: Buffer): void {
  const subjects = [`np1.7.node.${NODE}.look`, questionsSubject(7, NODE), 'np1.8.alerts'];
  const question = { verb: 'scan', userId: 'ann', routerId: 'r1', connectionId: NODE };
  const payloads = [
    '',
    'ann',
    ' r1',
    '{}',
    JSON.stringify(question),
    'x'.repeat(1_000_000),
    randomBytes(1_000),
    sealed,
    sealed.subarray(0, 20),
    Buffer.from([0xff, 0xfe, 0x20, 0x00]),
  ];
  for (const subject of subjects)
    for (const payload of payloads) hostile.publish(subject, payload, { reply: 'np1.7.alerts.x' });
}

describe('a file that is not what it should be stops the program with one line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-nats-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const opening = (field: string, text: string | undefined) => () => {
    const file = join(folder, randomUUID());
    if (text !== undefined) writeFileSync(file, text);
    const NATS_URL = 'tls://127.0.0.1:1';
    const config = configOf({ NATS_URL, [field]: file });
    return createNatsWakes({ config, cell: 0, secretKey: SECRET_KEY, onLost: () => undefined });
  };

  test.each([
    ['NATS_NKEY_FILE', undefined],
    ['NATS_NKEY_FILE', 'not a seed'],
    ['NATS_NKEY_FILE', nkeys.createUser().getPublicKey()],
    ['NATS_CREDENTIALS_FILE', 'not credentials'],
    ['NATS_CA_FILE', undefined],
  ])('%s', (field, text) => {
    expect(opening(field, text)).toThrow(
      new RegExp(`^${field}: expected a [^\\n]*, got "[^\\n]*$`),
    );
  });

  test('but a seed is right, with the end of its line', async () => {
    const seed = Buffer.from(nkeys.createUser().getSeed()).toString();
    const wakes = opening('NATS_NKEY_FILE', `${seed}\n`)();
    expect(wakes.isConnected()).toBe(false);
    await wakes.close();
  });
});

describe('whatever a message has', () => {
  const subject = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom('np1', '7', 'node', NODE, 'look', 'ask', 'user', 'alerts', '*', ''))
      .map((parts) => parts.join('.')),
  );

  test('it is a hint as we tell them, or none', () => {
    fc.assert(
      fc.property(subject, fc.uint8Array({ maxLength: 2_000 }), (said, payload) => {
        const hint = hintOf(7, said, payload);
        return hint === undefined || messageOf(7, hint)?.subject === said;
      }),
      { numRuns: 2_000 },
    );
    expect(hintOf(7, 'np1.7.user.ann', Buffer.alloc(0))).toEqual({ topic: 'user', key: 'ann' });
  });

  test('what we tell is read as it was, if a name can be part of a subject', () => {
    const router = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(fc.uuid(), router, fc.constantFrom('router', 'ask'), (user, id, topic) => {
        fc.pre(!id.endsWith(' ask'));
        const hint = { topic, key: `${user} ${id}`, node: NODE };
        const { subject: to = '', payload = '' } = messageOf(7, hint) ?? {};
        expect(hintOf(7, to, Buffer.from(payload))).toEqual(hint);
      }),
    );
  });

  test('it is a question once, of who has the key, to this instance, in time', async () => {
    const seals = createSeals(SECRET_KEY);
    const answerer = vi.fn<(question: string) => Promise<string>>(async () => 'an answer');
    const answered = (message: Uint8Array) => seals.answer(NODE, message, answerer);
    const { message, read } = createSeals(SECRET_KEY).ask(NODE, 'a question');
    const answer = await answered(message);
    expect(read(answer ?? Buffer.alloc(0))).toBe('an answer');
    expect(await answered(message)).toBeUndefined();
    const others = [
      createSeals('another key, of somebody who is not one of us').ask(NODE, 'x').message,
      createSeals(SECRET_KEY).ask(randomUUID(), 'x').message,
      // An answer, sent back as a question.
      answer ?? Buffer.alloc(0),
      Buffer.alloc(LONGEST_MESSAGE + 1),
    ];
    vi.setSystemTime(Date.now() - 61_000);
    others.push(createSeals(SECRET_KEY).ask(NODE, 'long ago').message);
    vi.useRealTimers();
    for (const other of others) expect(await answered(other)).toBeUndefined();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(199), async (noise, at) => {
        expect(await answered(noise)).toBeUndefined();
        const changed = Buffer.from(createSeals(SECRET_KEY).ask(NODE, 'x').message);
        const place = at % changed.length;
        changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
        expect(await answered(changed)).toBeUndefined();
      }),
    );
    expect(answerer.mock.calls).toEqual([['a question']]);
  });

  test('an answer is that of its question, or none', async () => {
    const seals = createSeals(SECRET_KEY);
    const [one, other] = [seals.ask(NODE, 'one'), seals.ask(NODE, 'other')];
    const answer = await seals.answer(NODE, other.message, async (question) => question);
    expect(() => one.read(answer ?? Buffer.alloc(0))).toThrow('not genuine');
    expect(() => one.read(one.message)).toThrow('not genuine');
    expect(() => one.read(randomBytes(40))).toThrow('not genuine');
    const failed = await seals.answer(NODE, one.message, () => Promise.reject(new Error('secret')));
    expect(() => one.read(failed ?? Buffer.alloc(0))).toThrow('it failed to answer');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INVISIBLE } from '../../invisible.ts';
import { FEATURES } from '../../routers/features.ts';
import { type Reading, LONGEST_LINE, createLineReader } from './line-reader.ts';
import { type AgentMessage, LINE_REFUSALS, REFUSALS, writeAgentMessage } from './messages.ts';

/** Reads bytes cut into chunks of these sizes, again and again; gives all messages, and the fault. */
function read(bytes: Uint8Array, sizes: number[] = [bytes.length]): Reading {
  const reader = createLineReader();
  const messages: AgentMessage[] = [];
  let reading: Reading = { messages };
  for (let start = 0, turn = 0; start < bytes.length; turn += 1) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    reading = reader(bytes.subarray(start, start + size));
    messages.push(...reading.messages);
    start += size;
  }
  return { ...reading, messages };
}

const readText = (text: string) => read(Buffer.from(text, 'latin1'));

const revision = fc.integer({ min: 0, max: 999_999_999_999_999 });
const id = fc.integer({ min: 1, max: 999_999_999 });
const mac = fc
  .uint8Array({ minLength: 6, maxLength: 6 })
  .map((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':'));
const hostname = fc.option(
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((name) => !INVISIBLE.test(name)),
);
const neighbour = fc.record({
  mac,
  ip: fc.oneof(fc.ipV4(), fc.ipV6()),
  online: fc.boolean(),
  hostname,
});
const state = fc.constantFrom('intact' as const, 'drifted' as const, 'none' as const);
const clock = fc.constantFrom(null, 'trusted' as const, 'held' as const, 'repeated' as const);
const limiter = fc.constantFrom('nft' as const, 'tc' as const);
const version = fc.stringMatching(/^[0-9A-Za-z.-]{1,32}$/);
const reason = fc.stringMatching(/^[a-z-]{1,32}$/);

const blocks = fc.option(fc.integer({ min: 0, max: 999_999 }));
const features = fc.subarray([...FEATURES]).map((words) => new Set(words));

const kind = <const Kind extends string>(name: Kind) => fc.constant(name);
const message: fc.Arbitrary<AgentMessage> = fc.oneof(
  fc.record({ kind: kind('hello'), version, revision, state, limiter, lan: mac, features, blocks }),
  fc.record({ kind: kind('pong'), id }),
  fc.record({ kind: kind('status'), id, revision, state, limiter, clock }),
  neighbour.map((fields) => ({ kind: 'device' as const, ...fields })),
  fc.record({ kind: kind('scanned'), id, count: fc.integer({ min: 0, max: 999_999 }) }),
  fc.record({ kind: kind('more'), id, count: fc.integer({ min: 0, max: 999_999 }) }),
  fc.record({ kind: kind('busy'), revision }),
  fc.record({
    kind: kind('refusal'),
    revision,
    reason: fc.constantFrom(...LINE_REFUSALS),
    line: hostname,
  }),
  fc.record({ kind: kind('applied'), revision }),
  fc.record({ kind: kind('refused'), revision, reason: fc.constantFrom(...REFUSALS) }),
  neighbour.map((fields) => ({ kind: 'event' as const, ...fields })),
  fc.record({ kind: kind('unlinked') }),
  fc.record({ kind: kind('error'), reason }),
);
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

/** What a broken or hostile agent may send. */
const junk = fc.oneof(
  { weight: 4, arbitrary: message.map((valid) => Buffer.from(`${writeAgentMessage(valid)}\n`)) },
  fc.uint8Array({ maxLength: 60 }),
  fc.string({ maxLength: 60 }).map((text) => Buffer.from(`${text}\n`)),
  fc
    .tuple(
      fc.constantFrom(
        'hello',
        'pong',
        'device',
        'event',
        'applied',
        '__proto__',
        'constructor',
        '',
      ),
      fc.array(
        fc.constantFrom(
          '$(reboot)',
          '`id`',
          ';',
          '&&',
          '../../x',
          '-',
          '0',
          '1',
          '%00',
          "'",
          '"',
          'online',
        ),
        { maxLength: 6 },
      ),
    )
    .map(([verb, tokens]) => Buffer.from(`${[verb, ...tokens].join(' ')}\n`)),
  fc.integer({ min: 500, max: 600 }).map((length) => Buffer.from(`${'a'.repeat(length)}\n`)),
);

describe('the reader of lines', () => {
  test('gives back every message that an agent can write, however the bytes are split', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 20 }), sizes, (messages, cut) => {
        const text = messages.map((each) => `${writeAgentMessage(each)}\n`).join('');
        expect(read(Buffer.from(text), cut)).toEqual({ messages });
      }),
    );
  });

  test('gives the same for the same bytes, however they are split: 100,000 lines of junk', () => {
    for (let lines = 0; lines < 100_000; lines += 500) {
      const [cut = [1]] = fc.sample(sizes, 1);
      const pieces = fc.sample(junk, 500);
      for (const bytes of [...pieces, Buffer.concat(pieces)])
        expect(read(bytes, cut)).toEqual(read(bytes));
    }
  });

  test('gives a message for each line, or the fault of the first that is none', () => {
    fc.assert(
      fc.property(junk, (bytes) => {
        const { messages, fault } = read(bytes);
        const ends = bytes.filter((byte) => byte === 0x0a).length;
        expect(messages.length <= ends && (fault !== undefined || messages.length === ends)).toBe(
          true,
        );
      }),
    );
  });

  test('gives nothing any more after a fault', () => {
    const reader = createLineReader();
    expect(reader(Buffer.from('pong 1\n;reboot\npong 2\n'))).toEqual({
      messages: [{ kind: 'pong', id: 1 }],
      fault: 'not-a-message',
    });
    expect(reader(Buffer.from('pong 3\n'))).toEqual({ messages: [], fault: 'not-a-message' });
  });

  test('holds back a line until its end has come', () => {
    const reader = createLineReader();
    expect(reader(Buffer.from('pong 12'))).toEqual({ messages: [] });
    expect(reader(Buffer.from('3\n'))).toEqual({ messages: [{ kind: 'pong', id: 123 }] });
  });

  test('takes lines of 512 bytes with their end, and none longer', () => {
    const name = 'a'.repeat(255);
    const head = 'event online 02:00:00:00:00:01 10.0.0.1 ';
    const longest = `${head}${name}`;
    expect(readText(`${longest}\n`).fault).toBeUndefined();
    expect(readText(`${longest}a\n`).fault).toBe('not-a-message');
    expect(readText('x'.repeat(LONGEST_LINE - 1)).fault).toBeUndefined();
    expect(readText('x'.repeat(LONGEST_LINE)).fault).toBe('too-long');
  });

  test.each([
    'pong 1\r\n',
    'pong\t1\n',
    'pong 1\0\n',
    'pong é\n',
    '\x1b[2J\n',
    'event online 02:00:00:00:00:01 10.0.0.1 \x7f\n',
  ])('takes only printable ASCII: not %j', (text) => {
    expect(readText(text)).toEqual({ messages: [], fault: 'not-printable' });
  });

  test.each([
    '',
    ' ',
    'pong',
    'pong ',
    'pong 0',
    'pong 01',
    'pong -1',
    'pong 1 ',
    'pong  1',
    ' pong 1',
    'pong 1 2',
    'PONG 1',
    'pong 1000000000',
    'pong 1e3',
    'applied 1000000000000000',
    'applied 00',
    'refused 1 because',
    'refusal 1 invalid block%201',
    'refusal 1 nft block 10.0.0.1',
    'more 1',
    'busy x',
    'hello 1.0 0 none nft',
    'hello 1.0 0 none nft 02:00:00:00:00:01 chunks,',
    'hello 1.0 0 none nft 02:00:00:00:00:01 Chunks',
    'hello 1.0 0 none nft 02:00:00:00:00:01 chunks time',
    'hello 1.0 0 none ebpf 02:00:00:00:00:01',
    'hello 1_0 0 none nft 02:00:00:00:00:01',
    'hello 1.0 0 fine nft 02:00:00:00:00:01',
    'status 1 0 none nft more',
    'device 02:00:00:00:00:01 10.0.0.1 online',
    'device 02-00-00-00-00-01 10.0.0.1 online -',
    'device 02:00:00:00:00:0A 10.0.0.1 online -',
    'device 02:00:00:00:00:01 10.0.0.01 online -',
    'device 02:00:00:00:00:01 10.0.0.256 online -',
    'device 02:00:00:00:00:01 fe80::1%br-lan online -',
    'device 02:00:00:00:00:01 FE80::1 online -',
    'device 02:00:00:00:00:01 10.0.0.1 away -',
    'device 02:00:00:00:00:01 10.0.0.1 online $(reboot)',
    'device 02:00:00:00:00:01 10.0.0.1 online %0',
    'device 02:00:00:00:00:01 10.0.0.1 online %0a',
    'error Bad',
    'error ',
    '__proto__ 1',
    'toString',
    'apply 1 1',
  ])('takes no line but those of the protocol: not %j', (line) => {
    expect(readText(`pong 1\n${line}\npong 2\n`)).toEqual({
      messages: [{ kind: 'pong', id: 1 }],
      fault: 'not-a-message',
    });
  });
});

describe('a name', () => {
  const nameOf = (token: string) =>
    readText(`event online 02:00:00:00:00:01 10.0.0.1 ${token}\n`).messages;

  test.each([
    ['Ann-s_phone.lan', 'Ann-s_phone.lan'],
    ['caf%C3%A9%20%26%20co', 'café & co'],
    ['%2D', '-'],
    ['-', null],
    ['%00', null],
    ['a%0Ab', null],
    ['%1B%5B2J', null],
    ['%FF%FE', null],
    ['%E2%80%AEexe.txt', null],
  ])('%j is %j', (token, name) => {
    expect(nameOf(token)).toMatchObject([{ hostname: name }]);
  });
});

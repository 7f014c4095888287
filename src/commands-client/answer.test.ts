/** A Commands-Server that answers wrong. */
import { isIP } from 'node:net';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Respond, json, problem, startCommandsServer } from '../../testing/commands-server.ts';
import { type CommandsServerClient, createCommandsServerClient } from './client.ts';
import { CommandsServerError } from './errors.ts';

const device = { sessionId: 's-1', routerId: 'r-1', ip: '192.168.1.20' };
const router = { sessionId: 's-1', routerId: 'r-1' };
const applied = { routerId: 'r-1', ip: '192.168.1.20', blocked: true, state: 'applied' };
const scanned = { devices: [], scannedAt: '2026-11-24T16:00:00Z' };

/** What the call fails with when the server does that. */
async function failure(
  respond: Respond,
  run: (client: CommandsServerClient) => Promise<unknown> = (client) => client.block(device),
): Promise<unknown> {
  const server = await startCommandsServer(respond);
  return run(createCommandsServerClient({ url: server.url, token: 'hunter2', retryDelay: 1 })).then(
    (answer) => expect.fail(`answered ${inspect(answer)}`),
    (error: unknown) => error,
  );
}

const send =
  (contentType: string | undefined, body: string | Buffer): Respond =>
  (response) =>
    response
      .writeHead(200, contentType === undefined ? {} : { 'content-type': contentType })
      .end(body);

describe('an error status', () => {
  test('carries what the problem document says', async () => {
    const members = {
      type: '/problems/conflict',
      title: 'Conflict',
      detail: 'The router is not connected.',
      instance: '/requests/7',
    };
    const error = await failure(problem(409, members));
    expect(error).toBeInstanceOf(CommandsServerError);
    expect(String(error)).toContain(
      'refused POST /api/block with 409: The router is not connected.',
    );
  });

  test.each([
    [404, 'not-found'],
    [409, 'conflict'],
    [400, 'unavailable'],
    [401, 'unavailable'],
    [429, 'unavailable'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ])('%i with a problem document is of the kind %s', async (status, kind) => {
    expect(await failure(problem(status))).toMatchObject({
      name: 'CommandsServerError',
      message: expect.stringContaining(`with ${status}`),
      kind,
    });
  });

  test.each([404, 409, 502])(
    '%i without a problem document says nothing about the request',
    async (status) => {
      const error = await failure((response) =>
        response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>nginx</h1>'),
      );
      expect(error).toMatchObject({
        name: 'CommandsServerError',
        message: expect.stringContaining(`with ${status}`),
        kind: 'unavailable',
      });
    },
  );

  test.each(['{"detail": "cut', '[]', '"text"', '7', 'null', '', '{"detail":7,"title":["x"]}'])(
    'survives a problem document that reads %s',
    async (text) => {
      const error = await failure((response) =>
        response.writeHead(503, { 'content-type': 'application/problem+json' }).end(text),
      );
      expect(error).toMatchObject({ name: 'CommandsServerError' });
      expect(String(error)).toContain('refused POST /api/block with 503');
    },
  );

  test('makes a message of one line, of limited length', async () => {
    const detail = `first\nsecond\u001b[31m${'x'.repeat(10_000)}`;
    const error = await failure(problem(400, { detail }));
    expect(String(error)).toMatch(/first second \[31mx+$/);
    expect(String(error).length).toBeLessThan(700);
  });
});

describe('an answer that the protocol does not know', () => {
  test.each<[string, Respond, RegExp]>([
    ['is no JSON', send('application/json', '{"routerId": '), /JSON of the wrong shape/],
    ['is empty', send('application/json', ''), /wrong shape/],
    ['has no body', (response) => response.writeHead(204).end(), /media type \(none\)/],
    ['is HTML', send('text/html; charset=utf-8', JSON.stringify(applied)), /text\/html/],
    ['has no media type', send(undefined, JSON.stringify(applied)), /media type \(none\)/],
    ['is no UTF-8', send('application/json', Buffer.from([0x22, 0xff, 0x22])), /not UTF-8/],
    ['lacks a member', json({ ...applied, state: undefined }), /state/],
    ['has a state of its own', json({ ...applied, state: 'perhaps' }), /\/state/],
    ['has a number for a truth', json({ ...applied, blocked: 1 }), /\/blocked/],
    ['speaks of another address', json({ ...applied, ip: '192.168.1.21' }), /another ip/],
    ['speaks of another router', json({ ...applied, routerId: 'r-2' }), /another routerId/],
    ['is a redirect', (to) => to.writeHead(307, { location: '/elsewhere' }).end(), /redirect/],
  ])('%s', async (_, respond, found) => {
    const error = await failure(respond);
    expect(error).toMatchObject({ name: 'CommandsServerError', kind: 'unavailable' });
    expect(String(error)).toContain('answered POST /api/block with');
    expect(String(error)).toMatch(found);
  });

  test.each<[string, object]>([
    ['an address that is none', { ip: '192.168.1.256', mac: null, hostname: null }],
    ['an address with a zone', { ip: 'fe80::1%br-lan', mac: null, hostname: null }],
    ['an address range', { ip: '192.168.1.0/24', mac: null, hostname: null }],
    ['a MAC that is none', { ip: '192.168.1.2', mac: '9a:8d:bc:e0:52', hostname: null }],
    ['a host name with a control character', { ip: '192.168.1.2', mac: null, hostname: 'a\0b' }],
    ['an overlong host name', { ip: '192.168.1.2', mac: null, hostname: 'x'.repeat(256) }],
    ['no word on the MAC', { ip: '192.168.1.2', hostname: null }],
  ])('a scan with %s', async (_, found) => {
    const error = await failure(json({ ...scanned, devices: [found] }), (client) =>
      client.scan(router),
    );
    expect(error).toBeInstanceOf(CommandsServerError);
    expect(String(error)).toMatch(/wrong shape: \/devices\/0/);
  });

  test('a scan at no moment in time', async () => {
    const error = await failure(json({ ...scanned, scannedAt: 'yesterday' }), (client) =>
      client.scan(router),
    );
    expect(error).toBeInstanceOf(CommandsServerError);
    expect(String(error)).toMatch(/wrong shape: \/scannedAt/);
  });

  test('another session started than was asked for', async () => {
    const error = await failure(json({ sessionId: 's-2', active: true }), (client) =>
      client.startSession({ sessionId: 's-1' }),
    );
    expect(String(error)).toContain('another sessionId');
  });
});

test('a redirect is not followed: the token goes nowhere else', async () => {
  const elsewhere = await startCommandsServer(json(applied));
  await failure((response) => response.writeHead(308, { location: elsewhere.url }).end());
  expect(elsewhere.received).toEqual([]);
});

test.each<[string, Respond]>([
  ['in a problem document', problem(400, { type: 'hunter2', title: 'hunter2', detail: 'hunter2' })],
  ['in an outage', problem(503, { detail: 'Bearer hunter2' })],
  ['as its media type', send('text/hunter2', 'x')],
  ['in broken JSON', send('application/json', '{hunter2')],
  ['in JSON of the wrong shape', json({ hunter2: 'hunter2', ip: 'hunter2' })],
  ['as a redirect', (response) => response.writeHead(302, { location: '/hunter2' }).end()],
  ['in place of HTTP', (response) => response.socket?.end('hunter2\r\n\r\n')],
  ['and breaks off', (response) => response.write('hunter2', () => response.destroy())],
])('the token shows in no error when the server repeats it %s', async (_, respond) => {
  const error = await failure(respond);
  expect(error).toBeInstanceOf(Error);
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('hunter2');
});

/** Right, or wrong in one member or another. */
const nearly = (members: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(
    Object.fromEntries(
      Object.entries(members).map(([name, right]) => [
        name,
        fc.oneof({ weight: 6, arbitrary: right }, fc.jsonValue()),
      ]),
    ),
  );

const isSession = (answer: object) => Object.keys(answer).toSorted().join() === 'active,sessionId';
const isBlock = ({ ip: address, state }: { ip: string; state: string }) =>
  address === device.ip && ['applied', 'pending'].includes(state);

describe('any JSON', () => {
  const ip = fc.oneof(fc.ipV4(), fc.ipV6());
  const mac = fc.option(fc.constantFrom('9a:8d:bc:e0:52:41', '9A-8D-BC-E0-52-41', '9a8dbce05241'));
  const hostname = fc.option(fc.string());
  const session = nearly({ sessionId: fc.constantFrom('s-1', 's-2'), active: fc.boolean() });
  const block = nearly({
    routerId: fc.constant('r-1'),
    ip: fc.constantFrom('192.168.1.20', '::1'),
    blocked: fc.boolean(),
    state: fc.constantFrom('applied', 'pending'),
    reason: fc.string(),
  });
  const scan = nearly({
    devices: fc.array(nearly({ ip, mac, hostname })),
    scannedAt: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  });
  const blocked = nearly({ blocked: fc.array(nearly({ ip, mac })) });
  const body = fc.oneof(session, block, scan, blocked, fc.jsonValue());

  test('is a valid answer or an error that says so, never anything else', async () => {
    const server = await startCommandsServer(json(null));
    const client = createCommandsServerClient({ url: server.url });
    const outcomes = { answered: 0, refused: 0 };
    const settle = async <Answer>(call: Promise<Answer>, isRight: (answer: Answer) => boolean) => {
      try {
        expect(isRight(await call)).toBe(true);
        outcomes.answered += 1;
      } catch (error) {
        if (!(error instanceof CommandsServerError) || !/Server answered/.test(error.message))
          throw error;
        outcomes.refused += 1;
      }
    };
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        server.respond = json(value);
        await Promise.all([
          settle(client.startSession({ sessionId: 's-1' }), isSession),
          settle(client.endSession({ sessionId: 's-1' }), isSession),
          settle(client.block(device), isBlock),
          settle(client.unblock(device), isBlock),
          settle(client.blocked(router), (answer) =>
            answer.blocked.every((one) => isIP(one.ip) > 0),
          ),
          settle(client.scan(router), (answer) => answer.devices.every((one) => isIP(one.ip) > 0)),
        ]);
      }),
      { numRuns: 200 },
    );
    expect(outcomes.answered).toBeGreaterThan(10);
    expect(outcomes.refused).toBeGreaterThan(10);
  });

  test('nested deeper than a stack is no exception', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const server = await startCommandsServer(send('application/json', deep));
    const client = createCommandsServerClient({ url: server.url });
    await expect(client.blocked(router)).rejects.toThrow('wrong shape');
    server.respond = send('application/json', `{"blocked": [], "more": ${deep}}`);
    expect(await client.blocked(router)).toEqual({ blocked: [] });
  });
});

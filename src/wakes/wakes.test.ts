/** What each implementation does, and what those that reach other processes do besides. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { hasNatsServer, startNatsServer } from '../../testing/nats-server.ts';
import { parseConfig } from '../config/config.ts';
import { withClient } from '../database/roles.ts';
import { createNatsWakes } from './nats.ts';
import { createWakes } from './postgresql.ts';
import {
  type Answerer,
  LONGEST_TEXT,
  NoAnswerError,
  NobodyThereError,
  createSeals,
} from './questions.ts';
import { type Hint, type Topic, type Wakes, createLocalWakes } from './wakes.ts';

const database = await createTestDatabase();
const TOPICS: Topic[] = ['user', 'router', 'ask', 'alerts'];

const SECRET_KEY = 'a key for tests only, 32 characters or more';
const nats = hasNatsServer ? await startNatsServer() : undefined;
afterAll(async () => nats?.remove());

function open(onLost: (error: unknown) => void = () => undefined): Wakes {
  const wakes = createWakes(database.addresses.service, onLost, SECRET_KEY);
  onTestFinished(wakes.close);
  return wakes;
}

function openNats(onLost: (error: unknown) => void = () => undefined, url = nats?.url): Wakes {
  const { nats: config } = parseConfig({ NATS_URL: url });
  if (config === undefined) throw new Error('there is no NATS');
  const wakes = createNatsWakes({ config, cell: 0, secretKey: SECRET_KEY, onLost });
  onTestFinished(wakes.close);
  return wakes;
}

/** The port for services of a Commands-Server. */
async function serveQuestions(instance: string, answerer: Answerer): Promise<string> {
  const seals = createSeals(SECRET_KEY);
  const server = createServer((request, response) => {
    void request
      .toArray()
      .then((parts) => seals.answer(instance, Buffer.concat(parts), answerer))
      .then((answer) => response.writeHead(answer === undefined ? 404 : 200).end(answer));
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  onTestFinished(() => void server.close());
  await promise;
  const address = server.address();
  return typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '';
}

type Place = {
  name: string;
  /** Two places: what is told or asked at the first arrives at the second. */
  places: () => [Wakes, Wakes];
  /** Answers at the second place; gives the address, if it is asked there. */
  answer: (at: Wakes, instance: string, answerer: Answerer) => Promise<string | null>;
};

const answerByWakes: Place['answer'] = async (at, instance, answerer) => {
  onTestFinished(at.answer(instance, answerer));
  return null;
};

const PLACES: Place[] = [
  {
    name: 'one process',
    places: () => {
      const here = createLocalWakes();
      return [here, here];
    },
    answer: answerByWakes,
  },
  {
    name: 'two processes, through PostgreSQL and HTTP',
    places: () => [open(), open()],
    answer: (_at, instance, answerer) => serveQuestions(instance, answerer),
  },
  ...(nats === undefined
    ? []
    : [
        {
          name: 'two processes, through NATS',
          places: (): [Wakes, Wakes] => [openNats(), openNats()],
          answer: answerByWakes,
        },
      ]),
];

const NODE = randomUUID();

describe.each(PLACES)('hints between $name', ({ places }) => {
  /** Until hints arrive: a connection is made first. */
  async function connected() {
    const [teller, hearer] = places();
    const heard: Hint[] = [];
    const stops = TOPICS.map((topic) =>
      hearer.hear(topic, (key) => key !== undefined && heard.push({ topic, key }), { node: NODE }),
    );
    onTestFinished(() => {
      for (const stop of stops) stop();
    });
    const tryOnce = () => {
      teller.tell({ topic: 'alerts', key: '' });
      return heard;
    };
    await expect.poll(tryOnce).toContainEqual({ topic: 'alerts', key: '' });
    await expect.poll(() => teller.isConnected() && hearer.isConnected()).toBe(true);
    return { teller, hearer, heard: () => heard.filter(({ topic }) => topic !== 'alerts') };
  }

  test('arrive, each as what it is', async () => {
    const { teller, heard } = await connected();
    const hints: Hint[] = [
      { topic: 'user', key: 'ann' },
      { topic: 'router', key: 'ann r1' },
      { topic: 'ask', key: 'ann a router with an odd id\n' },
    ];
    for (const hint of hints) teller.tell({ ...hint, node: NODE });
    await expect.poll(heard).toEqual(hints);
  });

  test('come to those who hear of that key, until they stop', async () => {
    const { teller, hearer, heard } = await connected();
    const [ann, bob] = [vi.fn<(about?: unknown) => void>(), vi.fn<(about?: unknown) => void>()];
    const stop = hearer.hear('user', ann, { key: 'ann' });
    hearer.hear('user', bob, { key: 'bob' });
    const tryOnce = () => {
      teller.tell({ topic: 'user', key: 'ann' });
      return ann.mock.calls;
    };
    // NATS takes a moment to know who hears, and all look once it does.
    await expect.poll(tryOnce).toContainEqual(['ann']);
    stop();
    const before = ann.mock.calls.length;
    teller.tell({ topic: 'user', key: 'ann' });
    teller.tell({ topic: 'router', key: 'ann r1', node: NODE });
    await expect.poll(heard).toContainEqual({ topic: 'router', key: 'ann r1' });
    expect(ann.mock.calls).toHaveLength(before);
    expect(bob.mock.calls.filter(([key]) => key !== undefined)).toEqual([]);
  });

  test('all come, of thousands at once', async () => {
    const { teller, heard } = await connected();
    for (let n = 0; n < 3_000; n += 1)
      teller.tell({ topic: 'router', key: `ann r${n}`, node: NODE });
    await expect.poll(() => new Set(heard().map(({ key }) => key)).size).toBe(3_000);
  });
});

describe.each(PLACES)('questions between $name', ({ places, answer }) => {
  async function asking(answerer: Answerer) {
    const [asker, answering] = places();
    const instance = randomUUID();
    const url = await answer(answering, instance, answerer);
    const ask = (question: string, milliseconds = 10_000) =>
      asker.ask({ instance, url }, question, milliseconds);
    // NATS takes a moment to know who is there.
    await expect.poll(() => ask('first').catch(() => undefined)).toBeTypeOf('string');
    return { asker, ask, url };
  }

  test('are answered', async () => {
    const { ask } = await asking(async (question) => `${question} and more, é\n"`);
    expect(await ask('what')).toBe('what and more, é\n"');
    const many = Array.from({ length: 200 }, (_, n) => ask(String(n)));
    expect((await Promise.all(many)).at(-1)).toBe('199 and more, é\n"');
  });

  test('to who has gone fail at once, and by themselves', async () => {
    const { asker, ask, url } = await asking(async () => 'here');
    const gone = { instance: randomUUID(), url };
    await expect(asker.ask(gone, 'anybody', 60_000)).rejects.toThrow(NobodyThereError);
    expect(await ask('you')).toBe('here');
  });

  test('fail without an answer in time, or with one that is too long', async () => {
    const { ask } = await asking((question) =>
      question === 'first'
        ? Promise.resolve('')
        : question === 'long'
          ? Promise.resolve('x'.repeat(LONGEST_TEXT + 1))
          : Promise.withResolvers<string>().promise,
    );
    await expect(ask('never', 50)).rejects.toThrow(NoAnswerError);
    await expect(ask('long')).rejects.toThrow('larger than 1 MB');
  });

  test('may have answers of a megabyte', async () => {
    const { ask } = await asking(async () => 'x'.repeat(LONGEST_TEXT));
    expect(await ask('all')).toHaveLength(LONGEST_TEXT);
  });
});

describe('through PostgreSQL', () => {
  test('a process looks at everything whenever its connection begins, as hints may have been lost', async () => {
    const lost = vi.fn<(about?: unknown) => void>();
    const hearer = open(lost);
    const look = vi.fn<(about?: unknown) => void>();
    hearer.hear('router', look);
    await expect.poll(() => look.mock.calls).toContainEqual([undefined]);
    look.mockClear();
    await withClient(database.addresses.admin, (client) =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'netpilot wakes' and datname = current_database()`,
      ),
    );
    await expect.poll(() => look.mock.calls).toContainEqual([undefined]);
    expect(lost).toHaveBeenCalled();
  });

  test('telling never fails, with the database away', async () => {
    const wakes = createWakes({ ...database.addresses.service, port: 1 }, () => undefined);
    const look = vi.fn<(about?: unknown) => void>();
    wakes.hear('alerts', look);
    wakes.tell({ topic: 'alerts', key: '' });
    expect(look).toHaveBeenCalledWith('');
    await wakes.close();
  });

  test('what is told last is sent when it closes', async () => {
    const [teller, hearer] = [open(), open()];
    const look = vi.fn<(about?: unknown) => void>();
    hearer.hear('user', look, { key: 'last' });
    await expect.poll(() => look.mock.calls).toContainEqual([undefined]);
    const connected = vi.fn<(about?: unknown) => void>();
    teller.hear('alerts', connected);
    await expect.poll(() => connected.mock.calls).toContainEqual([undefined]);
    teller.tell({ topic: 'user', key: 'last' });
    await teller.close();
    await expect.poll(() => look.mock.calls).toContainEqual(['last']);
  });
});

/**
 * One node of `bench/cluster --light`: a real Commands-Server, and its share of the routers on channels within this process. Its parent asks by
 * IPC: `memory`, `cpu`, `connect`, `connected`.
 */
import { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { sql } from 'kysely';
import { SERVICE_ROLE } from '../src/config/database-address.ts';
import { openDatabase } from '../src/database/pool.ts';
import type { ListenOptions, RouterDriver, RouterSession } from '../src/fleet/driver.ts';
import { writeAgentMessage } from '../src/fleet/openwrt/messages.ts';
import { openSession } from '../src/fleet/openwrt/session.ts';
import { startCommandsServer } from '../src/fleet/start.ts';
import { createWakes, tellSaid } from '../src/wakes/postgresql.ts';
import { answerParent } from './answer-parent.ts';

const [host = '', port, name = '', user = '', password = '', share, nodes] = process.argv.slice(2);
/** Routers that connect at the same time. */
const AT_ONCE = 32;
const FEATURES: ReadonlySet<'time'> = new Set(['time']);
const LAN = '02:00:00:00:00:fe';

const address = { host, port: Number(port), database: name, user, password };
const wakes = createWakes(address, (error) => console.error(error));
const { database } = openDatabase(address, { role: SERVICE_ROLE, onSaid: tellSaid(wakes) });
const log = pino({ level: 'warn' }, pino.destination(2));
let letIn: ((fingerprint: Buffer) => Promise<RouterSession>) | undefined;
const driver: RouterDriver = {
  listen: <Holder>({ findHolder, onRouter }: ListenOptions<Holder>) => {
    letIn = async (fingerprint) => {
      const holder = await findHolder(fingerprint);
      if (holder === undefined) throw new Error('a router is not linked');
      const opening = openSession(createChannel(), () => undefined);
      onRouter(holder, opening);
      return opening;
    };
    return Promise.resolve({
      port: 10_000 + Number(share),
      refuse: () => undefined,
      close: () => Promise.resolve(),
    });
  },
  connect: () => Promise.reject(new Error('nobody is dialled here')),
};
const server = await startCommandsServer({
  database,
  wakes,
  driver,
  log,
  host: '127.0.0.1',
  port: 10_000 + Number(share),
});

answerParent(() => server.connections.size());
process.on('message', (question) => {
  if (question === 'connect') void connectAll();
});
process.send?.(0);

/** The server's end of a router that does its policy already, and answers at once. */
function createChannel(): Duplex {
  let rest = '';
  const channel = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      const lines = (rest + chunk.toString('latin1')).split('\n');
      rest = lines.pop() ?? '';
      setImmediate(() => {
        for (const line of lines) for (const said of answer(line)) channel.push(`${said}\n`);
      });
      done();
    },
  });
  const hello = { kind: 'hello', version: '2.0.0', lan: LAN, features: FEATURES, blocks: null };
  channel.push(`${writeAgentMessage({ ...hello, ...STANDING, kind: 'hello' })}\n`);
  return channel;
}

const STANDING = { revision: 1, state: 'intact', limiter: 'nft' } as const;

function answer(line: string): string[] {
  const [verb = '', token = ''] = line.split(' ');
  const id = Number(token);
  switch (verb) {
    case 'ping':
      return [writeAgentMessage({ kind: 'pong', id })];
    case 'status':
      return [writeAgentMessage({ kind: 'status', id, ...STANDING, clock: 'trusted' })];
    case 'scan':
      return [writeAgentMessage({ kind: 'scanned', id, count: 0 })];
    default:
      return [];
  }
}

async function connectAll(): Promise<void> {
  const { rows } = await sql<{ fingerprint: Buffer }>`
    select sha256(('router ' || n)::bytea) as fingerprint from generate_series(${Number(share)}::int, ${Number(process.argv[9])}::int, ${Number(nodes)}::int) n`.execute(
    database,
  );
  const waiting = rows.map(({ fingerprint }) => fingerprint);
  let dialled = 0;
  let ended = 0;
  const dial = async (fingerprint: Buffer) => {
    dialled += 1;
    await letIn?.(fingerprint).then(
      (session) => session.ended,
      () => undefined,
    );
    ended += 1;
    // As an agent does, it comes again.
    await setTimeout(1_000);
    waiting.push(fingerprint);
  };
  for (;;) {
    while (dialled - ended - server.connections.size() < AT_ONCE) {
      const next = waiting.pop();
      if (next === undefined) break;
      void dial(next);
    }
    await setTimeout(20);
  }
}

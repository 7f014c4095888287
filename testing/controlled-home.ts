/** A running NetPilot with a simulated router, for tests in another language: they say by HTTP what happens. */
import { once } from 'node:events';
import { type IncomingMessage, createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll } from 'vitest';
import { createToken, endTokens, listTokens } from '../src/accounts/tokens.ts';
import { SCOPES } from '../src/api/access.ts';
import { withService } from '../src/cli/database.ts';
import { parseConfig } from '../src/config/config.ts';
import { type TenantTransaction, tenantTransaction } from '../src/database/transaction.ts';
import type { Neighbour } from '../src/devices/neighbour.ts';
import { createPairingCode } from '../src/routers/pairing-codes.ts';
import { type Service, serve } from '../src/service/start.ts';
import { type SimulatedAgent, createAgent } from '../src/simulator/agent.ts';
import { dial } from '../src/simulator/dial.ts';
import { createHome } from '../src/simulator/home.ts';
import { routerIdOf } from '../src/simulator/identity.ts';
import { linkByCode } from '../src/simulator/link-fleet.ts';
import { ANY_PORT, createCommandLine } from './command-line.ts';
import { createUser } from './database.ts';
import { freePort } from './free-port.ts';

const DEVICES = 12;
/** No token has this id. */
const NOBODYS = '00000000-0000-0000-0000-000000000000';

/** What a test may ask for. */
const Wish = Type.Object({
  /** The device that comes, or goes. */
  device: Type.Optional(
    Type.Object({
      mac: Type.String(),
      ip: Type.String(),
      hostname: Type.String(),
      online: Type.Boolean(),
    }),
  ),
  /** What a new token may do. */
  scopes: Type.Optional(Type.Array(Type.Enum([...SCOPES]))),
  /** A new token is for the router alone. */
  is_for_router: Type.Optional(Type.Boolean()),
  /** Seconds that pass on the router. */
  seconds: Type.Optional(Type.Number()),
});
type Wish = Static<typeof Wish>;

/** The addresses of NetPilot and of the remote control: what is POSTed to `/NAME` happens before the answer comes. */
type ControlledHome = { url: string; control: string };

/** For a test file that awaits this at its top level; all of it is stopped after the file's tests. */
export async function createControlledHome(): Promise<ControlledHome> {
  const line = await createCommandLine();
  const [port, routersPort] = [await freePort(), await freePort()];
  const environment = {
    NETPILOT_DATA: line.data,
    PORT: String(port),
    LOG_LEVEL: 'silent',
    ...ANY_PORT,
    ROUTERS_PORT: String(routersPort),
  };
  const url = `http://localhost:${port}`;
  let service: Service | undefined;
  const start = async () => (service ??= await serve(parseConfig(environment)));
  const stop = async () => {
    const stopping = service;
    service = undefined;
    await stopping?.stop();
  };
  await start();
  afterAll(stop);

  const asUser = <Result>(
    work: (transaction: TenantTransaction, userId: string) => Promise<Result>,
  ) =>
    withService(line.addresses.service, (database) =>
      tenantTransaction(database, userId, (transaction) => work(transaction, userId)),
    );
  const userId = await withService(line.addresses.service, (database) =>
    createUser(database, 'local@localhost'),
  );
  const { code } = await asUser(createPairingCode);
  const { access, identities } = await linkByCode(url, code);
  const [identity] = identities;
  if (identity === undefined) throw new Error('no router was linked');
  const router = createControlledRouter(identity.number);
  const connect = () =>
    dial({ access, privateKey: identity.private_key, agent: router.agent, onChange: undefined });
  let dialled = connect();
  afterAll(() => dialled.stop());

  const wishes: Record<string, (wish: Wish) => Promise<unknown>> = {
    start,
    stop,
    restart: async () => {
      await stop();
      await start();
    },
    device: async ({ device }) => {
      if (device !== undefined) router.put(device);
      dialled.live();
    },
    /** The router takes documents, and says nothing of them until it is released. */
    hold: async () => router.hold(),
    release: async () => {
      router.release();
      dialled.tell();
    },
    pass: async ({ seconds = 0 }) => {
      router.pass(seconds);
      dialled.tell();
    },
    'router-away': async () => dialled.stop(),
    'router-back': async () => (dialled = connect()),
    token: ({ scopes = ['control'], is_for_router = false }) =>
      asUser(async (transaction, user) => {
        const wish = { token_name: 'test', scopes, ...(is_for_router && { router_id: router.id }) };
        const { token } = await createToken(transaction, { userId: user, kind: 'operator' }, wish);
        return { token };
      }),
    'end-tokens': () =>
      asUser(async (transaction, user) => {
        const made = await listTokens(transaction, user);
        await endTokens(transaction, { userId: user, kind: 'operator' }, { allBut: NOBODYS });
        return { ended: made.length };
      }),
  };
  return { url, control: await listenFor(wishes) };
}

/** The simulated router of a home in which only happens what a test says. */
function createControlledRouter(number: number) {
  const home = createHome(number, DEVICES);
  const extra = new Map<string, Neighbour>();
  let changed: Neighbour[] = [];
  let uptime = 0;
  let held: string[] | undefined;
  let due: string[] = [];
  const agent = createAgent(
    {
      ...home,
      neighbours: () => [...home.neighbours(), ...extra.values()],
      live: () => changed.splice(0),
    },
    () => uptime,
  );
  const controlled: SimulatedAgent = {
    ...agent,
    answer: (line) => {
      const said = agent.answer(line);
      if (held === undefined) return said;
      held.push(...said.filter((text) => text.startsWith('applied ')));
      return said.filter((text) => !text.startsWith('applied '));
    },
    tell: () => [...due.splice(0), ...agent.tell()],
  };
  return {
    id: routerIdOf(home),
    agent: controlled,
    put: (neighbour: Neighbour) => {
      extra.set(neighbour.mac, neighbour);
      changed.push(neighbour);
    },
    hold: () => (held = []),
    release: () => {
      due = held?.slice(-1) ?? [];
      held = undefined;
    },
    pass: (seconds: number) => (uptime += seconds),
  };
}

/** Answers 200 with what became of a wish, and 500 with why nothing did. */
async function listenFor(
  wishes: Record<string, (wish: Wish) => Promise<unknown>>,
): Promise<string> {
  const answer = async (request: IncomingMessage) => {
    const grant = wishes[request.url?.slice(1) ?? ''];
    if (grant === undefined) throw new Error(`nobody can wish for ${request.url}`);
    return grant(Value.Parse(Wish, await json(request)));
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (result) => response.end(JSON.stringify(isPlain(result) ? result : {})),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = Value.Parse(Type.Object({ port: Type.Number() }), server.address());
  return `http://127.0.0.1:${port}`;
}

/** Some wishes give a token; what others give means nothing outside. */
function isPlain(result: unknown): boolean {
  return typeof result === 'object' && result !== null && ('token' in result || 'ended' in result);
}

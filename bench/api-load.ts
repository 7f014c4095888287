/** One side of bench/api, in a process of its own: prints its measurements and exits. */
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { Client } from 'pg';
import { type DatabaseAddress, SERVICE_ROLE } from '../src/config/database-address.ts';

/** As the driver takes it. */
export type Statement = { text: string; values?: readonly unknown[]; name?: string };

/** The service over HTTP; its transaction over the driver, as anybody writes it; the same, prepared once like the service does. */
export type Kind = 'http' | 'driver' | 'prepared';

export type Load = {
  kind: Kind;
  users: number;
  seconds: number;
  connections: number;
  /** Where the service listens. */
  port: number;
  address: DatabaseAddress;
  /** What the driver repeats: recorded for user 1. */
  statements: Statement[];
};

/** Times in milliseconds. */
export type Measured = { perSecond: number; p50: number; p99: number; errors: number };

/** Asks for one user's page and returns whether the answer was right. */
type Ask = (user: number) => Promise<boolean>;

process.once('message', (load: Load) => void measure(load));

/** The request of one user, as bench/api filled the database. */
export function requestOf(user: number): { url: string; cookie: string } {
  return {
    url: `/api/v1/routers/${routerOf(user)}/devices?limit=50`,
    cookie: `netpilot_session=bench-${user}`,
  };
}

async function measure(load: Load): Promise<void> {
  const open = async () => (load.kind === 'http' ? openHttp(load) : openDriver(load));
  const asks = await Promise.all(Array.from({ length: load.connections }, open));
  const times: number[] = [];
  let errors = 0;
  const began = performance.now();
  const until = began + load.seconds * 1000;
  await Promise.all(
    asks.map(async (ask) => {
      while (performance.now() < until) {
        const sent = performance.now();
        const right = await ask(1 + Math.floor(Math.random() * load.users));
        times.push(performance.now() - sent);
        if (!right) errors += 1;
      }
    }),
  );
  const sorted = Float64Array.from(times).toSorted();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const measured: Measured = {
    perSecond: (1000 * sorted.length) / (performance.now() - began),
    p50: at(0.5),
    p99: at(0.99),
    errors,
  };
  process.send?.(measured, () => process.exit());
}

/** HTTP/1.1 by hand: a client library would take from the server the time of the core they share. */
function openHttp({ port }: Load): Ask {
  const socket = connect(port, '127.0.0.1').setNoDelay();
  let received: Buffer[] = [];
  let missing = 0;
  let isRight = false;
  let answered: (right: boolean) => void = () => undefined;
  socket.on('data', (chunk) => {
    received.push(chunk);
    if (missing === 0) {
      const soFar = Buffer.concat(received);
      const end = soFar.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = soFar.toString('latin1', 0, end);
      missing = end + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1]) - soFar.length;
      isRight = head.startsWith('HTTP/1.1 200');
    } else missing -= chunk.length;
    if (missing > 0) return;
    const body = Buffer.concat(received).toString('latin1').split('"first_seen"').length - 1;
    received = [];
    answered(isRight && body === 50);
  });
  return (user) =>
    new Promise((resolve) => {
      const { url, cookie } = requestOf(user);
      answered = resolve;
      socket.write(`GET ${url} HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\n\r\n`);
    });
}

/** The statements of the endpoint's transaction, one after the other, on a connection like the service's. */
async function openDriver({ kind, address, statements: recorded, users }: Load): Promise<Ask> {
  const statements = recorded.map((statement, index) =>
    kind === 'prepared' && statement.text.startsWith('/* prepared */')
      ? { ...statement, name: `statement ${index}` }
      : statement,
  );
  const client = new Client({ ...address, options: `-c role=${SERVICE_ROLE} -c TimeZone=UTC` });
  await client.connect();
  const ids = Array.from({ length: users + 1 }, (_, user) => idOf(user));
  return async (user) => {
    let most = 0;
    for (const statement of statements) {
      const { rows } = await client.query(forUser(statement, ids[user] ?? '', routerOf(user)));
      most = Math.max(most, rows?.length ?? 0);
    }
    return most === 51;
  };
}

const RECORDED = { id: idOf(1), router: routerOf(1) };

/** A statement of user 1's, with the other user's ids. */
function forUser({ text, values = [], ...rest }: Statement, id: string, router: string) {
  const theirs = (value: unknown) => {
    if (value === RECORDED.id) return id;
    return value === RECORDED.router ? router : value;
  };
  return { ...rest, text: text.replace(RECORDED.id, id), values: values.map(theirs) };
}

function routerOf(user: number): string {
  return `router-${user}`;
}

/** As `md5('user' || n)::uuid` makes it. */
export function idOf(user: number): string {
  const digest = createHash('md5').update(`user${user}`).digest('hex');
  return digest.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

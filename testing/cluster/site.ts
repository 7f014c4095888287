/** Where the parts of a cluster run: all on this machine, or each node on a machine of its own, which is a network namespace. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import type { DatabaseAddress } from '../../src/config/database-address.ts';
import { relay } from '../../lab/relay.ts';

/** One machine. */
export type Machine = {
  address: string;
  /** What a command is prefixed with to run there. */
  enter: readonly string[];
  /** Settings that lead to the database from there. */
  database: Record<string, string>;
};

export type Site = {
  nodes: Machine[];
  /** Where the balancer, PostgreSQL and the API are. */
  hub: Machine;
  /** Takes a node's cable out, or plugs it in again; absent if all is on one machine. */
  cut?: (node: number) => void;
  connect?: (node: number) => void;
  close: () => void;
};

/** A bridge of a network that is nobody's (RFC 1918), in namespaces that are this process's own (`bench/cluster` makes them). */
const NETWORK = '10.77.0';
const HUB = `${NETWORK}.1`;
const POSTGRESQL = 5432;

export function oneMachine(nodes: number, address: DatabaseAddress): Site {
  const machine: Machine = {
    address: '127.0.0.1',
    enter: [],
    database: {
      DB_HOST: address.host,
      DB_NAME: address.database,
      DB_USERNAME: address.user,
      DB_PASSWORD: address.password ?? '',
    },
  };
  return {
    nodes: Array.from({ length: nodes }, () => machine),
    hub: machine,
    close: () => undefined,
  };
}

/** Makes a namespace for each node, and a bridge between them. Needs root, in a network namespace of one's own. */
export async function manyMachines(nodes: number, address: DatabaseAddress): Promise<Site> {
  const ip = (line: string) => execFileSync('ip', line.split(' '), { stdio: 'pipe' });
  ip('link set lo up');
  ip('link add cluster type bridge forward_delay 0');
  ip(`address add ${HUB}/24 dev cluster`);
  ip('link set cluster up');
  for (let node = 0; node < nodes; node += 1) {
    ip(`netns add node${node}`);
    ip(`link add cable${node} type veth peer name eth0 netns node${node}`);
    ip(`link set cable${node} master cluster up`);
    ip(`-n node${node} link set lo up`);
    ip(`-n node${node} address add ${addressOf(node)}/24 dev eth0`);
    ip(`-n node${node} link set eth0 up`);
  }
  // The embedded PostgreSQL has a socket only.
  const database = relay(
    { host: HUB, port: POSTGRESQL },
    { path: `${address.host}/.s.PGSQL.${address.port}` },
  );
  await once(database, 'listening');
  const { user, password = '', database: name } = address;
  const url = `postgresql://${user}:${password}@${HUB}:${POSTGRESQL}/${name}?sslmode=disable`;
  const { hub } = oneMachine(0, address);
  return {
    nodes: Array.from({ length: nodes }, (_, node) => ({
      address: addressOf(node),
      enter: ['ip', 'netns', 'exec', `node${node}`],
      database: { DATABASE_URL: url },
    })),
    hub: { ...hub, address: HUB },
    cut: (node) => void ip(`link set cable${node} down`),
    connect: (node) => void ip(`link set cable${node} up`),
    close: () => void database.close(),
  };
}

function addressOf(node: number): string {
  return `${NETWORK}.${11 + node}`;
}

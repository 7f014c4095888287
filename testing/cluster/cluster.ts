/** Several real Commands-Servers on one PostgreSQL, with HAProxy before them and an API beside. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RouterAccess } from '../../src/api/app.ts';
import { PROJECT_FOLDER } from '../../src/config/config.ts';
import { OWNER_ROLE, SERVICE_ROLE } from '../../src/config/database-address.ts';
import { type Database, openDatabase } from '../../src/database/pool.ts';
import { readOrMakeHostKeys } from '../../src/fleet/openwrt/host-key.ts';
import { freePort } from '../free-port.ts';
import { startPostgresql } from './postgresql.ts';
import { type Program, createProgram } from './program.ts';
import { type Machine, type Site, manyMachines, oneMachine } from './site.ts';

const NETPILOT = join(PROJECT_FOLDER, 'bin/netpilot');
const HAPROXY_CONFIG = readFileSync(join(PROJECT_FOLDER, 'deploy/cluster/haproxy.cfg'), 'utf8');
export const SECRET_KEY = 'a key for measurements only, of 32 characters or more';
const NODES = 3;

export type Node = Program & { number: number; port: number };

export type Cluster = {
  nodes: Node[];
  balancer: Program;
  api: Program;
  /** By which the processes tell and ask each other; none: they do by PostgreSQL and HTTP. */
  nats: Program[];
  /** Of the API. */
  url: string;
  access: RouterAccess;
  service: Database;
  owner: Database;
  /** Ends PostgreSQL as `pg_ctl stop -m immediate` does, and waits until it answers again: it is started at once. */
  killDatabase: () => Promise<void>;
  /** Its folder, with the logs. */
  folder: string;
  site: Site;
  /** @param isKept whether the folder stays, for somebody who looks into the logs */
  close: (isKept?: boolean) => Promise<void>;
};

export type ClusterOptions = {
  /** Each node on a machine of its own. */
  hasMachines: boolean;
  /** HAProxy as it should be; else a balancer that only connects: it looks at ports, names no router, and cuts nobody off. */
  isAware: boolean;
  /** How many NATS servers. */
  nats: number;
};

/** Starts all of it. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-cluster-'));
  const { addresses, kill, leave } = await startPostgresql(folder);
  const site = await (options.hasMachines ? manyMachines : oneMachine)(NODES, addresses.service);
  const lost = { onConnectionLost: () => undefined };
  const service = openDatabase(addresses.service, { role: SERVICE_ROLE, ...lost });
  const owner = openDatabase(addresses.admin, { role: OWNER_ROLE, ...lost });
  const hostKeys = await readOrMakeHostKeys(service.database, SECRET_KEY);

  const [routersPort, apiPort] = [await freePort(), await freePort()];
  const nats = await prepareNats(options.nats, site, folder);
  const netpilot = (machine: Machine, roles: string[], env: Record<string, string>, log: string) =>
    createProgram({
      command: [...machine.enter, NETPILOT, 'serve', ...roles.flatMap((role) => ['--role', role])],
      env: {
        ...machine.database,
        ...(nats.url !== '' && { NATS_URL: nats.url }),
        ...env,
        SECRET_KEY,
        NETPILOT_DATA: join(folder, 'data'),
        LOG_LEVEL: 'warn',
      },
      log: join(folder, `${log}.log`),
      ready: /accepts routers|is running/,
    });
  const ports = await Promise.all(site.nodes.map(() => Promise.all([freePort(), freePort()])));
  const nodes = site.nodes.map((machine, number): Node => {
    const [port, inner] = ports[number] ?? [0, 0];
    const env = {
      ROUTERS_HOST: machine.address,
      ROUTERS_PORT: String(port),
      COMMANDS_SERVER_HOST: machine.address,
      COMMANDS_SERVER_PORT: String(inner),
      TRUSTED_PROXIES: site.hub.address,
    };
    return { ...netpilot(machine, ['commands-server'], env, `node${number}`), number, port };
  });
  const api = netpilot(site.hub, ['api', 'worker'], { PORT: String(apiPort) }, 'api');
  const config = join(folder, 'haproxy.cfg');
  const places = site.nodes.map(({ address }, number) => ({ address, ports: ports[number] ?? [] }));
  writeFileSync(config, writeBalancer(places, routersPort, options));
  const balancer = createProgram({
    command: ['haproxy', '-db', '-f', config],
    log: join(folder, 'haproxy.log'),
  });
  await Promise.all(nats.servers.map(({ start }) => start()));
  await Promise.all([api, ...nodes].map(({ start }) => start()));
  await balancer.start();
  return {
    nodes,
    balancer,
    api,
    nats: nats.servers,
    url: `http://localhost:${apiPort}`,
    access: { host: '127.0.0.1', port: routersPort, hostKeys: [hostKeys.ed25519.publicKey] },
    service: service.database,
    owner: owner.database,
    killDatabase: kill,
    folder,
    site,
    close: async (isKept = false) => {
      await Promise.all(
        [balancer, api, ...nodes, ...nats.servers].map(({ end }) => end('SIGKILL')),
      );
      await Promise.all([service.close(), owner.close()]);
      site.close();
      await leave();
      if (!isKept) rmSync(folder, { recursive: true });
    },
  };
}

/** deploy/cluster/haproxy.cfg with these nodes, and the ports that are free here. */
export function writeBalancer(
  nodes: readonly { address: string; ports: readonly number[] }[],
  port: number,
  { isAware }: Pick<ClusterOptions, 'isAware'>,
): string {
  const text = HAPROXY_CONFIG.replace(/^frontend metrics[^]*/m, '')
    .replace('log /dev/log local0 notice', 'log stderr format raw local0 notice')
    // Each takes two file descriptors, of which a user has fewer than a service.
    .replace('maxconn 60000', 'maxconn 9000')
    .replace('bind :::2222 v4v6', `bind 127.0.0.1:${port}`)
    .replaceAll(/node(\d)\.example\.net:2222 check port 8081/g, (_all, number: string) => {
      const { address, ports } = nodes[Number(number) - 1] ?? { address: '', ports: [] };
      return `${address}:${ports[0]} check${isAware ? ` port ${ports[1]}` : ''}`;
    });
  if (isAware) return text;
  return text
    .replaceAll(/^.*(?:httpchk|disable-on-404|redispatch|retries).*\n/gm, '')
    .replace(' on-marked-down shutdown-sessions send-proxy-v2', '');
}

/** So many servers that know each other, not started yet, and what they are called. */
async function prepareNats(count: number, { hub }: Site, folder: string) {
  const ports = await Promise.all(
    Array.from({ length: count }, () => Promise.all([freePort(), freePort()])),
  );
  const routes = ports.map(([, port]) => `nats://${hub.address}:${port}`).join(',');
  return {
    url: ports.map(([port]) => `nats://${hub.address}:${port}`).join(','),
    servers: ports.map(([port, routed], number) => {
      const line = `--name n${number} --addr ${hub.address} --port ${port} --cluster_name cluster --cluster nats://${hub.address}:${routed} --routes ${routes}`;
      return createProgram({
        command: ['nats-server', ...line.split(' ')],
        // Debian has it where not everybody looks.
        env: { PATH: `${process.env['PATH']}:/usr/sbin` },
        log: join(folder, `nats${number}.log`),
      });
    }),
  };
}

/** The papers of several machines, each read by the program that it is for. */
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { writeBalancer } from '../../testing/cluster/cluster.ts';
import { freePort } from '../../testing/free-port.ts';
import { PROJECT_FOLDER, parseConfig } from '../../src/config/config.ts';
import { VARIABLES } from '../../src/config/variables.ts';
import { FILLED, REFERENCE, readFilled } from '../compose.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'netpilot-papers-'));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');

function has(command: string, ...parameters: string[]): boolean {
  try {
    execFileSync(command, parameters, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Writes a paper as somebody has filled it in. */
function fill(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('no paper has an address that is somebody’s, or a secret', () => {
  for (const name of ['haproxy.cfg', 'patroni.yml', 'netpilot@.service', 'compose.yaml']) {
    const text = read(name);
    const names = text.match(/\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|de|io)\b/g) ?? [];
    const others = new Set(['accounts.google.com']);
    expect(names.filter((each) => !each.endsWith('example.net') && !others.has(each))).toEqual([]);
    // What is asked of the environment is none.
    expect(text.replaceAll(/\$\{\w+:\?.*\}/g, '')).not.toMatch(/(password|secret\w*): *\S|BEGIN/i);
  }
});

describe.skipIf(!has('haproxy', '-v'))('HAProxy', () => {
  const check = async (text: string) => {
    const { stdout, stderr } = await run('haproxy', ['-c', '-f', fill('haproxy.cfg', text)]);
    return `${stdout}${stderr}`;
  };

  test('finds nothing wrong, but that it does not know the names of the example', async () => {
    const said = await check(read('haproxy.cfg'));
    const wrong = said.split('\n').filter((line) => /WARNING|ALERT/.test(line));
    expect(wrong).toHaveLength(5);
    for (const line of wrong) expect(line).toContain("example.net', disabling server");
  });

  test('takes it as it is measured and tested', async () => {
    const nodes = [1, 2, 3].map(() => ({ address: '127.0.0.1', ports: [2222, 8081] }));
    for (const isAware of [true, false]) {
      const text = writeBalancer(nodes, 2222, { isAware });
      expect(text).not.toContain('example.net');
      expect(await check(text)).not.toMatch(/WARNING|ALERT/);
    }
  });
});

describe.skipIf(!has('patroni', '--version'))('Patroni', () => {
  const PROGRAMS = 'pg_ctl initdb pg_controldata pg_basebackup postgres pg_isready'.split(' ');

  /** It looks whether etcd can be reached, its own ports are free, and PostgreSQL is there. */
  async function validate(text: string): Promise<string> {
    const bin = join(folder, 'bin');
    mkdirSync(bin, { recursive: true });
    for (const program of PROGRAMS)
      writeFileSync(join(bin, program), '#!/bin/sh\necho 15\n', { mode: 0o755 });
    const etcd = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void etcd.close());
    await once(etcd, 'listening');
    const address = etcd.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const filled = text
      .replaceAll(/etcd\d\.example\.net:2379/g, `127.0.0.1:${port}`)
      .replace('0.0.0.0:8008', `127.0.0.1:${await freePort()}`)
      .replace('0.0.0.0:5432', `127.0.0.1:${await freePort()}`)
      .replace('/usr/lib/postgresql/15/bin', bin)
      .replace('/var/lib/postgresql/netpilot', join(folder, 'data'));
    return run('patroni', ['--validate-config', fill('patroni.yml', filled)]).then(
      ({ stdout, stderr }) => `${stdout}${stderr}`,
      (error: unknown) => String(error),
    );
  }

  test('finds nothing wrong', async () => {
    expect(await validate(read('patroni.yml'))).toBe('');
  });

  test('would find something', async () => {
    expect(await validate(read('patroni.yml').replace('scope: ', 'scop: '))).toContain('scope');
  });
});

test('of what PostgreSQL has acknowledged nothing is lost in a failover, and who is away is noticed in time', () => {
  const { bootstrap } = parse(read('patroni.yml'));
  expect(bootstrap.dcs).toMatchObject({ synchronous_mode: true, maximum_lag_on_failover: 0 });
  expect(bootstrap.dcs.ttl + bootstrap.dcs.loop_wait).toBeLessThanOrEqual(30);
});

describe('Compose', () => {
  const text = read('compose.yaml');
  const Environment = Type.Record(Type.String(), Type.String());
  const Service = Type.Object({
    image: Type.String(),
    profiles: Type.Tuple([Type.Literal('cluster')]),
    environment: Type.Optional(Environment),
    healthcheck: Type.Optional(Type.Object({ test: Type.Array(Type.String()) })),
    networks: Type.Optional(
      Type.Object({ default: Type.Object({ aliases: Type.Array(Type.String()) }) }),
    ),
    ports: Type.Optional(Type.Array(Type.String())),
    volumes: Type.Optional(Type.Array(Type.String())),
    read_only: Type.Literal(true),
    cap_drop: Type.Tuple([Type.Literal('ALL')]),
    security_opt: Type.Tuple([Type.Literal('no-new-privileges:true')]),
  });
  const Netpilot = Type.Object(
    {
      command: Type.Array(Type.String()),
      environment: Environment,
      ports: Type.Array(Type.String()),
    },
    { additionalProperties: false },
  );
  const Compose = Type.Object(
    {
      'x-node': Type.Unknown(),
      services: Type.Object(
        {
          netpilot: Netpilot,
          node1: Service,
          node2: Service,
          node3: Service,
          haproxy: Service,
          nats: Service,
        },
        { additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  );
  const { services } = Value.Parse(Compose, readFilled(text, FILLED));
  const { netpilot, ...added } = services;
  const nodes = [added.node1, added.node2, added.node3];

  test('asks for nothing that deploy/.env does not have', () => {
    const example = parseEnv(
      readFileSync(join(import.meta.dirname, '../compose.env.example'), 'utf8'),
    );
    const asked = Array.from(text.matchAll(REFERENCE), ([, name = '']) => name);
    expect(Object.keys(example)).toEqual(expect.arrayContaining(asked));
  });

  test('gives each node a configuration, by which HAProxy is believed and reaches it', () => {
    for (const { environment = {} } of nodes) {
      expect(VARIABLES).toEqual(expect.arrayContaining(Object.keys(environment)));
      expect(parseConfig({ ...environment, HOST: '0.0.0.0' })).toMatchObject({
        commandsServer: { host: '0.0.0.0', port: 8081 },
        routers: { port: 2222 },
        trustedProxies: ['172.30.77.0/24'],
      });
    }
    const names = nodes.flatMap(({ networks }) => networks?.default.aliases ?? []);
    for (const name of names)
      expect(read('haproxy.cfg')).toContain(`${name}:2222 check port 8081\n`);
    expect(new Set(names).size).toBe(3);
  });

  test('asks a node whether it is well at the port that it has', async () => {
    const [, program = '', ...parameters] = added.node1.healthcheck?.test ?? [];
    const asked: (string | undefined)[] = [];
    const node = createHttpServer(({ url }, response) => {
      asked.push(url);
      response.writeHead(asked.length === 1 ? 200 : 503).end();
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void node.close());
    await once(node, 'listening');
    const address = node.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const { commandsServer } = parseConfig({ ...added.node1.environment, HOST: '0.0.0.0' });
    const own = `:${commandsServer.port}/`;
    const look = parameters.map((parameter) => parameter.replace(own, `:${port}/`));
    expect(look).not.toEqual(parameters);
    await run(program, look);
    await expect(run(program, look)).rejects.toMatchObject({ code: 1 });
    expect(asked).toEqual(['/readyz', '/readyz']);
  });

  test('lets the API have the rest of what one process does, and all of them the same hints', () => {
    expect(netpilot.command).toEqual(['serve', '--role', 'api', '--role', 'worker']);
    const urls = [netpilot, ...nodes].map(({ environment }) => environment?.['NATS_URL']);
    expect(new Set(urls)).toEqual(new Set(['nats://nats:4222']));
  });

  test('lets routers reach HAProxy, and nobody from elsewhere anything else', () => {
    expect(netpilot.ports).toEqual(['127.0.0.1:8080:8080']);
    const ports = Object.entries(added).flatMap(([name, service]) =>
      (service.ports ?? []).map((port) => `${name} ${port}`),
    );
    expect(ports).toEqual(['haproxy 2222:2222']);
    const [mount = ''] = added.haproxy.volumes ?? [];
    const [file = '', , mode] = mount.split(':');
    expect([existsSync(join(import.meta.dirname, '..', file)), mode]).toEqual([true, 'ro']);
  });
});

describe.skipIf(!has('systemd-analyze', '--version'))('systemd', () => {
  test.each(['api', 'commands-server', 'worker'])('runs the role %s by it', async (role) => {
    const unit = read('netpilot@.service').replaceAll('/opt/netpilot', PROJECT_FOLDER);
    const file = fill(`netpilot@${role}.service`, unit);
    const verify = await run('systemd-analyze', ['verify', '--man=no', file]);
    expect([verify.stdout, verify.stderr]).toEqual(['', '']);
    const { stdout } = await run('systemd-analyze', [
      'security',
      '--offline=yes',
      '--threshold=20',
      file,
    ]);
    expect(stdout).toContain('Overall exposure level');
  });

  test('has nothing that the unit of one machine lacks, but what is of several', () => {
    const linesOf = (text: string) =>
      text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const one = linesOf(
      readFileSync(join(import.meta.dirname, '../systemd/netpilot.service'), 'utf8'),
    );
    const several = linesOf(read('netpilot@.service'));
    const own = several.filter((line) => !one.includes(line)).map((line) => line.split('=')[0]);
    const allowed = ['Description', 'Documentation', 'After', 'ExecStart', 'TimeoutStopSec'];
    expect(allowed).toEqual(expect.arrayContaining(own));
    expect(several).toHaveLength(one.length);
  });
});

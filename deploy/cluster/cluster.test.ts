/** The papers of several machines, each read by the program that it is for. */
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { writeBalancer } from '../../testing/cluster/cluster.ts';
import { freePort } from '../../testing/free-port.ts';
import { PROJECT_FOLDER } from '../../src/config/config.ts';

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
  for (const name of ['haproxy.cfg', 'patroni.yml', 'netpilot@.service']) {
    const text = read(name);
    const names = text.match(/\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|de|io)\b/g) ?? [];
    expect(names.filter((each) => !each.endsWith('example.net'))).toEqual([]);
    expect(text).not.toMatch(/password:|BEGIN|secret_key/i);
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
    expect(several.filter((line) => !one.includes(line)).map((line) => line.split('=')[0])).toEqual(
      ['Description', 'Documentation', 'After', 'ExecStart', 'TimeoutStopSec'],
    );
    expect(several).toHaveLength(one.length);
  });
});

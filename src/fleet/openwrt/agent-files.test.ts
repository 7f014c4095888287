import { createHash } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createTestApp } from '../../../testing/app.ts';
import { createTestDatabase } from '../../../testing/database.ts';
import { installLine } from './installer.ts';

const { app, config } = await createTestApp(
  await createTestDatabase(),
  {},
  {
    PUBLIC_URL: 'https://netpilot.example.com',
    GOOGLE_CLIENT_ID: 'id',
    GOOGLE_CLIENT_SECRET: 'secret',
  },
);

test('the installer is a whole program that knows where it came from', async () => {
  const answer = await app.inject('/install.sh');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(answer.body).toContain(`url='${config.publicUrl}'`);
  expect(answer.body).toContain("server_keys='ssh-ed25519 AAAA\nssh-rsa AAAA'");
  expect(answer.body).not.toMatch(/@[A-Z]/);
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-install-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  writeFileSync(join(folder, 'install.sh'), answer.body);
  execFileSync('sh', ['-n', join(folder, 'install.sh')]);
});

test('the installer does nothing unless all of it arrives', async () => {
  const lines = (await app.inject('/install.sh')).body.trimEnd().split('\n');
  for (let arrived = 0; arrived < lines.length; arrived += 1) {
    const cut = lines.slice(0, arrived).join('\n');
    // Were main run, it would say that it has no code.
    const { stderr } = spawnSync('sh', ['-s'], { input: cut, encoding: 'utf8' });
    expect(stderr).not.toContain('netpilot:');
  }
});

test('the installer has the SHA-256 of every file that it fetches', async () => {
  const { body } = await app.inject('/install.sh');
  for (const name of ['netpilot-agent', 'netpilot.init']) {
    const file = (await app.inject(`/agent/${name}`)).rawPayload;
    expect(body).toContain(createHash('sha256').update(file).digest('hex'));
  }
});

test('the line to paste is one that OpenWrt reads whole, and runs the script only if all of it is right', () => {
  const url = `https://${'long-name.'.repeat(10)}example.com`;
  const program = 'echo "ran with $1"\n';
  const line = installLine(url, program, 'AAAA-BBBB-CCCC');
  expect(line.length).toBeLessThan(512);
  expect(line).not.toMatch(/\s\s/);
  const paste = (arrived: string) => {
    const wget = `wget() { printf '%s' '${arrived}'; }`;
    const { stdout, stderr, status } = spawnSync('sh', ['-c', `${wget}\n${line}`], {
      encoding: 'utf8',
    });
    return { stdout, stderr, status };
  };
  expect(paste(program)).toEqual({ stdout: 'ran with AAAA-BBBB-CCCC\n', stderr: '', status: 0 });
  for (const other of [
    '',
    program.slice(0, -4),
    `${program}echo more\n`,
    `echo before\n${program}`,
  ])
    expect(paste(other)).toEqual({
      stdout: '',
      stderr: 'netpilot: the script did not arrive as it should: nothing was run\n',
      status: 1,
    });
});

test('the agent is served whole, from all of its parts', async () => {
  const program = (await app.inject('/agent/netpilot-agent')).body;
  expect(program).not.toMatch(/^include /m);
  for (const part of ['patterns_awk=', 'table_nft=', 'compile() {', 'serve() {', 'uninstall() {'])
    expect(program).toContain(part);
  expect(spawnSync('sh', ['-n'], { input: program, encoding: 'utf8' })).toMatchObject({
    stderr: '',
    status: 0,
  });
});

test('every name in the table has our prefix, as any other may be a keyword of some nftables', async () => {
  const program = (await app.inject('/agent/netpilot-agent')).body;
  const table = /table_nft='(.*?)\n'/s.exec(program)?.[1] ?? '';
  // `@ll,96,16` is a place in the frame.
  const named = [...table.matchAll(/\b(?:set|map|chain|jump|goto)[ ]+@?(\S+)|@(?!ll,)([a-z]\S*)/g)];
  const names = named.map(([, name, used]) => name ?? used).filter((name) => name !== 'oif');
  expect(names.length).toBeGreaterThan(40);
  expect(names.filter((name) => !name?.startsWith('np_'))).toEqual([]);
});

test('the installer asks for the code', async () => {
  const { body } = await app.inject('/install.sh');
  const { stderr, status } = spawnSync('sh', ['-s'], { input: body, encoding: 'utf8' });
  expect({ stderr, status }).toEqual({
    stderr: 'netpilot: give the pairing code: sh -s -- CODE\n',
    status: 1,
  });
});

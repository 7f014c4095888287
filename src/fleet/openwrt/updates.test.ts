/** Updates of agents, from the request over the API to what the router says: lab/update.test.ts has the router's side. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type Behaviour,
  type TestAgent,
  connectAgent,
  linkRouter,
} from '../../../testing/agent.ts';
import { createTestApp } from '../../../testing/app.ts';
import { startTestCommandsServer } from '../../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../../testing/database.ts';
import { PROJECT_FOLDER } from '../../config/config.ts';
import { readAgentFile } from './agent-program.ts';
import { isLaterVersion, readAgentRelease } from './agent-release.ts';
import { createOpenWrtDriver } from './driver.ts';
import { readOrMakeHostKeys } from './host-key.ts';
import { isSignedRelease, makeReleaseKey, signRelease } from './release-signature.ts';

const KEY = makeReleaseKey();
const PROGRAM = `#!/bin/sh\nVERSION=2.1.0\n${'# a line of the program\n'.repeat(3_000)}`;
const RELEASE = {
  version: '2.1.0',
  program: PROGRAM,
  signature: signRelease(PROGRAM, KEY.secretKey),
};
const readRelease = () => Promise.resolve(RELEASE);
const database = await createTestDatabase();
const { signIn } = await createTestApp(database, { readRelease });

async function home() {
  const ann = await signIn();
  const router = await linkRouter(database, ann.userId);
  const hostKeys = await readOrMakeHostKeys(
    database.service,
    'a key for tests only, 32 characters or more',
  );
  const driver = createOpenWrtDriver({ hostKeys, log: pino({ level: 'silent' }), readRelease });
  const { port } = await startTestCommandsServer(database, { driver });
  const path = `/api/v1/routers/${router.routerId}/update`;
  return {
    /** An agent that is connected, and does what its policy says. */
    connect: async (behaviour: Partial<Behaviour> = {}): Promise<TestAgent> => {
      const agent = await connectAgent(port, router, {
        version: '2.0.0',
        features: 'chunks,update',
        ...behaviour,
      });
      await agent.until(() => agent.heard.some((line) => line.startsWith('end ')));
      return agent;
    },
    find: async () => (await ann.request('GET', path)).json(),
    ask: () => ann.request('POST', path),
    audit: async () =>
      (await ann.request('GET', '/api/v1/audit?action=router.update_requested')).json().items,
  };
}

const isOffered = ({ heard }: TestAgent) => heard.includes('end 2.1.0');

describe('an update of an agent', () => {
  test('is sent whole, in chunks, once somebody asks for it; what the router then says is seen', async () => {
    const { connect, find, ask, audit } = await home();
    const agent = await connect();
    expect(await find()).toEqual({
      agent_version: '2.0.0',
      offered_version: '2.1.0',
      is_newer: true,
      is_allowed: true,
      update_version: null,
      update_state: null,
    });
    const answer = await ask();
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({ update_version: '2.1.0', update_state: 'wanted' });
    await agent.until(() => isOffered(agent));
    const lines = agent.heard.slice(agent.heard.findIndex((line) => line.startsWith('update ')));
    expect(lines[0]).toBe(`update 2.1.0 ${PROGRAM.length} ${RELEASE.signature}`);
    const program = lines.slice(1, lines.indexOf('end 2.1.0'));
    const text = program.filter((line) => !line.startsWith('chunk ')).join('\n');
    expect(`${text}\n`).toBe(PROGRAM);
    await ask(); // again, while it is on its way
    expect(await audit()).toMatchObject([{ details: { version: '2.1.0' } }]);
    agent.say('trying 2.1.0');
    await expect.poll(find).toMatchObject({ update_state: 'trying' });
    agent.client.end();
    const newer = await connect({ version: '2.1.0' });
    await expect.poll(find).toMatchObject({
      agent_version: '2.1.0',
      update_version: null,
      update_state: null,
      is_newer: false,
    });
    expect((await ask()).statusCode).toBe(409);
    expect(isOffered(newer)).toBe(false);
  });

  test.each(['signature', 'storage', 'not-allowed', 'version', 'broken', 'incomplete'])(
    'is not sent again if the router says that it has kept its own: %s',
    async (reason) => {
      const { connect, find, ask } = await home();
      const agent = await connect();
      await ask();
      await agent.until(() => isOffered(agent));
      agent.say(`kept 2.1.0 ${reason}`);
      await expect.poll(find).toMatchObject({ update_version: '2.1.0', update_state: reason });
      agent.client.end();
      const again = await connect();
      expect(await find()).toMatchObject({ update_state: reason });
      expect(isOffered(again)).toBe(false);
    },
  );

  test.each([
    ['the new one was put back', 'put-back', (agent: TestAgent) => agent.say('trying 2.1.0')],
    ['the connection ended', 'interrupted', () => undefined],
  ])('is not sent again if %s; asked for again, it is', async (_what, state, answer) => {
    const { connect, find, ask } = await home();
    const agent = await connect();
    await ask();
    await agent.until(() => isOffered(agent));
    answer(agent);
    await expect
      .poll(find)
      .toMatchObject({ update_state: state === 'put-back' ? 'trying' : 'sending' });
    agent.client.end();
    await agent.ended;
    const again = await connect();
    await expect.poll(find).toMatchObject({ agent_version: '2.0.0', update_state: state });
    expect(isOffered(again)).toBe(false);
    expect((await ask()).statusCode).toBe(202);
    await again.until(() => isOffered(again));
  });

  test('is refused if the owner has not allowed it on the router, or it is not connected', async () => {
    const { connect, find, ask } = await home();
    expect((await ask()).statusCode).toBe(409);
    await connect({ features: 'chunks' });
    expect(await find()).toMatchObject({ is_allowed: false, is_newer: true });
    const answer = await ask();
    expect(answer.statusCode).toBe(409);
    expect(answer.json().detail).toContain('netpilot-agent updates on');
  });

  test('nobody asked for ends the connection', async () => {
    const { connect } = await home();
    const agent = await connect();
    agent.say('trying 2.1.0');
    await expect(agent.ended).resolves.toBeUndefined();
  });
});

describe('what this server offers', () => {
  test('is its agent, if the release key has signed just that', async () => {
    expect(await readAgentRelease()).toBeUndefined(); // nobody has signed what is in the repository
    const folder = mkdtempSync(join(tmpdir(), 'netpilot-agent-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    cpSync(join(PROJECT_FOLDER, 'agent'), folder, { recursive: true });
    writeFileSync(join(folder, 'release.pub'), KEY.publicKey);
    const program = await readAgentFile('netpilot-agent', folder);
    const sign = (secretKey: string) =>
      writeFileSync(join(folder, 'netpilot-agent.sig'), `${signRelease(program, secretKey)}\n`);
    expect(await readAgentRelease(folder)).toBeUndefined();
    sign(makeReleaseKey().secretKey);
    expect(await readAgentRelease(folder)).toBeUndefined();
    sign(KEY.secretKey);
    const [, version] = /^VERSION=(.*)$/m.exec(program) ?? [];
    expect(await readAgentRelease(folder)).toMatchObject({ version, program });
    writeFileSync(join(folder, 'dial.sh'), '# another one\n');
    expect(await readAgentRelease(folder)).toBeUndefined();
  });

  test('is signed by the programs of a release, with the key as a file or as a secret of CI', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'netpilot-release-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const agent = join(folder, 'agent');
    cpSync(join(PROJECT_FOLDER, 'agent'), agent, { recursive: true });
    const [secret, made] = [join(folder, 'secret'), join(agent, 'release.pub')];
    const run = (program: string, args: string[], env = {}) =>
      execFileSync(process.execPath, [join(PROJECT_FOLDER, 'deploy/release', program), ...args], {
        encoding: 'utf8',
        env: { ...process.env, ...env },
        stdio: 'pipe',
      });
    run('make-key.ts', [secret, made]);
    expect(statSync(secret).mode & 0o777).toBe(0o600);
    expect(() => run('make-key.ts', [secret, made])).toThrow('EEXIST');
    const byFile = run('sign-agent.ts', [secret, agent]);
    const bySecret = run('sign-agent.ts', ['', agent], {
      RELEASE_KEY: readFileSync(secret, 'utf8'),
    });
    expect(bySecret).toBe(byFile);
    expect(() => run('sign-agent.ts', ['', agent])).toThrow('bin/release-key makes one');
    writeFileSync(join(folder, 'other'), makeReleaseKey().secretKey);
    expect(() => run('sign-agent.ts', [join(folder, 'other'), agent])).toThrow('release.pub');
    writeFileSync(join(agent, 'netpilot-agent.sig'), byFile);
    expect(await readAgentRelease(agent)).toMatchObject({ signature: byFile.trim() });
  });

  test('is printable ASCII, as nothing else crosses the wire', async () => {
    expect(await readAgentFile('netpilot-agent')).toMatch(/^[\n -~]*\n$/);
  });

  test('has a signature that says nothing of another text, key or form', () => {
    const { signature } = RELEASE;
    expect(isSignedRelease(PROGRAM, signature, KEY.publicKey)).toBe(true);
    expect(signature).toHaveLength(100);
    expect(isSignedRelease(`${PROGRAM} `, signature, KEY.publicKey)).toBe(false);
    expect(isSignedRelease(PROGRAM, signature, makeReleaseKey().publicKey)).toBe(false);
    for (const wrong of ['', 'AAAA', `${signature}AAAA`, signature.replace(/^../, 'AA')])
      expect(isSignedRelease(PROGRAM, wrong, KEY.publicKey)).toBe(false);
    expect(isSignedRelease(PROGRAM, signature, 'untrusted comment: none\n')).toBe(false);
    expect(() => signRelease(PROGRAM, KEY.publicKey)).toThrow('bin/release-key');
  });

  test.each([
    ['2.0.1', '2.0.0', true],
    ['2.1.0', '2.0.9', true],
    ['10.0.0', '9.9.9', true],
    ['2.0.0', '2.0.0', false],
    ['1.9.9', '2.0.0', false],
    ['2.0.0', '', false],
    ['2.1', '2.0.0', false],
    ['2.0.0', '1.0', false],
  ])('is later or not: %s than %s: %s', (version, than, isLater) => {
    expect(isLaterVersion(version, than)).toBe(isLater);
  });
});

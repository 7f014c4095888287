/** The whole way: a person blocks a device by the API, and packets stop. With the real server, agent and network. */
import { once } from 'node:events';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createTestApp } from '../testing/app.ts';
import { type Child, runChild } from '../testing/child.ts';
import { createTestDatabase } from '../testing/database.ts';
import { readOrMakeHostKey } from '../src/ssh-server/host-key.ts';
import { expose } from './cloud.ts';
import { createLab, INTERNET4, INTERNET6, whyNoLab } from './lab.ts';
import { eventually, reaches, receivesData, startDownload } from './probe.ts';

const reason = whyNoLab();
const SECRET = 'a key for tests only, 32 characters or more';
// A router that can't reach its server waits up to a minute before it tries again.
vi.setConfig({ testTimeout: 240_000 });

describe.skipIf(reason)(`a home${reason ? ` (not run: ${reason})` : ''}`, async () => {
  if (reason) return;
  const database = await createTestDatabase();
  const { publicKey } = await readOrMakeHostKey(database.service, SECRET);
  const { app, signIn } = await createTestApp(
    database,
    { routerAccess: { host: INTERNET4, port: 2222, hostKey: publicKey } },
    { NETPILOT_PUBLIC_URL: `http://${INTERNET4}:8080` },
  );
  const api = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const lab = await createLab(2);
  const closeApi = await expose(lab, 8080, Number(api.port));
  let server = await startServer();
  let cut = await expose(lab, 2222, server.port);
  afterAll(async () => {
    server.child.process.kill('SIGKILL');
    await closeApi();
    await cut();
    await lab[Symbol.asyncDispose]();
  });
  const [one, two] = lab.clients;
  if (!one || !two) throw new Error('the lab has two clients');
  const before = (await lab.router.run('nft', 'list', 'ruleset')).stdout;
  const ann = await signIn();
  const base = '/api/v1/routers/mac-027700000001';
  const delivery = async (): Promise<string> =>
    (await ann.request('GET', `${base}/policy`)).json().delivery.state;
  const isApplied = async (): Promise<boolean> => (await delivery()) === 'applied';
  const block = async (): Promise<string> => {
    const answer = await ann.request('POST', `${base}/blocks`, { device_mac: one.mac });
    expect(answer.statusCode).toBe(201);
    return answer.json().id;
  };
  const unblock = async (id: string): Promise<void> => {
    expect((await ann.request('POST', `${base}/blocks/${id}/unblock`)).statusCode).toBe(200);
  };

  /** A Commands-Server in a process of its own, that a test may kill. */
  async function startServer(): Promise<{ child: Child; port: number }> {
    const child = runChild(`
      import { pino } from 'pino';
      import { startCommandsServer } from './src/commands-server/start.ts';
      import { recordScan } from './src/devices/scan.ts';
      import { openDatabase } from './src/database/pool.ts';
      import { readOrMakeHostKey } from './src/ssh-server/host-key.ts';
      const serviceAddress = ${JSON.stringify(database.addresses.service)};
      const { database } = openDatabase(serviceAddress, { role: 'netpilot_service' });
      const hostKey = await readOrMakeHostKey(database, '${SECRET}');
      const { port } = await startCommandsServer({ database, serviceAddress, hostKey, log: pino({ level: 'silent' }),
        host: '127.0.0.1', port: 0, onSightings: async (sightings) => { await recordScan(database, sightings); } });
      console.log('port ' + port + '.');
    `);
    let said = '';
    child.process.stdout.on('data', (text: string) => (said += text));
    await child.says('.');
    return { child, port: Number(/port (\d+)/.exec(said)?.[1]) };
  }

  it('is linked by a code, and the agent finds its policy applied', async () => {
    const { code } = (await ann.request('POST', '/api/v1/pairing-codes')).json();
    const { process } = lab.agent('link', `http://${INTERNET4}:8080`, code);
    process.stdout.resume();
    expect(await once(process, 'exit')).toEqual([0, null]);
    lab.agent('run');
    await eventually(isApplied);
    await eventually(async () => {
      const devices = await ann.request('GET', `${base}/devices`);
      return devices.body.includes(one.mac) && devices.body.includes(two.mac);
    });
    expect(await reaches(one, INTERNET4)).toBe(true);
  });

  it('a block by the API stops packets, open downloads as well, and unblocking lets them pass', async () => {
    const download = await startDownload(one, INTERNET6);
    const id = await block();
    await eventually(isApplied);
    await eventually(async () => !(await receivesData(one)));
    expect(await reaches(one, INTERNET4)).toBe(false);
    expect(await reaches(two, INTERNET4)).toBe(true);
    await download.kill();
    await unblock(id);
    await eventually(() => reaches(one, INTERNET4));
  });

  it('a change while the cable is cut is pending, and holds once it is plugged in again', async () => {
    await lab.internet.run('ip', 'link', 'set', 'eth0', 'down');
    const id = await block();
    expect(await delivery()).toBe('pending');
    await lab.internet.run('ip', 'link', 'set', 'eth0', 'up');
    await eventually(isApplied);
    expect(await reaches(lab.router, await one.ip4())).toBe(false);
    await unblock(id);
    await eventually(isApplied);
  });

  it('a change that was committed when the server was killed holds when one runs again', async () => {
    server.child.process.kill('SIGSTOP'); // it hears of nothing any more
    const id = await block();
    server.child.process.kill('SIGKILL');
    await server.child.ended;
    expect(await delivery()).toBe('pending');
    expect(await reaches(one, INTERNET4)).toBe(true);
    await cut();
    server = await startServer();
    cut = await expose(lab, 2222, server.port);
    await eventually(isApplied);
    expect(await reaches(one, INTERNET4)).toBe(false);
    await unblock(id);
    await eventually(isApplied);
  });

  it('unlinking leaves the network as it was', async () => {
    await block();
    await eventually(isApplied);
    expect((await ann.request('POST', `${base}/unlink`)).statusCode).toBe(200);
    await eventually(async () => {
      const { stdout } = await lab.router.run('find', '/mnt/router', '-type', 'f');
      return stdout === '';
    });
    expect((await lab.router.run('nft', 'list', 'ruleset')).stdout).toBe(before);
    expect(await reaches(one, INTERNET4)).toBe(true);
  });
});

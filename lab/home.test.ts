/** The whole way: a person blocks a device by the API, and packets stop. With the real server, agent and network. */
import { afterAll, describe, expect, it } from 'vitest';
import { expose } from './cloud.ts';
import { createLab, INTERNET4, INTERNET6, whyNoLab } from './lab.ts';
import { eventually, reaches, receivesData, startDownload } from './probe.ts';
import { startService } from './service.ts';

const reason = whyNoLab();

describe.skipIf(reason)(`a home${reason ? ` (not run: ${reason})` : ''}`, async () => {
  if (reason) return;
  const lab = await createLab(2);
  afterAll(() => lab[Symbol.asyncDispose]());
  const { signIn, startCommandsServer } = await startService(lab);
  let server = await startCommandsServer();
  let cut = await expose(lab, 2222, server.port);
  afterAll(() => cut());
  const [one, two] = lab.clients;
  if (!one || !two) throw new Error('the lab has two clients');
  const before = (await lab.router.run('nft', 'list', 'ruleset')).stdout;
  const files = await lab.files();
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

  it('is linked by a line, and the agent finds its policy applied', async () => {
    const { install_line } = (await ann.request('POST', '/api/v1/pairing-codes')).json();
    expect(await lab.image.run('sh', '-c', install_line)).toMatchObject({ code: 0, stderr: '' });
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
    server = await startCommandsServer();
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
    await eventually(async () => (await lab.files()) === files);
    expect((await lab.router.run('nft', 'list', 'ruleset')).stdout).toBe(before);
    expect(await reaches(one, INTERNET4)).toBe(true);
  });
});

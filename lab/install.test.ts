/** The line that a person pastes, as a whole: on a router as OpenWrt has it, from the real service, until nothing is left. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { expose, listen } from './cloud.ts';
import { createLab, INTERNET4, type Result, whyNoLab } from './lab.ts';
import { eventually, reaches } from './probe.ts';
import { startService } from './service.ts';

const reason = whyNoLab();

describe.skipIf(reason)(`the install line${reason ? ` (not run: ${reason})` : ''}`, async () => {
  if (reason) return;
  const lab = await createLab(2);
  afterAll(() => lab[Symbol.asyncDispose]());
  const { app, signIn, startCommandsServer } = await startService(lab);
  const { port } = await startCommandsServer();
  afterAll(await expose(lab, 2222, port));
  const [one, two] = lab.clients;
  if (!one || !two) throw new Error('the lab has two clients');
  const ann = await signIn();
  const base = '/api/v1/routers/mac-027700000001';
  const askForLine = async (): Promise<string> =>
    (await ann.request('POST', '/api/v1/pairing-codes')).json().install_line;
  const paste = (line: string): Promise<Result> => lab.image.run('sh', '-c', line);
  const isApplied = async (): Promise<boolean> =>
    (await ann.request('GET', `${base}/policy`)).json().delivery.state === 'applied';
  const key = (): string => readFileSync(`${lab.root}/etc/netpilot/key`, 'latin1');

  /** The NetPilot programs that run, not what these start and end all the time: one line each, by its process ID. */
  const programs = async (): Promise<string[]> => {
    const lines = (await lab.router.run('ps', '-eo', 'pid,ppid,stat,args')).stdout.split('\n');
    const ours = lines.flatMap((line) => {
      const [, pid, parent, name] =
        /^ *(\d+) +(\d+) +[^Z].*(netpilot-agent|dbclient)/.exec(line) ?? [];
      return pid ? [{ pid, parent, name }] : [];
    });
    const pids = new Set<string | undefined>(ours.map(({ pid }) => pid));
    return ours.filter(({ parent }) => !pids.has(parent)).map(({ pid, name }) => `${pid} ${name}`);
  };

  /** All that NetPilot could leave: files (but for what is in memory until a reboot), rules, programs. */
  const traces = async () => {
    const files = (await lab.files()).split('\n');
    return {
      files: files.filter((file) => !file.startsWith('/tmp/run/netpilot/')),
      rules: (await lab.router.run('nft', 'list', 'ruleset')).stdout,
      programs: await programs(),
    };
  };
  const untouched = await traces();

  it('runs nothing of a download that is cut off anywhere', async () => {
    const whole = (await app.inject('/install.sh')).body;
    const last = whole.lastIndexOf('main "$@"');
    const cuts = Array.from(whole, (_, length) => length).filter((length) =>
      length > last ? length < last + 'main "$@"'.length : whole[length - 1] === '\n',
    );
    const server = createServer(({ url }, response) => {
      response.writeHead(200, { 'content-length': Buffer.byteLength(whole) });
      response.write(whole.slice(0, Number(url?.slice(1))), () => response.destroy());
    });
    const close = await expose(lab, 8081, await listen(server));
    const script = `for cut in ${cuts.join(' ')}; do wget -qO- http://${INTERNET4}:8081/$cut | sh -s -- CODE; done`;
    const { stdout, stderr } = await paste(script);
    await close();
    server.close();
    expect(stderr.match(/^wget: /gm)).toHaveLength(cuts.length); // each of them was cut
    expect(stdout).toBe('');
    // Of its last line there may be enough to say what is missing.
    const said = stderr.match(/^netpilot: .*/gm) ?? [];
    expect(said.filter((line) => !line.includes('give the pairing code'))).toEqual([]);
    expect(await traces()).toEqual(untouched);
  });

  it('changes nothing where the code is wrong', async () => {
    await askForLine();
    const wrong = await paste(
      `wget -qO- http://${INTERNET4}:8080/install.sh | sh -s -- AAAA-AAAA-AAAA`,
    );
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toContain('get a new one');
    expect(await traces()).toEqual(untouched);
  });

  it.each([
    ['script', '/install.sh', 'the script did not arrive as it should: nothing was run'],
    ['agent', '/agent/netpilot-agent', 'is not what this script was made for'],
    ['start file', '/agent/netpilot.init', 'is not what this script was made for'],
    ['host key', '/agent/register', 'another server has answered'],
  ])('changes nothing if somebody between changes the %s', async (_what, changed, complaint) => {
    const line = await askForLine();
    const answers = new Map<string | undefined, string>([
      ['/agent/register', `host ${INTERNET4}\nport 2222\nhost_key ssh-ed25519 AAAA\n`],
    ]);
    for (const path of ['/install.sh', '/agent/netpilot-agent', '/agent/netpilot.init'])
      answers.set(path, (await app.inject(path)).body);
    answers.set(changed, (answers.get(changed) ?? '').replace(/(?=\n$)/, 'A'));
    const between = createServer(({ url }, response) =>
      response.end(answers.get(url?.replace(/\?.*/, ''))),
    );
    const close = await expose(lab, 8081, await listen(between));
    await lab.router.run(
      'nft',
      `add table ip between; add chain ip between out { type nat hook output priority -100; };
       add rule ip between out tcp dport 8080 dnat to ${INTERNET4}:8081`,
    );
    const pasted = await paste(line);
    await lab.router.run('nft', 'delete table ip between');
    await close();
    between.close();
    expect(pasted).toMatchObject({ code: 1, stdout: '' });
    expect(pasted.stderr).toContain(complaint);
    expect(await traces()).toEqual(untouched);
  });

  it('links the router and starts its agent: a device is blocked', async () => {
    const line = await askForLine();
    expect(line).toMatch(/'http:.*\/install.sh\?code=.* sh [0-9A-Z-]+$/);
    expect(await paste(line)).toEqual({
      code: 0,
      stdout: `This router is linked to http://${INTERNET4}:8080 as mac-027700000001.\n`,
      stderr: '',
    });
    await eventually(isApplied);
    await eventually(async () =>
      (await ann.request('GET', `${base}/devices`)).body.includes(one.mac),
    );
    const blocked = await ann.request('POST', `${base}/blocks`, { device_mac: one.mac });
    expect(blocked.json()).toMatchObject({ device_mac: one.mac });
    await eventually(isApplied);
    expect(await reaches(one, INTERNET4)).toBe(false);
    expect(await reaches(two, INTERNET4)).toBe(true);
    const { stdout } = await lab.image.run('netpilot-agent', 'status');
    expect(stdout).toContain(' 1 blocks.');
  });

  it('leaves a linked router as it was where it is pasted again, by a wrong code', async () => {
    const before = { ...(await traces()), key: key() };
    expect(before.programs).toEqual([expect.stringMatching(/^\d+ netpilot-agent$/)]);
    const again = await paste(
      `wget -qO- http://${INTERNET4}:8080/install.sh | sh -s -- AAAA-AAAA-AAAA`,
    );
    expect(again.code).toBe(1);
    expect({ ...(await traces()), key: key() }).toEqual(before);
    expect(await reaches(one, INTERNET4)).toBe(false);
  });

  it('links it anew: the same router, by another key; the one before opens nothing', async () => {
    const old = key();
    await paste(`echo 'interval 1 # by hand' >>/etc/netpilot/config`);
    expect(await paste(await askForLine())).toMatchObject({ code: 0, stderr: '' });
    await eventually(isApplied);
    expect(key()).not.toBe(old);
    expect(readFileSync(`${lab.root}/etc/netpilot/config`, 'utf8')).toContain(
      'interval 1 # by hand',
    );
    expect((await ann.request('GET', '/api/v1/routers')).json().items).toHaveLength(1);
    expect(await reaches(one, INTERNET4)).toBe(false);
    writeFileSync(`${lab.root}/tmp/old`, old, { encoding: 'latin1', mode: 0o600 });
    const dial = `dbclient -i /tmp/old -p 2222 netpilot@${INTERNET4} 'netpilot 1'; rm /tmp/old`;
    const refused = await paste(`HOME=/etc/netpilot; export HOME; ${dial}`);
    expect(refused).toMatchObject({
      stdout: '',
      stderr: expect.stringContaining('No auth methods'),
    });
  });

  it('leaves nothing where the router is unlinked', async () => {
    expect((await ann.request('POST', `${base}/unlink`)).statusCode).toBe(200);
    await expect.poll(traces).toEqual(untouched);
    expect(await reaches(one, INTERNET4)).toBe(true);
  });

  it('leaves nothing where somebody removes it on the router', async () => {
    expect((await paste(await askForLine())).code).toBe(0);
    await eventually(isApplied);
    expect(await reaches(one, INTERNET4)).toBe(false);
    expect((await paste('netpilot-agent uninstall')).code).toBe(0);
    await expect.poll(traces).toEqual(untouched);
    expect(await reaches(one, INTERNET4)).toBe(true);
  });
});

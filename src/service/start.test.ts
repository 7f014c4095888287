import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { createCommandLine } from '../../testing/command-line.ts';
import { PROJECT_FOLDER, parseConfig } from '../config/config.ts';
import { serve } from './start.ts';

const { data } = await createCommandLine();

describe('A clone whose web app nobody built', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-clone-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  for (const name of ['bin', 'src', 'client', 'agent', 'package.json'])
    cpSync(join(PROJECT_FOLDER, name), join(folder, name), { recursive: true });
  symlinkSync(join(PROJECT_FOLDER, 'node_modules'), join(folder, 'node_modules'));

  const serveThere = (...options: string[]) =>
    spawnSync(join(folder, 'bin/netpilot'), ['serve', ...options], {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: 'postgresql://nobody:nothing@127.0.0.1:1/none',
        SECRET_KEY: 'a key of thirty-two characters or more',
      },
    });

  test('does not serve, and says how to build it', () => {
    expect(serveThere()).toMatchObject({
      status: 5,
      stdout: '',
      stderr: `netpilot: The web app is not built: run \`${folder}/bin/build-web\`.\n`,
    });
  });

  test('serves what needs no web app', () => {
    expect(serveThere('--role', 'commands-server', '--role', 'worker').stderr).toContain(
      'The database none at 127.0.0.1 cannot be reached',
    );
  });
});

/** Takes a port, unless somebody else has it. */
async function occupy(port: number): Promise<void> {
  const server = createServer().listen(port, '::');
  onTestFinished(() => void server.close());
  await Promise.race([once(server, 'listening'), once(server, 'error')]).catch(() => undefined);
}

describe('The port for routers, if it is in use,', () => {
  const configWith = (settings: Record<string, string>) => {
    const places = { NETPILOT_DATA: data, COMMANDS_SERVER_PORT: '0', ROUTERS_HOST: '::' };
    return parseConfig({ ...places, LOG_LEVEL: 'silent', ...settings });
  };

  test('is another one on the machine of somebody who tries it', async () => {
    await occupy(2222);
    const service = await serve(configWith({}), { roles: ['commands-server'] });
    expect(service.routersPort).not.toBe(2222);
    await service.stop();
  });

  test('is refused in a deployment: firewalls and routers know that port', async () => {
    await occupy(2222);
    const issuer = { GOOGLE_CLIENT_ID: 'client', GOOGLE_CLIENT_SECRET: 'client secret' };
    const config = configWith({ ...issuer, PUBLIC_URL: 'https://netpilot.example.com' });
    await expect(serve(config, { roles: ['commands-server'] })).rejects.toThrow('ROUTERS_PORT');
  });
});

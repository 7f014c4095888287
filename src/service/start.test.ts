import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { PROJECT_FOLDER } from '../config/config.ts';

describe('A clone whose web app nobody built', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-clone-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  for (const name of ['bin', 'src', 'agent', 'package.json'])
    cpSync(join(PROJECT_FOLDER, name), join(folder, name), { recursive: true });
  symlinkSync(join(PROJECT_FOLDER, 'node_modules'), join(folder, 'node_modules'));

  const serve = (...options: string[]) =>
    spawnSync(join(folder, 'bin/netpilot'), ['serve', ...options], {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: 'postgresql://nobody:nothing@127.0.0.1:1/none',
        SECRET_KEY: 'a key of thirty-two characters or more',
      },
    });

  test('does not serve, and says how to build it', () => {
    expect(serve()).toMatchObject({
      status: 5,
      stdout: '',
      stderr: `netpilot: The web app is not built: run \`${folder}/bin/build-web\`.\n`,
    });
  });

  test('serves what needs no web app', () => {
    expect(serve('--role', 'commands-server', '--role', 'worker').stderr).toContain(
      'The database none at 127.0.0.1 cannot be reached',
    );
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { devicesFile, importFiles, snapshot, withFolder } from '../../testing/data-folder.ts';
import { createTestDatabase, createUser } from '../../testing/database.ts';

const { service, addresses } = await createTestDatabase();

const files = devicesFile(
  ...Array.from({ length: 20_000 }, (_, index) => ({
    ip: `10.0.${index >> 8}.${index & 255}`,
    mac: `02:00:00:00:${(index >> 8).toString(16).padStart(2, '0')}:${(index & 255).toString(16).padStart(2, '0')}`,
    last_seen: '2025-06-01T12:00:00',
  })),
);

/** Imports in a process of its own that tells when it is reading, and then waits to be killed. */
const PROGRAM = `
  const { importFolder } = await import(process.argv[1]);
  const [address, options] = JSON.parse(process.argv[2]);
  const onProgress = () => process.stdout.write('reading\\n');
  await importFolder(address, { ...options, onProgress });
`;

test.each([0, 20, 60, 120, 200])(
  'kill -9 of the importer, %d ms after it began to read, leaves all or nothing',
  async (delay) => {
    const userId = await createUser(service);
    await withFolder(files, async (source) => {
      const options = { source, routerId: 'home', actor: { userId, kind: 'operator' } };
      const child = spawn(
        process.execPath,
        [
          '--disable-warning=ExperimentalWarning',
          '--input-type=module',
          '--eval',
          PROGRAM,
          new URL('import.ts', import.meta.url).href,
          JSON.stringify([addresses.service, options]),
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const exited = once(child, 'exit');
      await once(child.stdout, 'data');
      const timer = setTimeout(() => child.kill('SIGKILL'), delay);
      await exited;
      clearTimeout(timer);
    });
    const devices = (await snapshot(service, userId))['user_devices'] ?? [];
    expect([0, 20_000]).toContain(devices.length);
    // Nothing has to be repaired: the same import simply runs, after the server has let go of the dead one.
    const { totals } = await importFiles(addresses.service, userId, files);
    expect(totals).toMatchObject({ read: 20_000, rejected: 0 });
    expect((await snapshot(service, userId))['user_devices']).toHaveLength(20_000);
  },
);

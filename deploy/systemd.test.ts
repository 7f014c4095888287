/** The units, as systemd itself reads them. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { PROJECT_FOLDER } from '../src/config/config.ts';

const FOLDER = join(import.meta.dirname, 'systemd');
const names = readdirSync(FOLDER);
const run = promisify(execFile);

function hasSystemd(): boolean {
  try {
    execFileSync('systemd-analyze', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test.each(names)('%s names files there are', (name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  for (const [path] of text.matchAll(/\/opt\/netpilot\/[\w./-]+/g))
    expect(existsSync(path.replace('/opt/netpilot', PROJECT_FOLDER))).toBe(true);
});

test.each(names.filter((name) => name.endsWith('.service')))(
  '%s keeps its data where it may write, whatever the file of settings says',
  (name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    expect(text).toContain('ProtectSystem=strict\n');
    expect(text).toMatch(/^StateDirectory=netpilot( |$)/m);
    // A file overrides Environment= (systemd.exec(5)), and .env.example has every variable.
    expect(text).not.toMatch(/^Environment=/m);
    expect(text).toMatch(/^ExecStart=.*\/bin\/netpilot \w+ --data \/var\/lib\/netpilot/m);
  },
);

describe.skipIf(!hasSystemd())('systemd', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-units-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const units = names.map((name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    const file = join(folder, name);
    writeFileSync(file, text.replaceAll('/opt/netpilot', PROJECT_FOLDER));
    return file;
  });

  test('finds nothing wrong with the units', async () => {
    const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', ...units]);
    expect([stdout, stderr]).toEqual(['', '']);
  });

  test.each(units.filter((unit) => unit.endsWith('.service')))(
    'finds that %s is exposed to little (2.0 of 10 at most)',
    async (unit) => {
      const analysis = await run('systemd-analyze', [
        'security',
        '--offline=yes',
        '--threshold=20',
        unit,
      ]);
      expect(analysis.stdout).toContain('Overall exposure level');
    },
  );
});

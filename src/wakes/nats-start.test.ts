/** What a real server says of a login and a certificate at the start. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { createAuthority } from '../../testing/certificates.ts';
import { freePort } from '../../testing/free-port.ts';
import { hasNatsServer, startNatsServer } from '../../testing/nats-server.ts';
import { parseConfig } from '../config/config.ts';
import { requireNats } from './nats-start.ts';

const folder = mkdtempSync(join(tmpdir(), 'netpilot-nats-'));
afterAll(() => rmSync(folder, { recursive: true }));

function seedFile(): { file: string; publicKey: string } {
  const key = nkeys.createUser();
  const file = join(folder, key.getPublicKey());
  writeFileSync(file, Buffer.from(key.getSeed()));
  return { file, publicKey: key.getPublicKey() };
}

const start = (settings: Record<string, string>) => requireNats(parseConfig(settings).nats);

describe.runIf(hasNatsServer)('a program does not start with', () => {
  test('an nkey that the server does not let in', async () => {
    const [right, wrong] = [seedFile(), seedFile()];
    const server = await startNatsServer(
      `authorization {\n users: [{ nkey: ${right.publicKey} }]\n}`,
    );
    onTestFinished(server.remove);
    const NATS_URL = server.url;
    await start({ NATS_URL, NATS_NKEY_FILE: right.file });
    await expect(start({ NATS_URL, NATS_NKEY_FILE: wrong.file })).rejects.toThrow(
      `NATS_NKEY_FILE: expected a login that the NATS server lets in (it says: Authorization Violation), got "${wrong.file}"`,
    );
    await expect(start({ NATS_URL })).rejects.toThrow(/^NATS_URL: expected a login .*not shown/);
  });

  test('a wrong password, which nobody learns', async () => {
    const server = await startNatsServer('authorization {\n user: np\n password: "right one"\n}');
    onTestFinished(server.remove);
    const NATS_URL = server.url.replace('//', '//np:hunter2@');
    await expect(start({ NATS_URL })).rejects.toThrow(
      /^NATS_URL: expected a login [^\n]*, got "\(not shown\)"$/,
    );
  });

  test('a certificate that nothing has signed which we trust; one that has expired is an outage', async () => {
    const [ours, another] = [createAuthority(folder, 'ours'), createAuthority(folder, 'another')];
    const open = async (days: number) => {
      const { certificate, key } = ours.issue(`server${days}`, days);
      const server = await startNatsServer(
        `tls {\n cert_file: "${certificate}"\n key_file: "${key}"\n}`,
      );
      onTestFinished(server.remove);
      return server.url.replace('nats:', 'tls:');
    };
    const NATS_URL = await open(1);
    await start({ NATS_URL, NATS_CA_FILE: ours.certificate });
    await expect(start({ NATS_URL, NATS_CA_FILE: another.certificate })).rejects.toThrow(
      `NATS_CA_FILE: expected a file with the certificate (PEM) that has signed those of the NATS servers, got "${another.certificate}"`,
    );
    await expect(start({ NATS_URL })).rejects.toThrow('NATS_CA_FILE');
    await start({ NATS_URL: await open(-1), NATS_CA_FILE: ours.certificate });
  });
});

test('a program starts while NATS is away, and without NATS', async () => {
  const NATS_URL = `nats://127.0.0.1:${await freePort()}`;
  await expect(start({ NATS_URL })).resolves.toBeUndefined();
  await expect(start({})).resolves.toBeUndefined();
});

/** By which keys routers come in: over real connections, of ssh2's client, OpenSSH's and dropbear's. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ssh2, {
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dial, exec } from '../../../testing/agent.ts';
import {
  HOST_KEYS,
  RSA_ROUTER,
  makeHostKeys,
  startRouterPort,
} from '../../../testing/router-port.ts';
import { copyRsaDropbear } from '../../../testing/rsa-dropbear.ts';
import { parsePublicKey } from '../../routers/public-key.ts';
import type { KeyKind } from '../../ssh-key.ts';
import type { HostKeys } from './host-key.ts';
import type { SshServerOptions } from './ssh-server.ts';

const run = promisify(execFile);

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** How an RSA key signs: the algorithm that it says, and the hash that it really takes (SHA-1 if none). */
type Attempt = { key: { private: string }; algorithm: string; hash: string | undefined };

/** ssh2 itself always says what it does. */
class Pretender extends ssh2.BaseAgent<ParsedKey> {
  readonly #key: ParsedKey;
  readonly #hash: string | undefined;

  constructor({ key, algorithm, hash }: Attempt) {
    super();
    const parsed = ssh2.utils.parseKey(key.private);
    if (parsed instanceof Error) throw parsed;
    this.#key = Object.defineProperty(parsed, 'type', { value: algorithm });
    this.#hash = hash;
  }

  override getIdentities(give: IdentityCallback<ParsedKey>): void {
    give(undefined, [this.#key]);
  }

  override sign(
    _key: ParsedKey,
    data: Buffer,
    ...rest: (SigningRequestOptions | SignCallback | undefined)[]
  ) {
    const give = rest.find((one) => typeof one === 'function');
    give?.(undefined, this.#key.sign(data, this.#hash));
  }
}

describe('an RSA key', () => {
  test('opens the door if it signs with SHA-2', async () => {
    const { port } = await startRouterPort();
    const client = await dial(port, { privateKey: RSA_ROUTER.privateKey });
    await expect(exec(client)).resolves.toBeDefined();
  });

  test.each<[string, Partial<Attempt>]>([
    ['SHA-1 under the name of another kind', { algorithm: 'ssh-ed25519', hash: undefined }],
    ['the name of one hash and another one', { algorithm: 'rsa-sha2-512', hash: 'sha256' }],
    [
      'fewer bits than are safe: 1024',
      { key: ssh2.utils.generateKeyPairSync('rsa', { bits: 1024 }) },
    ],
  ])('is refused if it signs with %s', async (_what, attempt) => {
    const { port, asked } = await startRouterPort();
    const known = { private: RSA_ROUTER.privateKey };
    const signed: Attempt = { key: known, algorithm: 'rsa-sha2-256', hash: 'sha256', ...attempt };
    await expect(dial(port, { agent: new Pretender(signed) })).rejects.toThrow('authentication');
    expect(asked).toEqual([]);
  });

  test('is refused if it signs with SHA-1', async () => {
    const { port, asked } = await startRouterPort();
    const folder = makeFolder();
    writeFileSync(join(folder, 'key'), RSA_ROUTER.privateKey, { mode: 0o600 });
    const options = `StrictHostKeyChecking=no UserKnownHostsFile=${folder}/known IdentitiesOnly=yes BatchMode=yes`;
    const dialWith = (algorithm: string) => {
      const chosen = [...options.split(' '), `PubkeyAcceptedAlgorithms=${algorithm}`];
      const more = chosen.flatMap((option) => ['-o', option]);
      const target = ['-p', String(port), '-i', join(folder, 'key'), 'netpilot@127.0.0.1'];
      const dialling = run('ssh', ['-F', 'none', ...more, ...target, 'netpilot 1']);
      dialling.child.stdin?.end();
      return dialling;
    };
    await expect(dialWith('ssh-rsa')).rejects.toThrow('Permission denied');
    expect(asked).toEqual([]);
    await dialWith('rsa-sha2-256').catch(() => undefined); // what it says at the end is not the point
    expect(asked).toHaveLength(1);
  });
});

const hasDropbear = spawnSync('dbclient', ['-V']).status === 0;
if (!hasDropbear) process.stderr.write('skipping what needs dropbear-bin (not installed)\n');

describe.skipIf(!hasDropbear)("dropbear's client, as OpenWrt has it", () => {
  /** A home folder with a key that dropbear made and the server's host key in known_hosts. */
  async function prepare(kind: KeyKind, options: Partial<SshServerOptions<string>> = {}) {
    const folder = makeFolder();
    const key = join(folder, 'key');
    if (kind === 'rsa') copyRsaDropbear(folder);
    const env = { HOME: folder, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
    const { stdout } = await run('dropbearkey', ['-t', kind, '-f', key], { env });
    const [line = ''] = /^ssh-\S+ \S+/m.exec(stdout) ?? [];
    const { fingerprint } = parsePublicKey(line);
    const server = await startRouterPort({
      findHolder: (presented) =>
        Promise.resolve(presented.equals(fingerprint) ? 'dropbear' : undefined),
      onChannel: (holder, stream) => void stream.end(`welcome, ${holder}\n`),
      ...options,
    });
    const pin = ({ ed25519, rsa }: HostKeys) => {
      const ssh = join(folder, '.ssh');
      rmSync(ssh, { recursive: true, force: true });
      spawnSync('mkdir', ['-m', '700', ssh]);
      const lines = [ed25519, rsa].map(({ publicKey }) => `127.0.0.1 ${publicKey}\n`);
      writeFileSync(join(ssh, 'known_hosts'), lines.join(''));
    };
    pin(HOST_KEYS);
    const dropbear = (...more: string[]) =>
      run(
        'dbclient',
        ['-i', key, '-p', String(server.port), '-T', ...more, 'netpilot@127.0.0.1', 'netpilot 1'],
        { env, timeout: 20_000 },
      );
    return { dropbear, pin };
  }

  const kinds = ['ed25519', 'rsa'] as const;

  test('makes no ed25519 key where it is built without', async () => {
    const folder = makeFolder();
    copyRsaDropbear(folder);
    const { status, stderr } = spawnSync(
      join(folder, 'dropbearkey'),
      ['-t', 'ed25519', '-f', join(folder, 'key')],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("Unknown key type 'ed25519'"),
    });
  });

  test.each(kinds)('logs in with the %s key it made', async (kind) => {
    const { dropbear } = await prepare(kind);
    expect((await dropbear()).stdout).toBe('welcome, dropbear\n');
  });

  test.each(['chacha20-poly1305@openssh.com', 'aes256-ctr', 'aes128-ctr'])(
    'may use %s',
    async (cipher) => {
      const { dropbear } = await prepare('ed25519');
      expect((await dropbear('-c', cipher, '-m', 'hmac-sha2-256')).stdout).toBe(
        'welcome, dropbear\n',
      );
    },
  );

  test.each(kinds)('does not speak to a server with another %s host key', async (kind) => {
    const { dropbear, pin } = await prepare(kind);
    pin({ ...HOST_KEYS, [kind]: (await makeHostKeys())[kind] });
    await expect(dropbear()).rejects.toThrow('host key mismatch');
  });
});

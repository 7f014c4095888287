/** The SSH server that routers dial, alone: it greets who may come in, and says after them what they say. */
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { HostKeys } from '../src/fleet/openwrt/host-key.ts';
import { type SshServerOptions, startSshServer } from '../src/fleet/openwrt/ssh-server.ts';
import { parsePublicKey } from '../src/routers/public-key.ts';
import { type KeyKind, makeKeyPair, makeKeyPairOf } from '../src/ssh-key.ts';

/** Routers that are linked. */
export const ROUTER = makeKeyPair();
export const RSA_ROUTER = await makeKeyPairOf('rsa');

export async function makeHostKeys(): Promise<HostKeys> {
  const make = async (kind: KeyKind) => ({
    ...(await makeKeyPairOf(kind)),
    fingerprint: '',
    isFirst: true,
  });
  return { ed25519: await make('ed25519'), rsa: await make('rsa') };
}
export const HOST_KEYS = await makeHostKeys();

/** Stopped after the test. `asked`: the fingerprints that it has looked up. */
export async function startRouterPort(options: Partial<SshServerOptions<string>> = {}) {
  const known = [ROUTER, RSA_ROUTER].map(({ publicKey }) => parsePublicKey(publicKey).fingerprint);
  const asked: string[] = [];
  const server = await startSshServer<string>({
    host: '127.0.0.1',
    port: 0,
    hostKeys: HOST_KEYS,
    log: pino({ level: 'silent' }),
    findHolder: (fingerprint) => {
      asked.push(fingerprint.toString('hex'));
      return Promise.resolve(
        known.some((one) => one.equals(fingerprint)) ? 'the router' : undefined,
      );
    },
    onChannel: (holder, stream) => {
      stream.write(`welcome, ${holder}\n`);
      stream.pipe(stream);
    },
    ...options,
  });
  onTestFinished(server.close);
  return { ...server, asked };
}

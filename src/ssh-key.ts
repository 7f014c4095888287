import ssh2 from 'ssh2';

/** What a key can be: ed25519, or RSA for a router whose dropbear has nothing else. */
export type KeyKind = 'ed25519' | 'rsa';

export type KeyPair = {
  /** In OpenSSH's own format. Never logged. */
  privateKey: string;
  /** `ssh-ed25519 AAAA…` or `ssh-rsa AAAA…`, without a comment. */
  publicKey: string;
};

/** As OpenSSH makes them today. A router only checks with such a key, which is cheap. */
const RSA_BITS = 3072;

/** Makes an ed25519 key. One of 256 that ssh2 makes cannot be read by anybody (mscdex/ssh2#1513): it lacks a zero. */
export function makeKeyPair(): KeyPair {
  for (;;) {
    const made = ssh2.utils.generateKeyPairSync('ed25519');
    if (isReadable(made.private) && isReadable(made.public))
      return { privateKey: made.private, publicKey: made.public.trim() };
  }
}

/** Makes a key of that kind; RSA takes half a second, on another thread. */
export function makeKeyPairOf(kind: KeyKind): Promise<KeyPair> {
  const { promise, resolve, reject } = Promise.withResolvers<KeyPair>();
  if (kind === 'ed25519') resolve(makeKeyPair());
  else
    ssh2.utils.generateKeyPair('rsa', { bits: RSA_BITS }, (error, made) => {
      if (error) reject(error);
      else resolve({ privateKey: made.private, publicKey: made.public.trim() });
    });
  return promise;
}

function isReadable(key: string): boolean {
  return !(ssh2.utils.parseKey(key) instanceof Error);
}

import ssh2 from 'ssh2';

/** An ed25519 key. */
export type KeyPair = {
  /** In OpenSSH's own format. Never logged. */
  privateKey: string;
  /** `ssh-ed25519 AAAA…`, without a comment. */
  publicKey: string;
};

/** Makes a key. One of 256 that ssh2 makes cannot be read by anybody (mscdex/ssh2#1513): it lacks a zero. */
export function makeKeyPair(): KeyPair {
  for (;;) {
    const made = ssh2.utils.generateKeyPairSync('ed25519');
    if (isReadable(made.private) && isReadable(made.public))
      return { privateKey: made.private, publicKey: made.public.trim() };
  }
}

function isReadable(key: string): boolean {
  return !(ssh2.utils.parseKey(key) instanceof Error);
}

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { makeKeyPair } from '../ssh-key.ts';
import { writeWholeFile } from '../whole-file.ts';
import type { Home } from './home.ts';
import { errorCode } from '../error-code.ts';

/** Who a simulated router is: which home it has, and its key. */
const Identity = Type.Object({
  /** Number of its home. */
  number: Type.Integer({ minimum: 0 }),
  /** In OpenSSH's own format. */
  private_key: Type.String(),
  /** `ssh-ed25519 AAAA…` */
  public_key: Type.String(),
});
export type Identity = Static<typeof Identity>;

/** Makes a key for the router of a home. */
export function makeIdentity(number = randomBytes(3).readUIntBE(0, 3)): Identity {
  const { privateKey: private_key, publicKey: public_key } = makeKeyPair();
  return { number, private_key, public_key };
}

/** As the real agent makes it: the same whatever happens to the router's disk. */
export function routerIdOf({ lan }: Home): string {
  return `mac-${lan.replaceAll(':', '')}`;
}

/** The identity in a file; undefined if there is none. */
export function readIdentity(file: string): Identity | undefined {
  try {
    return Value.Parse(Identity, JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Keeps an identity in a file that only its owner reads. */
export function writeIdentity(file: string, identity: Identity): Promise<void> {
  return writeWholeFile(file, { overwrite: true }, (handle) =>
    handle.writeFile(JSON.stringify(identity)),
  );
}

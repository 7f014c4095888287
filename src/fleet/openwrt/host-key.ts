/** The keys by which routers know this service: docs/decisions/0014. */
import { createHash } from 'node:crypto';
import type { Database } from '../../database/pool.ts';
import { type TenantTransaction, credentialTransaction } from '../../database/transaction.ts';
import { fingerprintText, parsePublicKey } from '../../routers/public-key.ts';
import { deriveKey, seal, unseal } from '../../sealing.ts';
import { type KeyKind, makeKeyPairOf } from '../../ssh-key.ts';

/** Of the first one; a later one, under another SECRET_KEY, has its credential's beginning after that. */
const PURPOSES = { ed25519: 'router host key', rsa: 'router RSA host key' } as const;

/** One for each kind of key that a router may know. */
export type HostKeys = Record<KeyKind, HostKey>;

export type HostKey = {
  /** As in known_hosts: "ssh-ed25519 AAAA…" or "ssh-rsa AAAA…". */
  publicKey: string;
  /** As `ssh-keygen -l` shows it: "SHA256:…". */
  fingerprint: string;
  /** OpenSSH's own format. Never logged. */
  privateKey: string;
  /** False if another SECRET_KEY sealed an earlier one, which the routers linked then know. */
  isFirst: boolean;
};

/**
 * The host keys, made when there are none yet. Processes that start at once agree on them. Under another
 * SECRET_KEY there are others: the first ones are kept, for the day its SECRET_KEY is back.
 */
export async function readOrMakeHostKeys(database: Database, secretKey: string): Promise<HostKeys> {
  const [ed25519, rsa] = await Promise.all([
    readOrMakeHostKey(database, secretKey, 'ed25519'),
    readOrMakeHostKey(database, secretKey, 'rsa'),
  ]);
  return { ed25519, rsa };
}

async function readOrMakeHostKey(
  database: Database,
  secretKey: string,
  kind: KeyKind,
): Promise<HostKey> {
  const secrets = deriveSecrets(secretKey, kind);
  const find = (transaction: TenantTransaction) => findHostKey(transaction, secrets, kind);
  const present = await credentialTransaction(database, secrets.credential, find);
  if (present !== undefined) return present;
  const { publicKey, privateKey } = await makeKeyPairOf(kind);
  return credentialTransaction(database, secrets.credential, async (transaction) => {
    const later = `${PURPOSES[kind]} ${secrets.credential.toString('hex', 0, 8)}`;
    // The second only if the first is taken by a row that this SECRET_KEY does not open.
    for (const purpose of [PURPOSES[kind], later]) {
      await transaction
        .insertInto('server_keys')
        .values({
          credential_hash: secrets.credential,
          purpose,
          public_key: publicKey,
          sealed_key: seal(privateKey, secrets.sealing),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const made = await find(transaction);
      if (made !== undefined) return made;
    }
    throw new Error('the host key could not be stored');
  });
}

type Secrets = { credential: Buffer; sealing: Buffer };

async function findHostKey(
  transaction: TenantTransaction,
  { credential, sealing }: Secrets,
  kind: KeyKind,
): Promise<HostKey | undefined> {
  const row = await transaction
    .selectFrom('server_keys')
    .select(['purpose', 'public_key', 'sealed_key'])
    .where('credential_hash', '=', credential)
    .executeTakeFirst();
  return (
    row && {
      publicKey: row.public_key,
      fingerprint: fingerprintText(parsePublicKey(row.public_key)),
      privateKey: unseal(row.sealed_key, sealing),
      isFirst: row.purpose === PURPOSES[kind],
    }
  );
}

/** What the row of this SECRET_KEY's host key is found by (`credential_hash`). */
export function hostKeyCredential(secretKey: string, kind: KeyKind): Buffer {
  const purpose = kind === 'rsa' ? 'server RSA key credential' : 'server key credential';
  return createHash('sha256').update(deriveKey(secretKey, purpose)).digest();
}

function deriveSecrets(secretKey: string, kind: KeyKind): Secrets {
  return {
    credential: hostKeyCredential(secretKey, kind),
    sealing: deriveKey(secretKey, 'server key sealing'),
  };
}

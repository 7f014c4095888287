/** The key by which routers know this service: docs/decisions/0014. */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { Database } from '../database/pool.ts';
import { type TenantTransaction, credentialTransaction } from '../database/transaction.ts';
import { makeKeyPair } from '../ssh-key.ts';

/** Of the first one; a later one, under another SECRET_KEY, has its credential's beginning after that. */
export const PURPOSE = 'router host key';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export type HostKey = {
  /** As in known_hosts: "ssh-ed25519 AAAA…". */
  publicKey: string;
  /** As `ssh-keygen -l` shows it: "SHA256:…". */
  fingerprint: string;
  /** OpenSSH's own format. Never logged. */
  privateKey: string;
  /** False where there is another one, which another SECRET_KEY sealed: routers linked under that know that one. */
  isFirst: boolean;
};

/**
 * The host key, made when there is none yet. Processes that start at once agree on one. Under another
 * SECRET_KEY there is another one: the first is kept, for the day its SECRET_KEY is back.
 */
export async function readOrMakeHostKey(database: Database, secretKey: string): Promise<HostKey> {
  const secrets = deriveSecrets(secretKey);
  return credentialTransaction(database, secrets.credential, async (transaction) => {
    const present = await findHostKey(transaction, secrets);
    if (present !== undefined) return present;
    const { publicKey, privateKey } = makeKeyPair();
    // The second one only where the first is taken by a row that this SECRET_KEY does not open.
    for (const purpose of [PURPOSE, `${PURPOSE} ${secrets.credential.toString('hex', 0, 8)}`]) {
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
      const made = await findHostKey(transaction, secrets);
      if (made !== undefined) return made;
    }
    throw new Error('the host key could not be stored');
  });
}

/** "SHA256:…" of a public key as in known_hosts. */
export function fingerprintOf(publicKey: string): string {
  const [, blob = ''] = publicKey.split(' ');
  const hash = createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64');
  return `SHA256:${hash.replace(/=+$/, '')}`;
}

type Secrets = { credential: Buffer; sealing: Buffer };

async function findHostKey(
  transaction: TenantTransaction,
  { credential, sealing }: Secrets,
): Promise<HostKey | undefined> {
  const row = await transaction
    .selectFrom('server_keys')
    .select(['purpose', 'public_key', 'sealed_key'])
    .where('credential_hash', '=', credential)
    .executeTakeFirst();
  return (
    row && {
      publicKey: row.public_key,
      fingerprint: fingerprintOf(row.public_key),
      privateKey: unseal(row.sealed_key, sealing),
      isFirst: row.purpose === PURPOSE,
    }
  );
}

function deriveSecrets(secretKey: string): Secrets {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', secretKey, '', `netpilot ${purpose}`, 32));
  return {
    credential: createHash('sha256').update(derive('server key credential')).digest(),
    sealing: derive('server key sealing'),
  };
}

function seal(text: string, key: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

function unseal(sealed: Buffer, key: Buffer): string {
  const tagEnd = IV_BYTES + TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES));
  decipher.setAuthTag(sealed.subarray(IV_BYTES, tagEnd));
  return Buffer.concat([decipher.update(sealed.subarray(tagEnd)), decipher.final()]).toString();
}

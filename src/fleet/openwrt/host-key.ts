/** The key by which routers know this service: docs/decisions/0014. */
import { createHash } from 'node:crypto';
import type { Database } from '../../database/pool.ts';
import { type TenantTransaction, credentialTransaction } from '../../database/transaction.ts';
import { fingerprintText, parsePublicKey } from '../../routers/public-key.ts';
import { deriveKey, seal, unseal } from '../../sealing.ts';
import { makeKeyPair } from '../../ssh-key.ts';

/** Of the first one; a later one, under another SECRET_KEY, has its credential's beginning after that. */
export const PURPOSE = 'router host key';

export type HostKey = {
  /** As in known_hosts: "ssh-ed25519 AAAA…". */
  publicKey: string;
  /** As `ssh-keygen -l` shows it: "SHA256:…". */
  fingerprint: string;
  /** OpenSSH's own format. Never logged. */
  privateKey: string;
  /** False if another SECRET_KEY sealed an earlier one, which the routers linked then know. */
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
    // The second only if the first is taken by a row that this SECRET_KEY does not open.
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
      fingerprint: fingerprintText(parsePublicKey(row.public_key)),
      privateKey: unseal(row.sealed_key, sealing),
      isFirst: row.purpose === PURPOSE,
    }
  );
}

/** What the row of this SECRET_KEY's host key is found by (`credential_hash`). */
export function hostKeyCredential(secretKey: string): Buffer {
  return createHash('sha256').update(deriveKey(secretKey, 'server key credential')).digest();
}

function deriveSecrets(secretKey: string): Secrets {
  return {
    credential: hostKeyCredential(secretKey),
    sealing: deriveKey(secretKey, 'server key sealing'),
  };
}
